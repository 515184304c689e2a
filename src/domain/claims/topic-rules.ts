/** What `topics.yaml` of a story compiles to. */
export type TopicRules = Record<string, never>;
