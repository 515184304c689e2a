import type { Readable } from "node:stream";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** A body that cannot be taken as it came: too large, cut short, or coded in a way that is not understood. */
export class BodyError extends Error {
  override name = "BodyError";
  readonly code: "too-large" | "truncated" | "bad-coding";
  constructor(code: BodyError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

type Decode = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

/** More stacked codings than this are an attack: publishers use one. */
const MOST_CODINGS = 2;

const inflate: Decode = promisify(zlib.inflate);
const inflateRaw: Decode = promisify(zlib.inflateRaw);
const gunzip: Decode = promisify(zlib.gunzip);

const DECODERS = new Map<string, Decode>([
  ["gzip", gunzip],
  ["x-gzip", gunzip],
  // «deflate» means zlib by the standard and raw deflate by habit of some servers: the first byte tells.
  ["deflate", (bytes, options) => ((bytes[0] ?? 0) % 16 === 8 ? inflate : inflateRaw)(bytes, options)],
  ["br", promisify(zlib.brotliDecompress)],
  // Only newer runtimes (from Node 22.15 on) bring zstd.
  ...("zstdDecompress" in zlib
    ? [["zstd", promisify(zlib.zstdDecompress as typeof zlib.gunzip) as Decode] as const]
    : []),
]);

/** The codings this runtime can undo, as sent in Accept-Encoding. */
export const ACCEPTED_CODINGS = [...DECODERS.keys()].filter((coding) => coding !== "x-gzip").join(", ");

/**
 * Reads a body and undoes its content codings.
 * @param contentEncoding the header as sent, or undefined.
 * @param maxBytes bounds the bytes received and, apart from that, the bytes after each decoding.
 * @throws BodyError; the connection is closed and what was received is thrown away.
 */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const decoders = decodersOf(contentEncoding);
  if (decoders instanceof BodyError) {
    body.on("error", () => undefined).destroy();
    throw decoders;
  }
  const { bytes, complete } = await readHead(body, maxBytes);
  if (!complete) throw tooLarge(maxBytes);
  let decoded = bytes;
  for (const decode of decoders) decoded = await decodeCapped(decode, decoded, maxBytes);
  return decoded;
}

/** Reads at most `maxBytes` of a body and then closes it. `complete` is false where more was to come. */
export async function readHead(body: Readable, maxBytes: number): Promise<{ bytes: Uint8Array; complete: boolean }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    size += part.length;
    parts.push(part);
    if (size > maxBytes) break;
  }
  return { bytes: Buffer.concat(parts).subarray(0, maxBytes), complete: size <= maxBytes };
}

/** The header lists the codings in the order in which they were applied, so they are undone from its end. */
function decodersOf(contentEncoding: string | undefined): Decode[] | BodyError {
  const codings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "" && part !== "identity");
  if (codings.length > MOST_CODINGS)
    return new BodyError("bad-coding", `the body carries ${codings.length} stacked codings`);
  const decoders: Decode[] = [];
  for (const coding of codings.reverse()) {
    const decode = DECODERS.get(coding);
    if (decode === undefined)
      return new BodyError("bad-coding", `content coding «${coding.slice(0, 40)}» is not understood`);
    decoders.push(decode);
  }
  return decoders;
}

async function decodeCapped(decode: Decode, bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (bytes.length === 0) return bytes;
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(maxBytes);
    if (code === "Z_BUF_ERROR") throw new BodyError("truncated", "the compressed body ends before its end");
    throw new BodyError("bad-coding", `the body cannot be decoded: ${message}`);
  }
}

function tooLarge(maxBytes: number): BodyError {
  return new BodyError("too-large", `the body is larger than ${maxBytes} bytes`);
}
