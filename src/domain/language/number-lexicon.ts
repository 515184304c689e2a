/**
 * A word or short phrase that takes part in a number.
 *
 * - `add`: a value of its own (five, twenty, двести); what follows may be added while it is below `room`
 * - `times`: multiplies what stands before it (hundred, thousand, dozen)
 */
export interface NumberWord {
  readonly kind: "add" | "times";
  readonly value: number;
  /** What may still be added behind it must be smaller: 10 behind twenty, 100 behind a hundred, 0 behind a teen. */
  readonly room: number;
  /** Counts only behind another number word, because alone it is an ordinary word of the language. */
  readonly inside: boolean;
}

/** What `numbers.yaml` of a language compiles to. */
export interface NumberLexicon {
  /** The mark before decimals in digits ("." or ","); the other one groups thousands. */
  readonly decimal: "." | ",";
  /** By folded word. */
  readonly words: ReadonlyMap<string, NumberWord>;
  /** Numbers of several words ("quatre vingt"), by first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly { readonly rest: readonly string[]; readonly word: NumberWord }[]>;
  /** Words that join the parts of one number ("and"); joined clitics («و») stand here too. */
  readonly joiners: ReadonlySet<string>;
  /** Units stand before tens: «أربعة وعشرون». */
  readonly unitsFirst: boolean;
}
