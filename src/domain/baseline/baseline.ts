/** What `baseline.yaml` of a story compiles to. */
export type Baseline = Record<string, never>;
