import { type AnalyzeOptions, analyzeRevision } from "../domain/revision-analysis.ts";
import { readToTrace } from "../domain/trace.ts";
import type { TextRead, TextToRead } from "./thread-messages.ts";

/** Reads a text for what it is asked for. @throws whatever reading it throws */
export function readText(text: TextToRead, options: AnalyzeOptions): TextRead {
  if (text.kind === "trace") return { trace: readToTrace(text.revision, options) };
  return { analysis: analyzeRevision(text.revision, options) };
}
