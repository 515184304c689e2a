/** What `attribution.yaml` of a language compiles to: reporting verbs, negation, modality, silence. */
export type AttributionCues = Record<string, never>;
