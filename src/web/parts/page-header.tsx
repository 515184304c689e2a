import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { words } from "../shell/words.ts";
import { useWords } from "../words/words.ts";

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

/** Whether the heading that just went had the focus: the next takes it over, as when a page's data are there. */
let hadFocus = false;

/** The head of a page: its one h1, which names the window too and takes the focus when the page opens. */
export function PageHeader({ title, lang, lead, actions, back }: PageHeaderProps) {
  const { product } = useWords(words);
  useEffect(() => {
    document.title = `${title} · ${product}`;
  }, [title, product]);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const shown = heading.current;
    if (hadFocus) shown?.focus({ preventScroll: true });
    hadFocus = false;
    return () => {
      hadFocus = shown !== null && document.activeElement === shown;
    };
  }, []);
  return (
    <header class="page-head">
      <div class="page-head-text">
        {back !== undefined && (
          <a class="page-back" href={back.href}>
            <span class="page-back-arrow" aria-hidden="true" />
            {back.label}
          </a>
        )}
        <h1 ref={heading} tabIndex={-1} {...(lang === undefined ? {} : { lang, dir: "auto" as const })}>
          {title}
        </h1>
        {lead !== undefined && <p class="page-lead">{lead}</p>}
      </div>
      {actions !== undefined && <div class="page-actions">{actions}</div>}
    </header>
  );
}
