import { createReadStream } from "node:fs";
import { z } from "zod";
import type { Item } from "../domain/item.ts";
import { InputError } from "../input-error.ts";

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
 * Reads JSON Lines of items from a file, or from standard input for "-", as many at a time as one read gives.
 * @throws InputError that names the line; the items before it are given first.
 */
export async function* readItemBatches(file: string): AsyncGenerator<Item[]> {
  const place = file === "-" ? "standard input" : file;
  let number = 0;
  for await (const lines of readLines(file)) {
    const items: Item[] = [];
    for (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      try {
        items.push(itemOf(line, `${place}:${number}`));
      } catch (error) {
        yield items;
        throw error;
      }
    }
    yield items;
  }
}

/** The same, one item at a time. */
export async function* readItemLines(file: string): AsyncGenerator<Item> {
  for await (const items of readItemBatches(file)) yield* items;
}

/** The lines that each read completes; the last line needs no line break. */
async function* readLines(file: string): AsyncGenerator<string[]> {
  const input = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, "utf8");
  let open: string[] = [];
  for await (const chunk of input as AsyncIterable<string>) {
    const [head = "", ...lines] = chunk.split("\n");
    open.push(head);
    const next = lines.pop();
    if (next === undefined) continue;
    yield [open.join(""), ...lines];
    open = [next];
  }
  yield [open.join("")];
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
  await writeJsonLines([value]);
}

/** Writes each value on a line of its own, all at once: a call of the system for every line costs as much as the lines. */
export async function writeJsonLines(values: readonly unknown[]): Promise<void> {
  if (values.length === 0) return;
  if (process.stdout.write(values.map((value) => `${JSON.stringify(value)}\n`).join(""))) return;
  await new Promise<void>((resolve) => process.stdout.once("drain", resolve));
}
