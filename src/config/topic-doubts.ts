import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Topic } from "../domain/claims/topic-rules.ts";
import type { Story } from "../domain/story.ts";
import type { ConfigMistake } from "./read-yaml.ts";

/**
 * Events that a story's topics name and its baseline lacks. The daemon takes them, for a baseline need not have every
 * topic; of a mistyped one it would silently hold nothing against the baseline.
 */
export function topicDoubts(configDir: string, { id, topics, baseline }: Story): ConfigMistake[] {
  const file = join(configDir, "stories", id, "topics.yaml");
  const named = topics.topics.flatMap((topic) => eventsOf(topic).map((event) => ({ topic: topic.topic, event })));
  const strange = named.filter(({ event }) => !baseline.byId.has(event));
  if (strange.length === 0) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return strange.map(({ topic, event }) => ({
    file,
    line: lines.findIndex((line) => line.split(/[\s,{}"']+/).includes(event) && line.includes("event:")) + 1 || 1,
    field: `topics.${topic}`,
    problem: `baseline.yaml has no event «${event}»: what is said of it is told as new, never as a change`,
  }));
}

function eventsOf({ event, variants, otherwise }: Topic): string[] {
  return [...new Set([event, ...variants.map((one) => one.event), ...otherwise.map((one) => one.event)])].filter(
    (one) => one !== null,
  );
}
