import { join } from "node:path";
import type { z } from "zod";
import { compileDetector } from "../domain/language/detection.ts";
import type { LanguagePack, LanguagePacks } from "../domain/language/language-pack.ts";
import { attributionSchema, compileAttribution } from "./attribution-schema.ts";
import { compileFile } from "./compile-file.ts";
import { type ConfigFiles, FILES_ON_DISK } from "./config-files.ts";
import { compileFigures, figuresSchema } from "./figures-schema.ts";
import { compileNumbers, numbersSchema } from "./numbers-schema.ts";
import { isAsBuilt, readYaml } from "./read-yaml.ts";
import { refuseStrayFiles } from "./stray-files.ts";
import { compileTimes, timesSchema } from "./times-schema.ts";
import { compileWriting, writingSchema } from "./writing-schema.ts";

/** The files of a language's folder, without `.yaml`; `copies` is read by load-copy-rules.ts. */
const PARTS = ["writing", "numbers", "figures", "times", "attribution", "copies"];

/**
 * Reads every folder of `<configDir>/languages` and compiles it into a language pack. A part whose file is absent is empty.
 * @throws ConfigError with file, line and field of every mistake.
 */
export function loadLanguages(configDir: string, files = FILES_ON_DISK): LanguagePacks {
  const root = join(configDir, "languages");
  const isos = files.folders(root);
  for (const iso of isos) refuseStrayFiles(join(root, iso), PARTS, files);
  const packs = isos.map((iso) => loadLanguage(iso, files, (part) => join(root, iso, `${part}.yaml`)));
  return {
    byIso: new Map(packs.map((pack) => [pack.iso, pack])),
    other: loadLanguage("und", files, () => null, "other"),
    detect: compileDetector(new Map(packs.map((pack) => [pack.iso, pack.writing]))),
  };
}

function loadLanguage(
  iso: string,
  files: ConfigFiles,
  fileOf: (part: string) => string | null,
  name?: string,
): LanguagePack {
  const part = <S extends z.ZodType, T>(of: string, schema: S, compile: (data: z.output<S>) => T): (() => T) => {
    const named = fileOf(of);
    const file = named !== null && files.has(named) ? named : null;
    const read = once(() =>
      file === null ? compile(schema.parse({})) : compileFile(file, readYaml(file, schema, files), compile),
    );
    // A file that was changed since the build is checked now, whoever needs it; the others when they are needed.
    if (file !== null && !isAsBuilt(file, files)) read();
    return read;
  };
  const writing = part("writing", writingSchema, (data) => ({ name: data.name, compiled: compileWriting(data) }))();
  const numbers = part("numbers", numbersSchema, compileNumbers);
  const figures = part("figures", figuresSchema, compileFigures);
  const times = part("times", timesSchema, compileTimes);
  const attribution = part("attribution", attributionSchema, compileAttribution);
  return {
    iso,
    name: name ?? writing.name,
    writing: writing.compiled,
    get numbers() {
      return numbers();
    },
    get figures() {
      return figures();
    },
    get times() {
      return times();
    },
    get attribution() {
      return attribution();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
