import { readSpeakers } from "./claims/attribution.ts";
import type { Figure, Statement, TraceLine } from "./claims/claim.ts";
import { extractFigures } from "./claims/figures.ts";
import { extractStatements } from "./claims/statements.ts";
import type { Relevance } from "./classify/relevance.ts";
import type { Item } from "./item.ts";
import type { ItemContext } from "./item-context.ts";
import { type ReadOptions, readContext } from "./read-context.ts";

/** What an item says about a story, with the rules that decided. */
export interface Analysis {
  readonly lang: string;
  readonly relevance: Relevance;
  readonly figures: readonly Figure[];
  readonly statements: readonly Statement[];
  readonly trace: readonly TraceLine[];
}

/** Reads an item and its claims. Pure: the same item gives the same analysis everywhere. */
export function analyzeItem(item: Item, options: ReadOptions): Analysis {
  return analyzeContext(readContext(item, options));
}

/** Reads the claims of an item whose context is at hand. */
export function analyzeContext(context: ItemContext): Analysis {
  const speakers = readSpeakers(context);
  const figures = extractFigures(context, speakers);
  const statements = extractStatements(context, speakers);
  return {
    lang: context.reading.lang,
    relevance: context.relevance,
    figures: figures.figures,
    statements: statements.statements,
    trace: [...figures.trace, ...statements.trace],
  };
}
