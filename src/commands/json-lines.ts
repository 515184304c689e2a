import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Item } from "../domain/item.ts";

/** Reading stops with this when a line is no item; it names the line and what would be right. */
export class InputError extends Error {
  override name = "InputError";
}

/** One line of the offline commands' input. Other fields are ignored. */
const itemLine = z.object({
  id: z.union([z.string(), z.number().transform(String)]),
  text: z.string(),
  title: z.string().nullish(),
  published: z.string().nullish(),
  lang: z.string().nullish(),
  url: z.string().nullish(),
  source: z.string().nullish(),
});

/**
 * Reads JSON Lines of items from a file, or from standard input for "-", one at a time.
 * @throws InputError that names the line.
 */
export async function* readItemLines(file: string): AsyncGenerator<Item> {
  const input = file === "-" ? process.stdin : createReadStream(file, "utf8");
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === "") continue;
    yield itemOf(line, `${file === "-" ? "standard input" : file}:${number}`);
  }
}

function itemOf(line: string, place: string): Item {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new InputError(`${place}: not a JSON object (${error instanceof Error ? error.message : String(error)})`);
  }
  const parsed = itemLine.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InputError(
      `${place}: field ${issue?.path.join(".") || "(line)"}: ${issue?.message}; an item needs "id" and "text"`,
    );
  }
  const { id, text, title, published, lang, url, source } = parsed.data;
  return {
    id,
    text,
    title: title ?? "",
    published: published == null ? null : publishedTime(published, place),
    ...(lang ? { lang } : {}),
    ...(url ? { url } : {}),
    ...(source ? { source } : {}),
  };
}

/** A bare date means midnight UTC. */
function publishedTime(text: string, place: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InputError(`${place}: field published: «${text}» is no ISO 8601 date`);
  return time.toISOString();
}

/** Writes one JSON value a line to standard output, waiting where the reader is slow. A reader that left ends the command. */
export async function writeJsonLine(value: unknown): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(value)}\n`)) return;
  await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}
