import {
  type Attributes,
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type Sampler,
  SamplingDecision,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { BullMQOtel } from "bullmq-otel";
import type { TracingSettings } from "../settings.ts";
import { VERSION } from "../version.ts";
import type { Tracing } from "./tracing.ts";

/** Deliveries whose trace is remembered: far more than are under way at a time. */
const MOST_CARRIED = 20_000;
const EXPORT_WITHIN_MS = 10_000;
const CLOSE_WITHIN_MS = 2_000;

/**
 * Sends spans by OTLP over HTTP. The trace goes from job to job in BullMQ's own field, from process to process.
 * `onTurn` hears when the collector takes spans no longer (with the error), and when it does again (null).
 */
export function openOtlpTracing(settings: TracingSettings, onTurn: (error: Error | null) => void): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": settings.serviceName, "service.version": VERSION }),
    sampler: new ParentBasedSampler({ root: rootSampler(settings.ratio) }),
    spanProcessors: [
      cleanser(),
      new BatchSpanProcessor({ exporter: watched(exporterOf(settings), onTurn), scheduledDelayMillis: 1000 }),
    ],
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const tracer = provider.getTracer("rasid", VERSION);
  const carried = new Map<string, Context>();
  return {
    telemetry: new BullMQOtel({ tracerName: "bullmq" }),
    span: (name, work, { attributes, root = false, of }) => {
      const [parent = context.active(), ...others] = of === undefined ? [] : takeCarried(carried, of);
      const links = others.flatMap((other) => trace.getSpanContext(other) ?? []).map((linked) => ({ context: linked }));
      return tracer.startActiveSpan(name, { attributes, root, links }, parent, (span) =>
        ended(
          span,
          work((more) => span.setAttributes(more)),
        ),
      );
    },
    note: (more) => trace.getActiveSpan()?.setAttributes(more),
    carry: (stage, ids) => {
      const current = context.active();
      if (trace.getSpan(current) === undefined) return;
      for (const id of ids) carried.set(`${stage} ${id}`, current);
      for (const oldest of carried.keys()) {
        if (carried.size <= MOST_CARRIED) break;
        carried.delete(oldest);
      }
    },
    attempted: ({ delivery, endedAt, durationMs, failed, attributes }) => {
      const startTime = new Date(endedAt.getTime() - durationMs);
      const under = carried.get(`deliver ${delivery}`) ?? context.active();
      const span = tracer.startSpan("attempt", { kind: SpanKind.CLIENT, startTime, attributes }, under);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      else carried.delete(`deliver ${delivery}`);
      span.end(endedAt);
    },
    close: async () => {
      // A collector that does not answer must not hold up the stop.
      await provider.forceFlush({ timeoutMillis: CLOSE_WITHIN_MS }).catch(() => {});
      await Promise.race([
        provider.shutdown().catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, 500).unref()),
      ]);
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** The different traces under which rows came, the first one first; they are forgotten here. */
function takeCarried(
  carried: Map<string, Context>,
  { stage, ids }: { stage: string; ids: readonly string[] },
): Context[] {
  const found = new Map<string, Context>();
  for (const key of ids.map((id) => `${stage} ${id}`)) {
    const one = carried.get(key);
    carried.delete(key);
    const traceId = one === undefined ? undefined : trace.getSpanContext(one)?.traceId;
    if (one !== undefined && traceId !== undefined && !found.has(traceId)) found.set(traceId, one);
  }
  return [...found.values()];
}

async function ended<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute("error.type", error instanceof Error ? error.name : "unknown");
    throw error;
  } finally {
    span.end();
  }
}

function exporterOf({ endpoint, headers }: TracingSettings): OTLPTraceExporter {
  return new OTLPTraceExporter({ url: endpoint, headers: { ...headers }, timeoutMillis: EXPORT_WITHIN_MS });
}

/** Tells when what is sent arrives no longer, and when it does again. */
function watched(exporter: SpanExporter, onTurn: (error: Error | null) => void): SpanExporter {
  let arrives = true;
  const hear = ({ code, error }: ExportResult): void => {
    if (arrives === (code === ExportResultCode.SUCCESS)) return;
    arrives = !arrives;
    onTurn(arrives ? null : (error ?? new Error("it was not told why")));
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        hear(result);
        done(result);
      }),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** Traces begin with work: what BullMQ does for itself (waiting for a job, looking for stalled ones) begins none. */
function rootSampler(ratio: number): Sampler {
  const share = new TraceIdRatioBasedSampler(ratio);
  return {
    shouldSample: (parent, traceId, _name, kind, attributes) => {
      const housekeeping =
        kind === SpanKind.INTERNAL && !Object.keys(attributes).some((key) => key.startsWith("rasid."));
      return housekeeping ? { decision: SamplingDecision.NOT_RECORD } : share.shouldSample(parent, traceId);
    },
    toString: () => `work, ${share.toString()}`,
  };
}

/** Attributes of BullMQ that carry neither words of an error nor what a job holds. */
const KEPT = new Set([
  "error.type",
  "bullmq.job.id",
  "bullmq.job.name",
  "bullmq.queue.name",
  "bullmq.job.attempts.made",
  "bullmq.job.bulk.count",
]);

/** Takes out of every span what may carry a text or a secret: messages of errors above all. */
function cleanser(): SpanProcessor {
  return {
    onStart: () => {},
    onEnd: (span: ReadableSpan) => {
      keepOnly(span.attributes);
      for (const event of span.events) if (event.attributes !== undefined) keepOnly(event.attributes);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

function keepOnly(attributes: Attributes): void {
  for (const name of Object.keys(attributes))
    if (!name.startsWith("rasid.") && !KEPT.has(name)) delete attributes[name];
}
