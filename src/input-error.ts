/** What a user gave is wrong: the message names the place and what would be right. A command ends with it in one line. */
export class InputError extends Error {
  override name = "InputError";
}
