import type { TracingSettings } from "../settings.ts";
import { type Log, withoutCredentials } from "./log.ts";
import { NO_TRACING, type Tracing } from "./tracing.ts";

/** Opens tracing where an endpoint is configured. The SDK is loaded only then: it would add a third to the start. */
export async function openTracing(settings: TracingSettings | null, log: Log): Promise<Tracing> {
  if (settings === null) return NO_TRACING;
  const { openOtlpTracing } = await import("./otlp-tracing.ts");
  return openOtlpTracing(settings, (error) => {
    if (error === null) log.info("the collector takes traces again");
    else
      log.warn(
        { reason: withoutCredentials(error.message) },
        "the collector takes no traces; spans are lost meanwhile",
      );
  });
}
