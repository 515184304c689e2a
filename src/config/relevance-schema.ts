import { z } from "zod";
import type { CueGroup, RelevanceRules } from "../domain/classify/relevance-rules.ts";
import { compilePhrases, type Phrase, type PhraseMatcher } from "../domain/language/phrases.ts";
import { phraseList } from "./phrase-list.ts";

const byLanguage = z.record(z.string(), phraseList);
const groups = z.record(z.string(), z.strictObject({ weight: z.number(), words: byLanguage }));

/** `config/stories/<story>/relevance.yaml` */
export const relevanceSchema = z.strictObject({
  languages: z.array(z.string()),
  bias: z.number(),
  title: z.number(),
  repeat: z.number(),
  who: z.strictObject({
    sides: z.tuple([z.string(), z.string()]),
    both: z.number(),
    bothInTitle: z.number(),
    one: z.number(),
    none: z.number(),
    home: z.array(z.string()),
    homeWeight: z.number(),
    inWindow: z.number(),
    contested: z.array(z.string()),
    contestedWeight: z.number(),
    ignored: z.array(z.string()),
    involved: z.array(z.string()),
    involvedWeight: z.number(),
    elsewhere: z.array(z.string()),
    elsewhereWeight: z.number(),
    frontier: z.array(z.string()),
    frontierCues: z.array(z.string()),
    frontierWeight: z.number(),
    asideCues: z.array(z.string()),
    asideWeight: z.number(),
  }),
  notNames: byLanguage,
  cues: groups,
  others: groups,
});

type RelevanceFile = z.output<typeof relevanceSchema>;

/** Compiles the rules. A language that the file does not list is judged by the phrases of all of them. */
export function compileRelevance(file: RelevanceFile): RelevanceRules {
  const languages = new Set(file.languages);
  const { home, contested, ignored, involved, elsewhere, frontier, frontierCues, asideCues, ...who } = file.who;
  return {
    ...who,
    bias: file.bias,
    title: file.title,
    repeat: file.repeat,
    home: new Set(home),
    contested: new Set(contested),
    ignored: new Set(ignored),
    involved: new Set(involved),
    elsewhere: new Set(elsewhere),
    frontier: new Set(frontier),
    frontierCues: new Set(frontierCues),
    asideCues: new Set(asideCues),
    notNames: perLanguage(languages, (lang) => tagged(wordsOf(file.notNames, lang), true)),
    cues: perLanguage(languages, (lang) => [...cuesOf(file.cues, lang), ...cuesOf(file.others, lang)]),
  };
}

/** Compiles the phrases of every language, which else are compiled when a language is first met, to find their mistakes. */
export function compileEveryLanguage(file: RelevanceFile): void {
  const languages = [...Object.values(file.cues), ...Object.values(file.others)].flatMap(({ words }) =>
    Object.keys(words),
  );
  const { notNames, cues } = compileRelevance({ ...file, languages: [...new Set([...file.languages, ...languages])] });
  for (const lang of [...file.languages, ...languages, ...Object.keys(file.notNames), "und"]) {
    notNames(lang);
    cues(lang);
  }
}

function cuesOf(part: RelevanceFile["cues"], lang: string | null): Phrase<CueGroup>[] {
  return Object.entries(part).flatMap(([name, { weight, words }]) => tagged(wordsOf(words, lang), { name, weight }));
}

function wordsOf(words: Record<string, string[]>, lang: string | null): string[] {
  return lang === null ? Object.values(words).flat() : (words[lang] ?? []);
}

function tagged<T>(list: readonly string[], payload: T): Phrase<T>[] {
  return list.map((phrase) => ({ phrase, payload }));
}

/** Compiled when a language is first met: most runs see few of them. */
function perLanguage<T>(
  known: ReadonlySet<string>,
  phrasesOf: (lang: string | null) => Phrase<T>[],
): (lang: string) => PhraseMatcher<T> {
  const cache = new Map<string | null, PhraseMatcher<T>>();
  return (lang) => {
    const key = known.has(lang) ? lang : null;
    const matcher = cache.get(key) ?? compilePhrases(phrasesOf(key));
    cache.set(key, matcher);
    return matcher;
  };
}
