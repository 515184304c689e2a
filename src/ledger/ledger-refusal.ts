/** The ledger cannot be opened, for a reason that whoever runs Rasid can mend: the message names it and what to do. */
export class LedgerRefusal extends Error {
  override name = "LedgerRefusal";
}
