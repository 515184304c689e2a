import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform } from "fastify-type-provider-zod";
import { z } from "zod";
import { alertBodySchema, operationalAlertBodySchema } from "./alert-body-schema.ts";
import { codedShown } from "./coded-reason.ts";
import { addSamples } from "./request-samples.ts";

const DOCUMENT_PATH = "/docs";

const TAGS = {
  alerts: "What was told, and why; as lists, as a stream, and as feeds",
  stories: "Baseline events, what stands reported now, and how it came to stand",
  observations: "Who said what about what, in which words, seen where",
  items: "What feeds published",
  clusters: "Items that carry the same report",
  endpoints: "Subscribers' URLs (Standard Webhooks)",
  deliveries: "One alert to one endpoint, with every attempt",
  feeds: "Health of the feeds",
  baseline: "What the reference article reports, drawn from it, reviewed and saved as a file",
  keys: "Who may ask, and what was asked for",
  pipeline: "Work that is owed",
};

const DESCRIPTION = `Send a key with each request: \`Authorization: Bearer rsd_…\`. Long lists come in pages: \`next\` of one is \`after\` of the following.
Errors are problem details (RFC 9457) with the fields that are wrong. A write that carries an \`Idempotency-Key\` is done once for 24 hours.
Answers carry an \`ETag\`; send it as \`If-None-Match\` to get a 304 while nothing changed.`;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  coded: codedShown,
  errors: z.array(z.object({ field: z.string(), problem: z.string(), coded: codedShown })).optional(),
});

/** A JSON Schema without the dialect's name: the document has it once. */
function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema) as Record<string, unknown>;
  return rest;
}

const pingBodySchema = z.object({
  type: z.literal("ping"),
  timestamp: z.iso.datetime(),
  data: z.object({ endpoint: z.string() }),
});

function webhookOf(summary: string, schema: z.ZodType): object {
  const header = (name: string, description: string) => ({
    name,
    in: "header",
    required: true,
    description,
    schema: { type: "string" },
  });
  return {
    post: {
      summary,
      tags: ["endpoints"],
      parameters: [
        header("webhook-id", "The same in every attempt: keep the ids that you have handled."),
        header("webhook-timestamp", "Seconds since 1970, of this attempt."),
        header("webhook-signature", "One signature for each secret in force, with spaces between."),
      ],
      requestBody: { required: true, content: { "application/json": { schema: jsonSchema(schema) } } },
      responses: {
        "2XX": { description: "Received. Anything else is tried again." },
        410: { description: "Nothing more is sent; so with the answer's header `webhook-delivery: disable`." },
      },
    },
  };
}

/** The API document, generated from the schemas of the routes: OpenAPI 3.1 at `/docs/json`, a page at `/docs`. */
export async function addApiDocument(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Rasid", version, description: DESCRIPTION },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: { key: { type: "http", scheme: "bearer" }, password: { type: "http", scheme: "basic" } },
      },
      security: [{ key: [] }, { password: [] }],
      webhooks: {
        alert: webhookOf("An alert about a claim", alertBodySchema),
        operational: webhookOf("An alert about the running of the service", operationalAlertBodySchema),
        ping: webhookOf("A test ping", pingBodySchema),
      },
    } as never,
    transform: (route) => {
      if (!route.url.startsWith("/api/")) return { schema: { hide: true } as never, url: route.url };
      const { schema, url } = jsonSchemaTransform(route as never);
      return { schema: withProblems(schema as Record<string, unknown>) as never, url };
    },
    transformObject: (document) =>
      addSamples("openapiObject" in document ? (document.openapiObject as Record<string, unknown>) : {}) as never,
  });
  await app.register(swaggerUi, {
    routePrefix: DOCUMENT_PATH,
    theme: { title: "Rasid – API" },
    // Without the bar for other documents: the logo in it brings a <style> element, which the content policy forbids.
    uiConfig: { layout: "BaseLayout", docExpansion: "none", persistAuthorization: false, validatorUrl: null },
  });
}

const PROBLEM = {
  description: "Problem details",
  content: { "application/problem+json": { schema: jsonSchema(problem) } },
};

function withProblems(schema: Record<string, unknown>): Record<string, unknown> {
  const response = typeof schema.response === "object" ? schema.response : { 200: { description: "OK" } };
  return { ...schema, response: { ...response, "4XX": PROBLEM } };
}
