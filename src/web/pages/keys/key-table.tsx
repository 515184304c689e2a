import { useState } from "preact/hooks";
import { Badge, type Tone } from "../../parts/badge.tsx";
import { type Column, DataTable } from "../../parts/data-table.tsx";
import { Time } from "../../parts/time.tsx";
import { caller } from "../../shell/caller.ts";
import { useWords } from "../../words/words.ts";
import { type ApiKey, type Scope, widestScope } from "./api-key.ts";
import { RevokeDialog } from "./revoke-dialog.tsx";
import { words } from "./words.ts";

const TONES: Readonly<Record<Scope, Tone>> = { read: "neutral", write: "notice", admin: "accent" };

/** The keys in force, each with a way to revoke it, and those that were revoked. */
export function KeyTable({ keys, onRevoked }: { keys: readonly ApiKey[]; onRevoked: () => void }) {
  const text = useWords(words);
  const [asked, setAsked] = useState<ApiKey | null>(null);
  const inForce = keys.filter(({ revokedAt }) => revokedAt === null);
  const revoked = keys.filter(({ revokedAt }) => revokedAt !== null).reverse();
  const shared = columnsOf(text);
  const sessions: Column<ApiKey> = {
    key: "sessions",
    label: text.sessions,
    numeric: true,
    cell: ({ sessions: count }) => count,
  };
  const revoke: Column<ApiKey> = {
    key: "revoke",
    label: "",
    cell: (key) => (
      <button
        type="button"
        class="button button-small button-danger"
        aria-label={text.revokeOf(key.name)}
        onClick={() => setAsked(key)}
      >
        {text.revoke}
      </button>
    ),
  };
  const revokedAt: Column<ApiKey> = {
    key: "revoked",
    label: text.revokedAt,
    cell: ({ revokedAt: at }) => at !== null && <Time at={at} as="both" />,
  };
  const keyOf = ({ id }: ApiKey) => id;
  return (
    <>
      {inForce.length > 0 && (
        <DataTable caption={text.keys} columns={[...shared, sessions, revoke]} rows={inForce} keyOf={keyOf} />
      )}
      {revoked.length > 0 && (
        <details class="keys-revoked">
          <summary>{text.revoked(revoked.length)}</summary>
          <DataTable
            caption={text.revoked(revoked.length)}
            columns={[...shared, revokedAt]}
            rows={revoked}
            keyOf={keyOf}
          />
        </details>
      )}
      {asked !== null && <RevokeDialog asked={asked} onClose={() => setAsked(null)} onRevoked={onRevoked} />}
    </>
  );
}

function columnsOf(text: (typeof words)["en"]): readonly Column<ApiKey>[] {
  return [
    {
      key: "name",
      label: text.name,
      heading: true,
      cell: ({ id, name }) => (
        <span class="row">
          <bdi class="key-name">{name}</bdi>
          <bdi class="muted small">#{id}</bdi>
          {caller().key === id && <Badge tone="good">{text.own}</Badge>}
        </span>
      ),
    },
    {
      key: "scopes",
      label: text.scope,
      cell: (key) => {
        const scope = widestScope(key);
        return (
          <Badge tone={TONES[scope]} title={text.scopeHints[scope]}>
            {text.scopes[scope]}
          </Badge>
        );
      },
    },
    { key: "made", label: text.made, cell: ({ createdAt }) => <Time at={createdAt} as="both" /> },
    {
      key: "used",
      label: text.lastUsed,
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? text.never : <Time at={lastUsedAt} as="ago" />),
    },
  ];
}
