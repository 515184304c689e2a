import { useEffect, useState } from "preact/hooks";
import { get } from "../../api/client.ts";
import { Badge } from "../../parts/badge.tsx";
import { CloseButton } from "../../parts/close-button.tsx";
import { toldOf } from "../../parts/reasons/reason-text.ts";
import { ToldText } from "../../parts/reasons/told-text.tsx";
import { useWords } from "../../words/words.ts";
import type { DeliveryDetail } from "./delivery-page.tsx";
import { words } from "./words.ts";

const LOOK_MS = 600;
const MOST_LOOKS = 40;

interface PingCardProps {
  readonly delivery: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A test ping on its way, and how it ended. */
export function PingCard({ delivery, onDone, onClose }: PingCardProps) {
  const text = useWords(words);
  const [seen, setSeen] = useState<DeliveryDetail | null>(null);
  useEffect(() => {
    let left = false;
    let looks = 0;
    const look = async (): Promise<void> => {
      const found = await get<DeliveryDetail>(`/api/v1/deliveries/${delivery}`).catch(() => null);
      if (left) return;
      setSeen(found);
      looks += 1;
      if (found !== null && found.attempts > 0 && found.state !== "delivering") onDone();
      else if (looks < MOST_LOOKS) setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      left = true;
    };
  }, [delivery]);
  const attempt = seen?.log.at(-1);
  const good = seen?.state === "delivered";
  return (
    <section class="card ping" aria-live="polite">
      <div class="row">
        {attempt === undefined ? (
          <>
            <Badge tone="notice">{text.pingUnderWay}</Badge>
            <span>{text.pingWaits}</span>
          </>
        ) : (
          <>
            <Badge tone={good ? "good" : "danger"}>{good ? text.pingGood : text.pingBad}</Badge>
            <span>
              {good ? text.pingGoodText(attempt.status ?? 0, attempt.durationMs) : text.pingBadText}{" "}
              {!good && <ToldText told={toldOf(attempt.error, attempt.errorCoded)} otherwise={attempt.status} />}
            </span>
            <a href={`/deliveries/${delivery}`}>{text.pingDetails}</a>
          </>
        )}
      </div>
      <CloseButton label={text.close} onClose={onClose} />
    </section>
  );
}
