import type { TracingSettings } from "../settings.ts";
import { NO_TRACING, type Tracing } from "./tracing.ts";

/** Opens tracing where an endpoint is configured. The SDK is loaded only then: it would add a third to the start. */
export async function openTracing(settings: TracingSettings | null): Promise<Tracing> {
  if (settings === null) return NO_TRACING;
  const { openOtlpTracing } = await import("./otlp-tracing.ts");
  return openOtlpTracing(settings);
}
