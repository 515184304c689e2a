import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";

export interface PageHeaderProps {
  readonly title: string;
  /** The title's own language, where it is not the interface's. */
  readonly lang?: string;
  /** One line of what the page is about. */
  readonly lead?: ComponentChildren;
  /** Buttons of the page. */
  readonly actions?: ComponentChildren;
  /** The way back to the list that the page belongs to. */
  readonly back?: { readonly href: string; readonly label: string };
}

/** The head of a page: its one h1, which names the window too and takes the focus when the page opens. */
export function PageHeader({ title, lang, lead, actions, back }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Rasid`;
  }, [title]);
  return (
    <header class="page-head">
      <div class="page-head-text">
        {back !== undefined && (
          <a class="page-back" href={back.href}>
            <span class="page-back-arrow" aria-hidden="true" />
            {back.label}
          </a>
        )}
        <h1 tabIndex={-1} {...(lang === undefined ? {} : { lang, dir: "auto" as const })}>
          {title}
        </h1>
        {lead !== undefined && <p class="page-lead">{lead}</p>}
      </div>
      {actions !== undefined && <div class="page-actions">{actions}</div>}
    </header>
  );
}
