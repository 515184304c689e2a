import { z } from "zod";

const example = z.looseObject({ examples: z.array(z.unknown()).optional(), example: z.unknown().optional() });
const operation = z.looseObject({
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.string(),
        required: z.boolean().optional(),
        schema: example.optional(),
        example: z.unknown().optional(),
      }),
    )
    .optional(),
  requestBody: z.looseObject({ content: z.record(z.string(), example) }).optional(),
});
const paths = z.record(z.string(), z.record(z.string(), operation));

/** Where the samples find the daemon, and the key they send. */
const ORIGIN = "http://127.0.0.1:4180";

/** Adds to each operation of an OpenAPI document a shell line that does it (`x-codeSamples`), from the schemas' examples. */
export function addSamples(document: Record<string, unknown>): Record<string, unknown> {
  const known = paths.safeParse(document.paths);
  if (!known.success) return document;
  const sampled = Object.fromEntries(
    Object.entries(known.data).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, one]) => [
          method,
          { ...one, "x-codeSamples": [{ lang: "Shell", label: "curl", source: sampleOf(method, path, one) }] },
        ]),
      ),
    ]),
  );
  return { ...document, paths: sampled };
}

function sampleOf(method: string, path: string, one: z.output<typeof operation>): string {
  const filled = (one.parameters ?? [])
    .filter((parameter) => parameter.in === "path")
    .reduce((text, { name, schema, example: given }) => {
      const value = schema?.examples?.[0] ?? schema?.example ?? given ?? name;
      return text.replace(`{${name}}`, encodeURIComponent(String(value)));
    }, path);
  const body = one.requestBody?.content["application/json"]?.example;
  const words = [
    "curl",
    "-sS",
    "-f",
    ...(method === "get" ? [] : ["-X", method.toUpperCase()]),
    `"${ORIGIN}${filled}"`,
  ];
  words.push('-H "Authorization: Bearer $RASID_KEY"');
  for (const { name, schema, example: given, in: place } of one.parameters ?? []) {
    const value = place === "header" ? (schema?.examples?.[0] ?? schema?.example ?? given) : undefined;
    if (value !== undefined) words.push(`-H '${name}: ${String(value)}'`);
  }
  if (path.endsWith("/stream")) words.push("--max-time 2 || test $? = 28");
  if (body !== undefined) words.push("-H 'Content-Type: application/json'", `-d '${JSON.stringify(body)}'`);
  return words.join(" ");
}
