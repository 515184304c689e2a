import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem, get, pathWith, type Query } from "./client.ts";

/** What a page knows of an answer. While it is asked for anew, the one before stays. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: ApiProblem | null;
  /** True until the first answer or error. */
  readonly loading: boolean;
  readonly reload: () => void;
}

/** The last answers, so that a page that is opened again shows something at once. */
const answers = new Map<string, unknown>();
const MOST_ANSWERS = 100;

function remember(path: string, answer: unknown): void {
  answers.delete(path);
  answers.set(path, answer);
  if (answers.size <= MOST_ANSWERS) return;
  const oldest = answers.keys().next().value;
  if (oldest !== undefined) answers.delete(oldest);
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
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  // A new turn asks again.
  useEffect(() => {
    if (asked === null) return;
    const leaving = new AbortController();
    get<T>(asked, { signal: leaving.signal }).then(
      (data) => {
        remember(asked, data);
        if (!leaving.signal.aborted) setState({ asked, data, error: null });
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        setState((before) => ({ ...(before.asked === asked ? before : {}), asked, error: problemFrom(error) }));
      },
    );
    return () => leaving.abort();
  }, [asked, turn]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);
  const current = state.asked === asked ? state : null;
  const data = current?.data ?? (asked === null ? undefined : (answers.get(asked) as T | undefined));
  const error = current?.error ?? null;
  return { data, error, loading: data === undefined && error === null, reload };
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
  const [turn, setTurn] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const newest = useRef(asked);
  newest.current = asked;
  // A new turn asks again.
  useEffect(() => {
    const leaving = new AbortController();
    get<Page>(asked, { signal: leaving.signal }).then(
      (page) => setState({ asked, rows: rowsOf(page), next: page.next, first: false, error: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted)
          setState((before) => ({
            ...(before.asked === asked ? before : nothing),
            first: false,
            error: problemFrom(error),
          }));
      },
    );
    return () => leaving.abort();
  }, [asked, turn]);
  const current = state.asked === asked ? state : nothing;
  const loadMore = async () => {
    if (current.next === null || loadingMore) return;
    setLoadingMore(true);
    try {
      const page = await get<Page>(pathWith(path, { ...query, after: current.next }));
      if (newest.current === asked)
        setState({ ...current, rows: [...current.rows, ...rowsOf(page)], next: page.next, error: null });
    } catch (error) {
      setState({ ...current, error: problemFrom(error) });
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
    reload: () => setTurn((before) => before + 1),
  };
}

/** Every error of a request as one that can be shown. */
export function problemFrom(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(0, "Error", error instanceof Error ? error.message : String(error), []);
}
