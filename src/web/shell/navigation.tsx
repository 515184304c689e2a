import { Icon, type IconName } from "../parts/icon.tsx";
import { useWords } from "../words/words.ts";
import { PAGES, pageAt } from "./pages.ts";
import { usePlace } from "./router.ts";
import { words } from "./words.ts";

export type NavigationEntry =
  | "story"
  | "alerts"
  | "items"
  | "read"
  | "feeds"
  | "endpoints"
  | "baseline"
  | "export"
  | "operation"
  | "keys"
  | "start";

interface Group {
  readonly label: "watch" | "sources" | "work";
  readonly entries: readonly { readonly entry: NavigationEntry; readonly path: string; readonly icon: IconName }[];
}

const GROUPS: readonly Group[] = [
  {
    label: "watch",
    entries: [
      { entry: "story", path: "/", icon: "story" },
      { entry: "alerts", path: "/alerts", icon: "bell" },
      { entry: "items", path: "/items", icon: "list" },
      { entry: "read", path: "/read", icon: "quote" },
    ],
  },
  {
    label: "sources",
    entries: [
      { entry: "feeds", path: "/feeds", icon: "feed" },
      { entry: "endpoints", path: "/endpoints", icon: "send" },
    ],
  },
  {
    label: "work",
    entries: [
      { entry: "baseline", path: "/baseline", icon: "baseline" },
      { entry: "export", path: "/export", icon: "download" },
      { entry: "operation", path: "/operation", icon: "gauge" },
      { entry: "keys", path: "/keys", icon: "key" },
      { entry: "start", path: "/start", icon: "flag" },
    ],
  },
];

/** The pages there are, in groups, the open one marked. */
export function Navigation() {
  const text = useWords(words);
  const open = pageAt(usePlace().path)?.entry.nav;
  const exists = ({ path }: { path: string }) => PAGES.some((page) => page.path === path);
  return (
    <nav class="navigation" aria-label={text.navigation}>
      {GROUPS.filter(({ entries }) => entries.some(exists)).map(({ label, entries }) => (
        <section key={label}>
          <h2>{text[label]}</h2>
          <ul>
            {entries.filter(exists).map(({ entry, path, icon }) => (
              <li key={entry}>
                <a href={path} aria-current={entry === open ? "page" : undefined}>
                  <Icon name={icon} />
                  {text[entry]}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
