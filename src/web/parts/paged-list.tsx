import type { ComponentChildren } from "preact";
import type { Pages } from "../api/use-query.ts";
import { Pager } from "./pager.tsx";
import { LoadingMessage, ProblemMessage } from "./state-message.tsx";

interface PagedListProps {
  readonly pages: Pages<unknown>;
  /** Grey lines while the first page is on its way. */
  readonly lines: number;
  /** Whether there is nothing to show once it came. */
  readonly empty: boolean;
  /** What stands there then. */
  readonly nothing: ComponentChildren;
  /** The rows. */
  readonly children: ComponentChildren;
}

/** A list that comes in pages: on its way, refused, empty, or there with the way to more. */
export function PagedList({ pages, lines, empty, nothing, children }: PagedListProps) {
  return (
    <>
      {pages.error !== null && <ProblemMessage problem={pages.error} onRetry={pages.reload} />}
      {pages.loading && <LoadingMessage lines={lines} />}
      {!pages.loading && pages.error === null && empty && nothing}
      {!empty && children}
      <Pager {...pages} />
    </>
  );
}
