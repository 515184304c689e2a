import type { EntityMention } from "../../classify/entities.ts";
import type { FieldContext } from "../../item-context.ts";
import type { NumberMention } from "../../language/reading.ts";
import type { Token } from "../../language/tokens.ts";
import type { FigureCue, FigureCues, FrameCue, MeasureCue, PeopleCue, QualifierCue, RoleCue } from "../figure-cues.ts";
import type { Passage } from "./passages.ts";

/** A cue found: tokens `first` to `last` (exclusive) of the field. */
export interface CueHit<C extends FigureCue = FigureCue> {
  readonly cue: C;
  readonly first: number;
  readonly last: number;
}

export type Frame = FrameCue["frame"];

/** One sentence with everything that bears on its numbers. Token indexes are those of the field. */
export interface SentenceCues {
  readonly cues: FigureCues;
  readonly tokens: readonly Token[];
  readonly first: number;
  readonly last: number;
  readonly numbers: readonly NumberMention[];
  readonly measures: readonly CueHit<MeasureCue>[];
  readonly people: readonly CueHit<PeopleCue>[];
  readonly qualifiers: readonly CueHit<QualifierCue>[];
  readonly roles: readonly CueHit<RoleCue>[];
  readonly frames: ReadonlyMap<Frame, readonly CueHit<FrameCue>[]>;
  readonly entities: readonly EntityMention[];
}

const NONE: readonly CueHit<FrameCue>[] = [];

/** The places of a sentence with words of one frame. */
export function framed(sentence: SentenceCues, frame: Frame): readonly CueHit<FrameCue>[] {
  return sentence.frames.get(frame) ?? NONE;
}

/** Whether words of a frame begin at a token. */
export function frameAt(sentence: SentenceCues, frame: Frame, at: number): boolean {
  return framed(sentence, frame).some((hit) => hit.first === at);
}

/** Whether words of a frame end right before a token. */
export function frameBefore(sentence: SentenceCues, frame: Frame, at: number): boolean {
  return framed(sentence, frame).some((hit) => hit.last === at);
}

/** «قتل مدنيان وجرح ستة»: a verb with "and" written onto it speaks of what follows; any other word so begins another part. */
export function isJoinedOn({ cues, tokens }: SentenceCues, at: number): boolean {
  const { folded, forms } = tokens[at]!;
  return cues.joining.some((clitic) => folded.startsWith(clitic) && forms.includes(folded.slice(clitic.length)));
}

/** Finds the cues of one passage. */
export function readSentenceCues(passage: Passage, field: FieldContext, cues: FigureCues): SentenceCues {
  const { tokens } = field.reading;
  const measures: CueHit<MeasureCue>[] = [];
  const people: CueHit<PeopleCue>[] = [];
  const qualifiers: CueHit<QualifierCue>[] = [];
  const roles: CueHit<RoleCue>[] = [];
  const frames = new Map<Frame, CueHit<FrameCue>[]>();
  for (const { first, last, payload: cue } of cues.match(tokens, passage.first, passage.last)) {
    if (cue.kind === "measure") measures.push({ cue, first, last });
    else if (cue.kind === "people") people.push({ cue, first, last });
    else if (cue.kind === "qualifier") qualifiers.push({ cue, first, last });
    else if (cue.kind === "role") roles.push({ cue, first, last });
    else {
      const known = frames.get(cue.frame);
      if (known) known.push({ cue, first, last });
      else frames.set(cue.frame, [{ cue, first, last }]);
    }
  }
  return {
    cues,
    tokens,
    first: passage.first,
    last: passage.last,
    numbers: passage.numbers,
    measures: outsideTitles(widest(measures), frames.get("title")),
    people: widest(people),
    qualifiers: widest(qualifiers),
    roles: widest(roles),
    frames,
    entities: namedApart(passage.entities, frames.get("title")),
  };
}

/** "The commission on prisoners and the missing": a name says nothing of a number beside it. */
function outsideTitles<C extends FigureCue>(
  hits: readonly CueHit<C>[],
  titles: readonly CueHit<FrameCue>[] = NONE,
): readonly CueHit<C>[] {
  if (titles.length === 0) return hits;
  return hits.filter((hit) => !titles.some(({ first, last }) => first <= hit.first && last >= hit.last));
}

/** "The Karabakh war": the name of a war is nobody's name. */
function namedApart(
  entities: readonly EntityMention[],
  titles: readonly CueHit<FrameCue>[] = NONE,
): readonly EntityMention[] {
  if (titles.length === 0) return entities;
  return entities.filter((mention) => !titles.some((hit) => hit.first < mention.last && hit.last > mention.first));
}

/** Drops a cue inside a wider one, except where they say the same measure for another place: "bodies" in "bodies of". */
function widest<C extends FigureCue>(hits: readonly CueHit<C>[]): readonly CueHit<C>[] {
  if (hits.length < 2) return hits;
  return hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.first <= hit.first &&
          other.last >= hit.last &&
          other.last - other.first > hit.last - hit.first &&
          !differInPlace(hit.cue, other.cue),
      ),
  );
}

function differInPlace(a: FigureCue, b: FigureCue): boolean {
  return a.kind === "measure" && b.kind === "measure" && a.measure === b.measure && a.place !== b.place;
}
