import { FEED_STATES, type FeedState } from "../../../domain/feed/feed-state.ts";
import { useLanguage } from "../../words/language.ts";
import { numberText, useWords } from "../../words/words.ts";
import { type Feeds, STATE_TONES } from "./feed-health.ts";
import { words } from "./words.ts";

interface StateFilterProps {
  readonly counts: Feeds["states"];
  readonly state: FeedState | null;
  readonly onState: (state: FeedState | null) => void;
}

/** How many feeds are in which state; each is a filter. */
export function StateFilter({ counts, state, onState }: StateFilterProps) {
  const text = useWords(words);
  const language = useLanguage();
  const present = FEED_STATES.filter((one) => (counts[one] ?? 0) > 0);
  const total = present.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  return (
    <fieldset class="feed-states">
      <legend class="visually-hidden">{text.filterState}</legend>
      <button type="button" aria-pressed={state === null} onClick={() => onState(null)}>
        <span class="feed-states-count numeric">{numberText(language, total)}</span>
        {text.all}
      </button>
      {present.map((one) => (
        <button
          key={one}
          type="button"
          class={`feed-states-${STATE_TONES[one]}`}
          aria-pressed={state === one}
          onClick={() => onState(state === one ? null : one)}
        >
          <span class="feed-states-count numeric">{numberText(language, counts[one] ?? 0)}</span>
          {text.states[one]}
        </button>
      ))}
    </fieldset>
  );
}
