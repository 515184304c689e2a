import type { EntityMention } from "../../classify/entities.ts";
import type { FieldContext } from "../../item-context.ts";
import type { NumberMention, Sentence } from "../../language/reading.ts";
import type { Token } from "../../language/tokens.ts";
import type { FigureCue, FigureCues, FrameCue, MeasureCue, PeopleCue, QualifierCue, RoleCue } from "../figure-cues.ts";

/** A cue found: tokens `first` to `last` (exclusive) of the field. */
export interface CueHit<C extends FigureCue = FigureCue> {
  readonly cue: C;
  readonly first: number;
  readonly last: number;
}

/** One sentence with everything that bears on its numbers. Token indexes are those of the field. */
export interface SentenceCues {
  readonly field: FieldContext;
  readonly cues: FigureCues;
  readonly tokens: readonly Token[];
  readonly first: number;
  readonly last: number;
  readonly numbers: readonly NumberMention[];
  readonly measures: readonly CueHit<MeasureCue>[];
  readonly people: readonly CueHit<PeopleCue>[];
  readonly qualifiers: readonly CueHit<QualifierCue>[];
  readonly roles: readonly CueHit<RoleCue>[];
  readonly frames: readonly CueHit<FrameCue>[];
  readonly entities: readonly EntityMention[];
}

/** Finds the cues of one sentence. */
export function readSentenceCues(field: FieldContext, sentence: Sentence, cues: FigureCues): SentenceCues {
  const { tokens, numbers } = field.reading;
  const inside = (part: { first: number; last: number }): boolean =>
    part.first >= sentence.first && part.last <= sentence.last;
  const hits = cues
    .match(tokens, sentence.first, sentence.last)
    .map(({ first, last, payload }) => ({ cue: payload, first, last }));
  const of = <K extends FigureCue["kind"]>(kind: K): CueHit<Extract<FigureCue, { kind: K }>>[] =>
    hits.filter((hit): hit is CueHit<Extract<FigureCue, { kind: K }>> => hit.cue.kind === kind);
  return {
    field,
    cues,
    tokens,
    first: sentence.first,
    last: sentence.last,
    numbers: numbers.filter(inside),
    measures: widest(of("measure")),
    people: widest(of("people")),
    qualifiers: widest(of("qualifier")),
    roles: widest(of("role")),
    frames: of("frame"),
    entities: field.entities.filter(inside),
  };
}

/** Drops a cue inside a wider one, except where they say the same measure for another place: "bodies" in "bodies of". */
function widest<C extends FigureCue>(hits: readonly CueHit<C>[]): CueHit<C>[] {
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
