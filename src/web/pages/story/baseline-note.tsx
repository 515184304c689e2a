import type { EventShown } from "../../../api/story-shown.ts";
import { claimText } from "../../parts/claims/claim-text.ts";
import type { Namer } from "../../parts/claims/use-labels.ts";
import { Time } from "../../parts/time.tsx";
import { useLanguage } from "../../words/language.ts";
import { useWords } from "../../words/words.ts";
import { words } from "./words.ts";

const COMMA = { en: ",", ar: "،" } as const;

type Figure = EventShown["baseline"][number]["figure"];

/** What else a statement counts ("two days") stands in its title: a bare number would be taken for people. */
function isCounted({ kind }: EventShown, figure: Figure): figure is NonNullable<Figure> {
  return figure !== undefined && !(kind === "statement" && figure.measure === "other");
}

/** What the article has: value or position, speaker, day. */
export function BaselineNote({
  event,
  twins,
  names,
}: {
  event: EventShown;
  twins: readonly EventShown[];
  names: Namer;
}) {
  const text = useWords(words);
  const language = useLanguage();
  return (
    <div class="baseline-note">
      <h4>{text.baseline}</h4>
      {event.baseline.length === 0 && <p class="muted">{text.baselineNone}</p>}
      <ul>
        {event.baseline.map(({ speaker, side, asOf, position, figure }) => (
          <li key={`${speaker} ${side} ${position}`}>
            <strong>
              {isCounted(event, figure) ? claimText(language, figure, names) : names.position(position ?? "")}
            </strong>
            {isCounted(event, figure) && position !== undefined && <span> {names.position(position)}</span>}
            <span class="muted">
              {" "}
              {speaker === "-" ? names.entity(side) : names.entity(speaker)}
              {COMMA[language]} <Time at={asOf} as="day" />
            </span>
          </li>
        ))}
      </ul>
      {twins.map((twin) => (
        <p key={twin.id} class="small muted">
          {text.alsoInArticle}: {twin.gloss[language] ?? twin.gloss.en} (
          {twin.baseline
            .map(({ figure }) => (figure === undefined ? "" : claimText(language, figure, names)))
            .join(`${COMMA[language]} `)}
          )
        </p>
      ))}
    </div>
  );
}
