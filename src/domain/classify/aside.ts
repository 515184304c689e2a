import type { FieldReading } from "../language/reading.ts";
import type { Cue, Named } from "./found.ts";
import { beginningIn, type Place } from "./places.ts";
import type { RelevanceRules } from "./relevance-rules.ts";

const CLAUSE_MARK = /^[,;:()]$/;
const YEAR = /^(?:19|20)\d\d$/;

/** A report with what was found in it. */
interface Report {
  readonly fields: readonly FieldReading[];
  readonly named: readonly Named[];
  readonly cues: readonly Cue[];
  readonly rules: RelevanceRules;
  /** ISO 8601, or null when the feed does not say. */
  readonly published: string | null;
}

/**
 * The words in which a report on other wars tells of the story too: a sentence, or the clauses of one that name no
 * other war, where a side's losses are counted. Null where there are none. A sentence that names another year looks back.
 */
export function findAside({ fields, named, cues, rules, published }: Report): string | null {
  const isNamed = (name: Named, sides: ReadonlySet<string>) => name.side !== null && sides.has(name.side);
  const ours = named.filter((name) => isNamed(name, new Set(rules.sides)));
  const others = named.filter((name) => isNamed(name, rules.elsewhere));
  if (ours.length === 0 || others.length === 0) return null;
  const year = published?.slice(0, 4);
  for (const field of fields) {
    const names = namesIn(field, ours);
    const strangers = namesIn(field, others);
    for (const sentence of field.sentences) {
      if (beginningIn(names, sentence.first, sentence.last).length === 0 || looksBack(field, sentence, year)) continue;
      for (const part of partsOf(field, sentence, strangers)) {
        if (beginningIn(names, part.first, part.last).length === 0 || !counts(part, field, cues, rules)) continue;
        return field.original.slice(field.tokens[part.first]!.start, field.tokens[part.last - 1]!.end);
      }
    }
  }
  return null;
}

function namesIn(field: FieldReading, names: readonly Named[]): Named[] {
  return names.filter((name) => name.field === field);
}

/** Whether a number and a word of losses stand in a part of a sentence, and none of another subject. */
function counts(part: Place, field: FieldReading, cues: readonly Cue[], rules: RelevanceRules): boolean {
  const said = cues.filter((cue) => cue.field === field && cue.first >= part.first && cue.first < part.last);
  if (said.some(({ group }) => group.weight < 0) || !said.some(({ group }) => rules.asideCues.has(group.name)))
    return false;
  return beginningIn(field.numbers, part.first, part.last).some(({ notFigure }) => notFigure === null);
}

function looksBack({ tokens }: FieldReading, { first, last }: Place, year: string | undefined): boolean {
  for (let at = first; at < last; at += 1) {
    const { folded } = tokens[at]!;
    if (YEAR.test(folded) && folded !== year) return true;
  }
  return false;
}

/** The sentence, or its runs of clauses without any of the names. */
function partsOf({ tokens }: FieldReading, { first, last }: Place, strangers: readonly Named[]): Place[] {
  const parts: Place[] = [];
  let [run, clause] = [first, first];
  for (let at = first; at <= last; at += 1) {
    if (at < last && !CLAUSE_MARK.test(tokens[at]!.folded)) continue;
    if (beginningIn(strangers, clause, at).length > 0) {
      if (clause > run) parts.push({ first: run, last: clause });
      run = at + 1;
    }
    clause = at + 1;
  }
  if (last > run) parts.push({ first: run, last });
  return parts;
}
