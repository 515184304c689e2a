import type { ComponentChildren } from "preact";
import type { Asked } from "../api/use-query.ts";
import { PageHeader, type PageHeaderProps } from "./page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "./state-message.tsx";

interface PendingPageProps extends Pick<PageHeaderProps, "title" | "back"> {
  readonly asked: Omit<Asked<unknown>, "data">;
  readonly lines: number;
  /** The title where there is no such thing; without one, that is an error like others. */
  readonly notFound?: string;
  /** What to do where there is no such thing. */
  readonly children?: ComponentChildren;
}

/** A page whose data are not there: on their way, refused, or nowhere. */
export function PendingPage({ title, back, asked, lines, notFound, children }: PendingPageProps) {
  const missing = notFound !== undefined && asked.error?.status === 404;
  return (
    <>
      <PageHeader title={missing ? notFound : title} {...(back === undefined ? {} : { back })} />
      {asked.loading && <LoadingMessage lines={lines} />}
      {missing && (
        <StateMessage kind="empty" title={notFound}>
          {children}
        </StateMessage>
      )}
      {asked.error !== null && !missing && <ProblemMessage problem={asked.error} onRetry={asked.reload} />}
    </>
  );
}
