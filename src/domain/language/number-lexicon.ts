/** What `numbers.yaml` of a language compiles to. */
export type NumberLexicon = Record<string, never>;
