import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { compileDetector } from "../domain/language/detection.ts";
import type { LanguagePack, LanguagePacks } from "../domain/language/language-pack.ts";
import { attributionSchema, compileAttribution } from "./attribution-schema.ts";
import { compileFigures, figuresSchema } from "./figures-schema.ts";
import { compileNumbers, numbersSchema } from "./numbers-schema.ts";
import { readYaml } from "./read-yaml.ts";
import { compileTimes, timesSchema } from "./times-schema.ts";
import { compileWriting, writingSchema } from "./writing-schema.ts";

/**
 * Reads every folder of `<configDir>/languages` and compiles it into a language pack. A part whose file is absent is empty.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadLanguages(configDir: string): LanguagePacks {
  const root = join(configDir, "languages");
  const packs = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((iso) => loadLanguage(iso, (part) => join(root, iso, `${part}.yaml`)));
  return {
    byIso: new Map(packs.map((pack) => [pack.iso, pack])),
    other: { ...loadLanguage("und", () => null), name: "other" },
    detect: compileDetector(new Map(packs.map((pack) => [pack.iso, pack.writing]))),
  };
}

function loadLanguage(iso: string, fileOf: (part: string) => string | null): LanguagePack {
  const part = <S extends z.ZodType, T>(name: string, schema: S, compile: (data: z.output<S>) => T): T => {
    const file = fileOf(name);
    return compile(file !== null && existsSync(file) ? readYaml(file, schema) : schema.parse({}));
  };
  const writing = part("writing", writingSchema, (data) => ({ name: data.name, compiled: compileWriting(data) }));
  return {
    iso,
    name: writing.name,
    writing: writing.compiled,
    numbers: part("numbers", numbersSchema, compileNumbers),
    figures: part("figures", figuresSchema, compileFigures),
    times: part("times", timesSchema, compileTimes),
    attribution: part("attribution", attributionSchema, compileAttribution),
  };
}
