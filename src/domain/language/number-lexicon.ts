import type { PhraseMatcher } from "./phrases.ts";
import type { NotFigureReason } from "./reading.ts";
import type { Word } from "./words.ts";

/**
 * What a word or short phrase can be in a number. A word may have several roles: Russian «тысяч» multiplies behind a
 * factor ("5 тысяч") and is vague alone.
 */
export interface NumberRoles {
  /** A value of its own. What follows may be added while it is below `room`: 10 behind twenty, nothing behind a teen. */
  readonly add?: { readonly value: number; readonly room: number; readonly form: "words" | "collective" | "dual" };
  /** Multiplies what stands before it (hundred, thousand, dozen). */
  readonly times?: number;
  /** A part of the unit that follows: "half a" million. */
  readonly part?: number;
  /** Adds a part of the unit before it: a million "and a half", iki "buçuk" bin. */
  readonly plus?: number;
  /** A quantity without a number: dozens, сотни. Bounds as far as the word tells them. */
  readonly vague?: { readonly low?: number; readonly high?: number };
  /** An ordinal; may follow tens: twenty-"first". */
  readonly ordinal?: number;
  /** Divides the number before it: two "thirds". */
  readonly over?: number;
  /** The word itself says why it is no figure: «يومين», two days. */
  readonly reason?: NotFigureReason;
  /** Makes the number behind it negative. */
  readonly minus?: true;
  /** Counts only behind another number word, because alone it is an ordinary word of the language. */
  readonly inside?: true;
  /** Alone it is an article ("un", "bir"): a number only before a multiplier. */
  readonly article?: true;
  /** Looks like a number and is none («في المئة», "yüzde"). */
  readonly skip?: true;
  /** Is a pronoun behind one of the lexicon's pronoun words: "this one". */
  readonly pronoun?: true;
}

/** A form of the lexicon: its words behind the first, and what it can be. */
export interface NumberEntry {
  readonly rest: readonly string[];
  readonly roles: NumberRoles;
}

/** Persons counted without a number: "a soldier" is one, «جنديان» two. */
export interface PersonNouns {
  /** Singular nouns, folded. */
  readonly singular: ReadonlySet<string>;
  /** Words that make a singular one person ("a", "un", "bir"). */
  readonly articles: ReadonlySet<string>;
  /** Whether a noun counts as one without an article too. */
  readonly bare: boolean;
  /** Clitics that make a bare noun definite or otherwise no new person. */
  readonly definite: readonly string[];
  /** Words behind a number that make it an age, not a count of the noun that follows ("74 yaşlı kişi"). */
  readonly ages: ReadonlySet<string>;
  /** Nouns whose singular is also a plural, and the singular verbs beside which they are one person («солдат убит»). */
  readonly beside: { readonly nouns: ReadonlySet<string>; readonly verbs: ReadonlySet<string> };
}

/** Words around a number that show what it is. `before` phrases end right before it, `after` phrases begin right behind. */
export interface ContextCue {
  readonly reason: NotFigureReason | "counted";
  /** A day of the week: the number behind it need not be a day of the month. */
  readonly weekday?: true;
}

/** The words with which numbers begin and go on. */
export interface WordLexicon {
  /** By first word; longest phrase first. */
  readonly entries: ReadonlyMap<string, readonly NumberEntry[]>;
  /** Number words written together are told apart by these stems ("onbeş", «քսանհինգ»); empty where none are. */
  readonly glued: ReadonlyMap<string, NumberRoles>;
  /** First letters of glued stems, to rule out other words quickly. */
  readonly gluedStarts: ReadonlySet<string>;
  /** Words or clitics that join the parts of one number ("and", «و»). */
  readonly joiners: ReadonlySet<string>;
  /** Whether parts must be joined («مئة وخمسة») or may be. */
  readonly joining: "required" | "allowed";
  readonly persons: PersonNouns;
}

/** What `numbers.yaml` of a language compiles to. All words are folded. */
export interface NumberLexicon extends WordLexicon {
  /** Whether a number, a quantity or a single person can begin with a word; remembered by word. */
  readonly opens: (word: Word) => boolean;
  /** The mark before decimals in digits. */
  readonly decimal: "." | ",";
  /** Marks that group thousands in digits; a mark that is also the decimal one groups where three digits follow it. */
  readonly thousands: string;
  /** Hours are written with a stop ("20.00"), which is no decimal mark. */
  readonly stopHours: boolean;
  /** A number alone between commas behind a name is an age ("Arthur, 52, a driver"). */
  readonly agesInCommas: boolean;
  /** Multipliers that are abbreviations: a full stop behind them belongs to them ("25 тыс."). */
  readonly abbreviated: ReadonlySet<string>;
  /** Values that may be joined behind tens: French 1 and 11. */
  readonly joinedSmall: ReadonlySet<number>;
  /** Units stand before tens: «أربعة وعشرون». */
  readonly unitsFirst: boolean;
  /** Multipliers written onto digits, as written: "10k", "3bn", "5M". */
  readonly attached: ReadonlyMap<string, number>;
  /** Endings that make digits an ordinal: "63-й", "22nd", "104'üncü". */
  readonly ordinalEndings: ReadonlySet<string>;
  /** A full stop behind digits makes an ordinal where a small letter follows: "20. yüzyıl". */
  readonly ordinalStop: boolean;
  /** Before these a word that else counts inside numbers only is one by itself: "yüzü aşkın". */
  readonly countsBefore: ReadonlySet<string>;
  /** Words of context that count with a capital only ("5 May", not "5 may have died"). */
  readonly capitalised: ReadonlySet<string>;
  /** Words behind which "one" is a pronoun. */
  readonly pronounAfter: ReadonlySet<string>;
  /** Words behind which a multiplier that is vague alone is one unit of it: «более тысячи», 1000. */
  readonly unitBehind: ReadonlySet<string>;
  /** Between a vague quantity and its multiplier: tens "of" thousands. */
  readonly vagueLinks: ReadonlySet<string>;
  readonly ranges: RangeWords;
  /** Words before or behind "one" that make it nobody: "not a single", «ни один», "bir … bile". */
  readonly none: { readonly before: PhraseMatcher<true>; readonly after: PhraseMatcher<true> };
  readonly before: PhraseMatcher<ContextCue>;
  readonly after: PhraseMatcher<ContextCue>;
}

/** How a language writes "between A and B", "A to B", "A or B". */
export interface RangeWords {
  /** Between the two numbers: to, до, ila. */
  readonly to: ReadonlySet<string>;
  readonly or: ReadonlySet<string>;
  /** Before the first number, then `and` between both. */
  readonly between: ReadonlySet<string>;
  readonly and: ReadonlySet<string>;
  /** Behind the second number, with `and` between both: "20 ile 30 arasında". */
  readonly behind: ReadonlySet<string>;
  /** Before the first number: a change from an old value to a new one, no range (Russian «с 49 до 105»). */
  readonly changeFrom: ReadonlySet<string>;
  /** Anywhere in the sentence: a figure that changed, so that "from A to B" is no range. */
  readonly change: PhraseMatcher<true>;
}
