import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, test, vi } from "vitest";
import { REASONS } from "../../src/domain/reasons/reasons.ts";

const configFile = fileURLToPath(new URL("../../vite.config.ts", import.meta.url));

/** As wanted: 150 KB of all pages together, however they are compressed. */
const MOST = 150_000;

async function scripts(): Promise<string[]> {
  // Else it would be built as for tests.
  vi.stubEnv("NODE_ENV", "production");
  const { output } = (await build({ configFile, build: { write: false } })) as Rolldown.RolldownOutput;
  return output.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
}

test("the dashboard's JavaScript stays under 150 KB, by gzip as by brotli, and has the API's sentences in no second copy", async () => {
  const all = await scripts();
  expect(all.length).toBeGreaterThan(5);
  const sum = (pack: (text: string) => Buffer) => all.reduce((total, text) => total + pack(text).length, 0);
  expect(sum((text) => gzipSync(text, { level: 9 }))).toBeLessThan(MOST);
  expect(sum((text) => brotliCompressSync(text))).toBeLessThan(MOST);
  const code = all.join("\n");
  const long = Object.values(REASONS).filter((sentence) => sentence.length > 30 && !sentence.includes("{"));
  expect(long.filter((sentence) => code.includes(sentence))).toEqual([]);
}, 60_000);
