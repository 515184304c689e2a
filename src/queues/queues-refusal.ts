/** The queues cannot be opened, for a reason that whoever runs Rasid can mend: the message names it and what to do. */
export class QueuesRefusal extends Error {
  override name = "QueuesRefusal";
}
