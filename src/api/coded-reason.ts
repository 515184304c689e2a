import { z } from "zod";
import { codedReason } from "../domain/reasons/coded-reason.ts";

const plain = z.object({
  code: z.string().meta({ description: "Stays when the wording of the text beside it changes." }),
  parameters: z.record(z.string(), z.string()).meta({ description: "What the text says beyond its code." }),
});

/** A text that says why something did not work, for programs and other languages; null: no code is known for it. */
export const codedShown = plain
  .extend({ cause: plain.optional() })
  .nullable()
  .meta({ description: "The text as a code with its parameters; null: it has none." });

export type CodedShown = z.output<typeof codedShown>;

/** The code of a text that may be absent. */
export function codedOf(text: string | null): CodedShown {
  return text === null ? null : codedReason(text);
}
