import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributes = z.array(z.object({ key: z.string(), value: z.looseObject(value.shape) })).default([]);
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes,
  links: z.array(z.object({ traceId: z.string() })).default([]),
  events: z.array(z.object({ name: z.string(), attributes })).default([]),
});
/** What OTLP/HTTP carries as JSON, as far as it is looked at here. */
const request = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});

export type ReceivedSpan = z.output<typeof span> & { readonly service: string };

/** A collector of traces that keeps what it is sent. An owned resource: close it. */
export interface TraceCollector {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Every request as it came, headers too. */
  readonly raw: readonly string[];
  readonly paths: readonly string[];
  close(): Promise<void>;
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: ReceivedSpan[] = [];
  const raw: string[] = [];
  const paths: string[] = [];
  const server = createServer(async (incoming, response) => {
    let text = "";
    for await (const part of incoming.setEncoding("utf8")) text += part;
    raw.push(text);
    paths.push(`${incoming.method} ${incoming.url} ${incoming.headers["x-token"]}`);
    for (const { resource, scopeSpans } of request.parse(JSON.parse(text)).resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue ?? "";
      for (const scope of scopeSpans) spans.push(...scope.spans.map((one) => ({ ...one, service })));
    }
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    raw,
    paths,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
