import { useState } from "preact/hooks";
import { useQuery } from "../../api/use-query.ts";
import { ActionButton } from "../../parts/action-button.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LoadingMessage, ProblemMessage, StateMessage } from "../../parts/state-message.tsx";
import { caller, isAdmin, signInWith } from "../../shell/caller.ts";
import type { PageProps } from "../../shell/router.ts";
import { SignOut } from "../../shell/sign-out.tsx";
import { useWords } from "../../words/words.ts";
import type { ApiKey, MadeKey } from "./api-key.ts";
import { AuditLog } from "./audit-log.tsx";
import { KeyForm } from "./key-form.tsx";
import { KeySecret } from "./key-secret.tsx";
import { KeyTable } from "./key-table.tsx";
import "./keys.css";
import { words } from "./words.ts";

const EVERY_MS = 10_000;

/** `/keys`: who may ask for what, and what was asked for. */
export function Page({ query }: PageProps) {
  const text = useWords(words);
  if (isAdmin()) return <KeysPage query={query} />;
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <StateMessage
        kind="empty"
        icon="key"
        title={text.forbidden}
        hint={
          <>
            {text.forbiddenHint}
            <code class="keys-command" dir="ltr" lang="en">
              npx rasid key create "my desk" --scopes admin
            </code>
          </>
        }
      >
        <SignOut class="button button-primary">{text.signInOther}</SignOut>
      </StateMessage>
    </>
  );
}

function KeysPage({ query }: Pick<PageProps, "query">) {
  const text = useWords(words);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ key: MadeKey; first: boolean; signedIn: boolean } | null>(null);
  const [turn, setTurn] = useState(0);
  // While the first key is on its way nothing else is asked: without a session the answer would be the sign-in page.
  const quiet = making || made !== null;
  const { data, error, loading, reload } = useQuery<{ keys: readonly ApiKey[] }>(
    "/api/v1/keys",
    quiet ? {} : { everyMs: EVERY_MS },
  );
  const keys = data?.keys ?? [];
  const again = () => {
    setTurn((before) => before + 1);
    reload();
  };
  const keep = async (key: MadeKey) => {
    const first = !caller().signedIn;
    const signedIn = first && (await signInWith(key.key));
    setMaking(false);
    setMade({ key, first, signedIn });
    // Without a session the answer would lead to the sign-in page, away from a key that is shown this once.
    if (!first || signedIn) again();
  };
  const make = (
    <ActionButton icon="add" look="primary" does={() => setMaking(true)}>
      {text.make}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} actions={keys.length > 0 && make} />
      <div class="stack">
        <section class="stack" aria-labelledby="keys">
          <h2 id="keys">{text.keys}</h2>
          {error !== null && data === undefined && <ProblemMessage problem={error} onRetry={reload} />}
          {loading && <LoadingMessage lines={4} />}
          {data !== undefined && keys.length === 0 && (
            <StateMessage kind="empty" icon="key" title={text.none} hint={text.noneHint}>
              {make}
            </StateMessage>
          )}
          {keys.length > 0 && <KeyTable keys={keys} onRevoked={again} />}
        </section>
        <AuditLog query={query} keys={keys} turn={turn} />
      </div>
      {making && (
        <KeyForm
          first={!keys.some(({ revokedAt }) => revokedAt === null)}
          onClose={() => setMaking(false)}
          onMade={keep}
        />
      )}
      {made !== null && (
        <KeySecret
          made={made.key}
          first={made.first}
          signedIn={made.signedIn}
          // The document knows of a session from its begin on only when it is loaded anew.
          onClose={() => (made.first ? window.location.assign("/keys") : setMade(null))}
        />
      )}
    </>
  );
}
