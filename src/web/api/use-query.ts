import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem, get, lastChangeAt, pathWith, type Query } from "./client.ts";

/** What a page knows of an answer. While it is asked for anew, the one before stays. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: ApiProblem | null;
  /** True until the first answer or error. */
  readonly loading: boolean;
  readonly reload: () => void;
}

interface Answer {
  readonly data: unknown;
  /** When it was asked for (`performance.now()`). */
  readonly at: number;
}

/** The last answers, so that a page that is opened again shows something at once. */
const answers = new Map<string, Answer>();
const MOST_ANSWERS = 100;
/** What was asked for so shortly before is not asked for again by who comes next, unless something was changed since. */
const FRESH_MS = 2000;

function remember(path: string, answer: Answer): void {
  answers.delete(path);
  answers.set(path, answer);
  if (answers.size <= MOST_ANSWERS) return;
  const oldest = answers.keys().next().value;
  if (oldest !== undefined) answers.delete(oldest);
}

/** Requests that have no answer yet, and when they were made. */
const underWay = new Map<string, { readonly answer: Promise<unknown>; readonly at: number }>();

const isFresh = (at: number): boolean => at > lastChangeAt() && performance.now() - at < FRESH_MS;

/** Asks once for all who want the same at the same time. @param anew after a change: an answer under way may be older. */
function asking<T>(path: string, anew: boolean): Promise<T> {
  const before = underWay.get(path);
  if (!anew && before !== undefined && before.at > lastChangeAt()) return before.answer as Promise<T>;
  const known = answers.get(path);
  if (!anew && known !== undefined && isFresh(known.at)) return Promise.resolve(known.data as T);
  const at = performance.now();
  const answer = get<T>(path)
    .then((data) => {
      remember(path, { data, at });
      return data;
    })
    .finally(() => underWay.get(path)?.answer === answer && underWay.delete(path));
  underWay.set(path, { answer, at });
  return answer;
}

/** Asks for what a page will want in a moment, while the page itself is on its way. */
export function askAhead<T>(path: string, query?: Query): Promise<T | undefined> {
  return asking<T>(pathWith(path, query), false).catch(() => undefined);
}

export interface QueryOptions {
  readonly query?: Query;
  /** Asks again so often while the page is visible. */
  readonly everyMs?: number;
}

/**
 * Reads from the API when the page is shown and whenever the path or query changes.
 * @param path null: there is nothing to ask yet.
 */
export function useQuery<T>(path: string | null, { query, everyMs }: QueryOptions = {}): Asked<T> {
  const asked = path === null ? null : pathWith(path, query);
  const [state, setState] = useState<{ asked: string | null; data?: T; error: ApiProblem | null }>({
    asked: null,
    error: null,
  });
  const reload = useLoader(asked, async (wanted, signal, anew) => {
    try {
      const data = await asking<T>(wanted, anew);
      if (!signal.aborted) setState({ asked: wanted, data, error: null });
    } catch (error) {
      if (signal.aborted) return;
      setState((before) => ({ ...(before.asked === wanted ? before : {}), asked: wanted, error: problemFrom(error) }));
    }
  });
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  const current = state.asked === asked ? state : null;
  const data = current?.data ?? (asked === null ? undefined : (answers.get(asked)?.data as T | undefined));
  const error = current?.error ?? null;
  useRetry(error, reload);
  return { data, error, loading: data === undefined && error === null, reload };
}

/** What got no answer is asked for again so often. */
export const RETRY_MS = 5000;

/** What got no answer, or one that passes by itself, is asked for again while it is looked at. */
function useRetry(error: ApiProblem | null, reload: () => void): void {
  const passes = error !== null && (error.status === 0 || error.status >= 500);
  useEffect(() => {
    if (!passes) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), RETRY_MS);
    return () => clearInterval(timer);
  }, [passes, reload]);
}

/** @param anew whether it was loaded before and something may have changed. */
type Load = (asked: string, signal: AbortSignal, anew: boolean) => Promise<void>;

/**
 * Loads when the path changes and when the returned function is called. A load under way is not cut off by the next:
 * it ends, and then there is one more; so a slow answer is seen however often it is asked for.
 */
function useLoader(asked: string | null, load: Load): () => void {
  const again = useRef(() => {});
  const newest = useRef(load);
  newest.current = load;
  useEffect(() => {
    if (asked === null) return;
    const leaving = new AbortController();
    let busy = false;
    let wanted = false;
    const start = async (anew: boolean) => {
      wanted = busy;
      if (busy) return;
      busy = true;
      await newest.current(asked, leaving.signal, anew);
      busy = false;
      if (wanted && !leaving.signal.aborted) await start(true);
    };
    again.current = () => void start(true);
    void start(false);
    return () => {
      again.current = () => {};
      leaving.abort();
    };
  }, [asked]);
  return useCallback(() => again.current(), []);
}

/** The rows of a list as far as they were read. */
export interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly error: ApiProblem | null;
  /** True until the first page or error. */
  readonly loading: boolean;
  readonly more: boolean;
  readonly loadingMore: boolean;
  readonly loadMore: () => void;
  readonly reload: () => void;
}

interface PagesState<Row> {
  readonly asked: string;
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly first: boolean;
  readonly error: ApiProblem | null;
}

/**
 * Reads a list page by page (`next` of one page is `after` of the following).
 * @param rowsOf picks the rows of a page, as `(page) => page.items`.
 */
export function usePages<Page extends { readonly next: string | null }, Row>(
  path: string,
  rowsOf: (page: Page) => readonly Row[],
  query: Query = {},
): Pages<Row> {
  const asked = pathWith(path, query);
  const nothing: PagesState<Row> = { asked, rows: [], next: null, first: true, error: null };
  const [state, setState] = useState(nothing);
  const [loadingMore, setLoadingMore] = useState(false);
  const reload = useLoader(asked, async (wanted, signal, anew) => {
    try {
      const page = await asking<Page>(wanted, anew);
      if (!signal.aborted) setState({ asked: wanted, rows: rowsOf(page), next: page.next, first: false, error: null });
    } catch (error) {
      if (signal.aborted) return;
      const failed = { first: false, error: problemFrom(error) };
      setState((before) => ({ ...(before.asked === wanted ? before : nothing), ...failed }));
    }
  });
  const current = state.asked === asked ? state : nothing;
  useRetry(current.rows.length === 0 ? current.error : null, reload);
  const loadMore = async () => {
    const { next } = current;
    if (next === null || loadingMore) return;
    setLoadingMore(true);
    // Meanwhile the list may have been read anew, or be another one.
    const follow = (change: (before: PagesState<Row>) => PagesState<Row>) =>
      setState((before) => (before.asked === asked && before.next === next ? change(before) : before));
    try {
      const page = await get<Page>(pathWith(path, { ...query, after: next }));
      follow((before) => ({ ...before, rows: [...before.rows, ...rowsOf(page)], next: page.next, error: null }));
    } catch (error) {
      follow((before) => ({ ...before, error: problemFrom(error) }));
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    rows: current.rows,
    error: current.error,
    loading: current.first,
    more: current.next !== null,
    loadingMore,
    loadMore: () => void loadMore(),
    reload,
  };
}

/** Every error of a request as one that can be shown. */
export function problemFrom(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, { text: error instanceof Error ? error.message : String(error), coded: null });
}
