import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

const PATHS: Readonly<Record<string, (id: string) => string>> = {
  endpoint: (id) => `/endpoints/${id}`,
  delivery: (id) => `/deliveries/${id}`,
  feed: (id) => `/feeds/${encodeURIComponent(id)}`,
  story: (id) => `/stories/${id}`,
};
const WHOLE: Readonly<Record<string, string>> = { feeds: "/feeds", pipeline: "/operation" };

/** What was changed, as the audit log names it (`endpoint:7`), in words and as a link where it has a page. */
export function AuditTarget({ target, keyName }: { target: string; keyName: string | null }) {
  const text = useWords(words);
  const [kind = "", ...rest] = target.split(":");
  const id = rest.join(":");
  const word = text.targets[kind];
  if (keyName !== null) return <bdi>{keyName}</bdi>;
  if (word === undefined)
    return (
      <bdi class="mono audit-address" dir="ltr">
        {kind === "url" ? id : target}
      </bdi>
    );
  const name = (
    <>
      {word} {id !== "" && <bdi>{/^\d+$/.test(id) ? `#${id}` : id}</bdi>}
    </>
  );
  const path = id === "" ? WHOLE[kind] : PATHS[kind]?.(id);
  return path === undefined ? <span>{name}</span> : <a href={path}>{name}</a>;
}
