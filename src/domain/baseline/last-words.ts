/**
 * What items said last, by item and by what it was said of, the item heard last at the end: an edit is held against it.
 */
export type LastWords<W> = Map<string, Map<string, W>>;

export function lastWordOf<W>(words: LastWords<W>, item: string, about: string): W | null {
  return words.get(item)?.get(about) ?? null;
}

export function keepWord<W>(words: LastWords<W>, item: string, about: string, word: W): void {
  const ofItem = words.get(item) ?? new Map<string, W>();
  words.delete(item);
  words.set(item, ofItem.set(about, word));
}
