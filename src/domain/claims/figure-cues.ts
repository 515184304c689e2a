/** What `figures.yaml` of a language compiles to: measure cues, counted nouns, qualifiers, role cues. */
export type FigureCues = Record<string, never>;
