import { Time } from "../../parts/time.tsx";
import { useWords } from "../../words/words.ts";
import type { AuditEntry } from "./api-key.ts";
import { words } from "./words.ts";

/** Hashes are recognised by their beginning. */
const HASH_SHOWN = 8;

/** What came of it, with what the log keeps of the request. */
export function AuditResult({ entry: { action, detail } }: { entry: AuditEntry }) {
  const text = useWords(words);
  const parts = typeof detail === "object" && detail !== null ? Object.entries(detail) : [];
  return (
    <span class="audit-result">
      <span class="muted">{action === "queues.write" ? text.asked : text.done}</span>
      {parts.map(([name, value]) => (
        <span key={name} class="audit-detail">
          {text.details[name] ?? name}: <Value value={name === "scopes" ? scopesText(value, text.scopes) : value} />
        </span>
      ))}
    </span>
  );
}

function scopesText(value: unknown, scopes: Readonly<Record<string, string>>): unknown {
  return Array.isArray(value) ? value.map((scope) => scopes[String(scope)] ?? scope) : value;
}

function Value({ value }: { value: unknown }) {
  if (Array.isArray(value)) return <bdi>{value.map(String).join(", ")}</bdi>;
  if (value === null) return <>–</>;
  if (typeof value === "object") return <bdi dir="ltr">{JSON.stringify(value)}</bdi>;
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return <Time at={text} />;
  if (/^[0-9a-f]{16,}$/.test(text)) return <bdi class="mono">{text.slice(0, HASH_SHOWN)}</bdi>;
  if (/^alt_\w+$/.test(text)) return <a href={`/alerts/${text}`}>{text}</a>;
  return <bdi>{text}</bdi>;
}
