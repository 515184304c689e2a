import { z } from "zod";
import type { Term, TopicRules } from "../domain/claims/topic-rules.ts";
import { compilePhrases, type PhraseMatcher } from "../domain/language/phrases.ts";
import { phraseList } from "./phrase-list.ts";

const day = z.iso.date();
const phrasesByLanguage = z.record(z.string(), phraseList);

const positionSchema = z.strictObject({
  position: z.string().min(1),
  beside: z.boolean().default(false),
  ahead: z.boolean().default(false),
  rules: z.array(z.string().min(1)).min(1),
});

const signSchema = z.strictObject({
  cue: z.string(),
  position: z.string().nullable().default(null),
  until: day.nullable().default(null),
});

const topicSchema = z.strictObject({
  event: z.string().nullable().default(null),
  voice: z.string().nullable().default(null),
  dated: z.boolean().default(true),
  narrated: z.boolean().default(false),
  variants: z
    .array(
      z.strictObject({
        event: z.string(),
        signs: z.array(signSchema),
        happened: z.strictObject({ from: day, to: day }),
      }),
    )
    .default([]),
  otherwise: z
    .array(
      z.strictObject({
        event: z.string(),
        position: z.string().nullable().default(null),
        until: day.nullable().default(null),
      }),
    )
    .default([]),
  positions: z.array(positionSchema).min(1),
});

/** `config/stories/<story>/topics.yaml`: the positions a speaker can take on a topic, and the phrases that show each. */
export const topicsSchema = z
  .strictObject({
    reach: z.int().positive(),
    elsewhere: z.array(z.string()).default([]),
    cues: z.record(z.string(), phrasesByLanguage),
    topics: z.record(z.string(), topicSchema),
  })
  .superRefine((file, context) => {
    for (const [group, byLanguage] of Object.entries(file.cues)) {
      for (const [lang, phrases] of Object.entries(byLanguage)) {
        for (const message of phrases.flatMap(tornIn)) {
          context.addIssue({ code: "custom", path: ["cues", group, lang], message });
        }
      }
    }
    for (const [name, topic] of Object.entries(file.topics)) {
      const unknown = (group: string) => file.cues[group] === undefined;
      topic.variants.forEach((variant, index) => {
        for (const { cue } of variant.signs.filter((sign) => unknown(sign.cue))) {
          context.addIssue({
            code: "custom",
            path: ["topics", name, "variants", index, "signs"],
            message: `no cue group «${cue}»`,
          });
        }
      });
      topic.positions.forEach((position, index) => {
        for (const problem of position.rules.flatMap((rule) => problemsOf(rule, file.cues))) {
          context.addIssue({ code: "custom", path: ["topics", name, "positions", index, "rules"], message: problem });
        }
      });
    }
  });

export type TopicsFile = z.output<typeof topicsSchema>;

/** Alternatives torn by a space would never match: «(cease fire|truce)». */
function tornIn(phrase: string): string[] {
  if (!/[()|]/.test(phrase)) return [];
  const torn = phrase.split(" ").find((part) => /[()|]/.test(part) && !/^\([^()|]+(\|[^()|]+)+\)$/.test(part));
  if (torn === undefined) return [];
  return [`alternatives are written (one|two), without spaces: «${torn}» in «${phrase}»`];
}

function problemsOf(rule: string, cues: TopicsFile["cues"]): string[] {
  const terms = termsOf(rule);
  const first = terms[0];
  const groups = terms.flatMap((term) => (term.kind === "cue" ? term.groups : []));
  return [
    ...groups.filter((group) => cues[group] === undefined).map((group) => `no cue group «${group}» (rule «${rule}»)`),
    ...(first?.kind === "cue" && !first.absent && !first.earlier ? [] : [`a rule begins with a cue group: «${rule}»`]),
  ];
}

/** Compiles a story's topics; the phrases of a language are compiled when a text of that language is first read. */
export function compileTopics(file: TopicsFile): TopicRules {
  const matchers = new Map<string, PhraseMatcher<string>>();
  return {
    reach: file.reach,
    elsewhere: new Set(file.elsewhere),
    topics: Object.entries(file.topics).map(([topic, { positions, ...rest }]) => {
      const compiled = positions.map(({ rules, ...position }) => ({ ...position, rules: rules.map(termsOf) }));
      const leads = compiled.flatMap(({ rules }) =>
        rules.flatMap(([lead]) => (lead?.kind === "cue" ? lead.groups : [])),
      );
      return { topic, ...rest, leads: [...new Set(leads)], positions: compiled };
    }),
    cues: (lang) => {
      const known = matchers.get(lang);
      if (known) return known;
      const matcher = compileCues(file, lang);
      matchers.set(lang, matcher);
      return matcher;
    },
  };
}

function compileCues(file: TopicsFile, lang: string): PhraseMatcher<string> {
  return compilePhrases(
    Object.entries(file.cues).flatMap(([group, byLanguage]) =>
      (byLanguage[lang] ?? []).map((phrase) => ({ phrase, payload: group })),
    ),
  );
}

function termsOf(rule: string): Term[] {
  return rule.trim().split(/\s+/).map(termOf);
}

/** `truce`, `!truce`, `<truce`, `+declare`, `truce|fighting`, `truce~4`, `truce^4`, `@person`, `@person^`, `%side`, `by:side`, `by:!side`. */
function termOf(written: string): Term {
  const absent = written.startsWith("!");
  const earlier = written.startsWith("<");
  const done = written.startsWith("+");
  const word = absent || earlier || done ? written.slice(1) : written;
  const by = /^(by|said):(!?)(.+)$/.exec(word);
  if (by) return { kind: "by", side: by[3]!, absent: by[2] === "!", named: by[1] === "said" };
  const clause = word.includes("^");
  if (word.startsWith("@")) return { kind: "entity", id: word.slice(1).replace("^", ""), absent, clause };
  if (word.startsWith("%")) return { kind: "side", side: word.slice(1), earlier, absent };
  const [groups, within] = word.split(/[~^]/);
  return {
    kind: "cue",
    groups: groups!.split("|"),
    earlier,
    absent,
    done,
    within: within ? Number(within) : null,
    clause,
  };
}
