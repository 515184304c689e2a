import { CopyButton } from "./copy-button.tsx";
import "./secret-line.css";

/** A secret that is shown once, with a button that copies it. */
export function SecretLine({ secret }: { secret: string }) {
  return (
    <p class="secret-line">
      <code dir="ltr">{secret}</code>
      <CopyButton text={secret} />
    </p>
  );
}
