/** Whether an item belongs to the story, with the words that decided. */
export interface Relevance {
  readonly relevant: boolean;
  /** 0 to 1; `relevant` from 0.5 on. */
  readonly score: number;
  /** The words that decided, as written in the item. */
  readonly evidence: readonly string[];
}
