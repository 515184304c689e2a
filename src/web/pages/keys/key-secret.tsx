import { CopyButton } from "../../parts/copy-button.tsx";
import { ShownOnce } from "../../parts/shown-once.tsx";
import { useWords } from "../../words/words.ts";
import type { MadeKey } from "./api-key.ts";
import { words } from "./words.ts";

interface KeySecretProps {
  readonly made: MadeKey;
  /** Whether Rasid asked for no key until now. */
  readonly first: boolean;
  /** Whether this browser was signed in with it. */
  readonly signedIn: boolean;
  readonly onClose: () => void;
}

/** A new key, shown this once, and a line that uses it. */
export function KeySecret({ made, first, signedIn, onClose }: KeySecretProps) {
  const text = useWords(words);
  const line = curlLine(made.key, window.location.origin);
  return (
    <ShownOnce title={text.secretTitle} warning={text.secretOnce} secret={made.key} kept={text.kept} onClose={onClose}>
      {first && <p>{signedIn ? text.signedIn : text.notSignedIn}</p>}
      <div class="row row-apart">
        <h3>{text.use}</h3>
        <CopyButton text={line} />
      </div>
      <pre tabIndex={0} lang="en" class="key-line">
        {line}
      </pre>
    </ShownOnce>
  );
}

/** Asks for the newest alerts with the key, from where this page was opened. */
function curlLine(key: string, origin: string): string {
  return `curl -s '${origin}/api/v1/alerts?order=newest' -H 'authorization: Bearer ${key}'`;
}
