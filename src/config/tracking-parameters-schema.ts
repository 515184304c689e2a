import { join } from "node:path";
import { z } from "zod";
import type { UrlRules } from "../domain/feed/canonical-url.ts";
import { readYaml } from "./read-yaml.ts";

const label = z.string().regex(/^[a-z0-9.-]+$/, "must be lower-case letters, digits, dots and hyphens");

const trackingParametersSchema = z.strictObject({
  parameters: z.array(
    z.string().regex(/^[a-z0-9_.-]+\*?$/, "must be a lower-case parameter name, with a * only at its end"),
  ),
  mobileHosts: z.array(label),
  ampPaths: z.array(label),
  redirectors: z.array(
    z.strictObject({ host: label, path: z.string().startsWith("/"), parameters: z.array(z.string().min(1)).min(1) }),
  ),
});

/** Reads what makes addresses of one article differ. @throws ConfigError with file, line and field. */
export function loadUrlRules(configDir: string): UrlRules {
  return compileUrlRules(readYaml(join(configDir, "tracking-parameters.yaml"), trackingParametersSchema));
}

/** Names apart from beginnings of names. */
function compileUrlRules({
  parameters,
  mobileHosts,
  ampPaths,
  redirectors,
}: z.output<typeof trackingParametersSchema>): UrlRules {
  return {
    parameters: new Set(parameters.filter((name) => !name.endsWith("*"))),
    parameterStarts: parameters.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1)),
    mobileHosts: new Set(mobileHosts),
    ampPaths: new Set(ampPaths),
    redirectors,
  };
}
