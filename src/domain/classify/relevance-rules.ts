/** What `relevance.yaml` of a story compiles to. */
export type RelevanceRules = Record<string, never>;
