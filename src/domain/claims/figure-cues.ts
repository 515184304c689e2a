import type { PhraseMatcher } from "../language/phrases.ts";
import type { Word } from "../language/words.ts";
import type { Measure, Qualifier } from "./claim.ts";

/**
 * Where a measure cue stands to its number: `counted` is the counted noun itself ("105 dead"), `after` a predicate
 * behind the counted noun ("105 soldiers were killed"), `before` a verb or noun in front ("killed 105", "toll of 105").
 */
export type CuePlace = "counted" | "after" | "before";

export interface MeasureCue {
  readonly kind: "measure";
  readonly measure: Measure;
  readonly place: CuePlace;
  /** Says the measure of counted people only: "lost 105 soldiers", but not "lost 36 drones". */
  readonly weak: boolean;
  /** What the number is multiplied by to give the measure's unit (hectares to km²). */
  readonly factor: number;
}

export interface PeopleCue {
  readonly kind: "people";
  readonly who: "military" | "civilian" | "anyone";
}

export interface QualifierCue {
  readonly kind: "qualifier";
  readonly qualifier: Qualifier;
  readonly place: "before" | "after";
}

/**
 * What a number is beside others of its measure; `place` says where the words stand to the number. `item`: anywhere
 * before it in the sentence, and only if the item has another value ("earlier", "had said").
 */
export interface RoleCue {
  readonly kind: "role";
  readonly role: "previous" | "increment" | "component" | "denied";
  readonly place: "before" | "after" | "clause" | "item";
}

/** Words that frame a figure without saying a measure. */
export interface FrameCue {
  readonly kind: "frame";
  readonly frame:
    | "light" // carries no weight between a number and its cue
    | "and"
    | "break" // opens another clause
    | "change" // a toll changes or stands: rose, stands, was
    | "from" // directly before an old value
    | "to" // directly before a new value
    | "both" // both sides together
    | "in-turn" // "respectively": the numbers are those of the sides in the order in which they are named
    | "own" // its, his country's
    | "self" // a pronoun for the side that the sentence before names: "for its part it lists 80 dead"
    | "enemy"
    | "against" // the name that follows is the adversary
    | "between" // the two names that follow fought
    | "between-after"
    | "against-after" // the name before is the adversary: "Ermenistan ile"
    | "agent" // the name that follows did it
    | "agent-after"
    | "told" // what "by" follows here is said, not done: "105 deaths confirmed by"
    | "teller" // beside a name: who tells, not who is counted: "Armenian media", "Baku's claims"
    | "affirm" // behind words of denial: what follows is said to be so: "denied that and confirmed 50"
    | "accuse" // who stands before it lays what follows to the other: "accused Baku of killing three"
    | "control" // beside a name: who holds the land, not whose it is: "under Azerbaijani control"
    | "border" // beside a name: a place at which it happened, nobody's people: "the Armenian border"
    | "claim" // beside words of denial: all that the claim holds is denied: "denied reports that"
    | "title" // a body or war named after what or whom it is about: words within it measure nothing and name no side
    | "from-side" // behind a name: "from the Armenian side", no adversary
    | "in" // the name that follows is where it happens or lies
    | "of" // behind a number that counts some of what follows: "lost four of their matches"
    | "among" // stands before those of whom some are counted: "two of the dead"
    | "count" // a count of what the sentence speaks of: "a count of 303"
    | "martyrs" // the dead of the side that the writers stand with
    | "episode" // one episode of many, no toll: executed
    | "land"
    | "extent" // land is taken or held: without it an area is no territory
    | "rate" // so many in a time: "30 a day"
    | "another" // one more person without a number: "another was wounded", «وإصابة آخر»
    | "give" // hands over people or bodies: they are the receiver's
    | "receive"
    | "handed" // hands over or takes what stands right beside it: the dead are bodies then
    | "ahead" // what changes hands in its clause is still to do so
    | "besides" // right before what changed hands earlier: "after 32 on Saturday"
    | "besides-after" // the same behind the number: «32-ից բացի»
    | "added" // behind or before a step, by which a count grows: "added six more"
    | "corrected" // an earlier number was wrong
    | "fray" // the fighting itself, which both sides wage, or all its dead
    | "side" // a word that makes a name a side of the fighting: "the Armenian side"
    | "thing"; // counted, but no people: the number is no figure
}

export type FigureCue = MeasureCue | PeopleCue | QualifierCue | RoleCue | FrameCue;

/** What `figures.yaml` of a language compiles to. */
export interface FigureCues {
  readonly match: PhraseMatcher<FigureCue>;
  /** Whether `another` may begin with a word: a sentence without a number is read for figures only where one such stands. */
  readonly isAnother: (word: Word) => boolean;
  /** Clitics that join a verb to what stands before, so that it speaks of what follows («قتل اثنان وجرح ثلاثة»). */
  readonly joining: readonly string[];
  /** Articles written onto a noun: no number counts what has one («و95 أخرى اليوم»). */
  readonly articles: readonly string[];
  /** Case endings on a number that mark the old and the new value of a change ("59'dan 62'ye"). */
  readonly fromEndings: ReadonlySet<string>;
  readonly toEndings: ReadonlySet<string>;
  /** Endings on a number that mean "about", "up to" ("100-dək"). */
  readonly aboutEndings: ReadonlySet<string>;
  /** Endings on a number that make it a part of what stands before it ("yaralıların 43'ü"). */
  readonly partEndings: ReadonlySet<string>;
  /** Endings that make a name the place where it is ("Azərbaycanda"). */
  readonly inEndings: readonly string[];
  /** Endings that make a name the adversary ("Ermənistanla"). */
  readonly againstEndings: readonly string[];
}
