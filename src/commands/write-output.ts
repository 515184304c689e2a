import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";

/** Resolves when a piece of text has been written. */
export type WriteText = (text: string) => Promise<void>;

/** Where an output goes. */
export interface OutputPlace {
  /** undefined: standard output. */
  readonly file: string | undefined;
  /** Who may do what with the file, as chmod takes it, less the umask. */
  readonly mode?: number;
}

/**
 * Writes to a new file, or to standard output. A file that does not come to its end is
 * taken away: half an export must not be taken for a whole one.
 * @throws what the system says, as that the file exists already.
 */
export async function writeOutput(
  { file, mode = 0o666 }: OutputPlace,
  work: (write: WriteText) => Promise<void>,
): Promise<void> {
  if (file === undefined) return work(writingTo(process.stdout));
  const stream = createWriteStream(file, { mode, flags: "wx" });
  await once(stream, "open");
  try {
    await work(writingTo(stream));
    stream.end();
    await once(stream, "close");
  } catch (error) {
    stream.destroy();
    await rm(file, { force: true });
    throw error;
  }
}

function writingTo(stream: NodeJS.WritableStream): WriteText {
  // Each write tells of its own error.
  stream.on("error", () => {});
  return (text) =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
}
