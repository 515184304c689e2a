/** What `times.yaml` of a language compiles to: months, weekdays, relative days, words of the past. */
export type TimeCues = Record<string, never>;
