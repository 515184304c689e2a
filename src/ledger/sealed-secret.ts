import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

/** The key under which endpoint secrets are kept: 32 bytes, named by its fingerprint. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Under this name the ledger keeps the fingerprint of the key that its secrets are sealed with. */
export const KEY_IN_USE = "sealing-key";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** @throws Error when the text is not 32 bytes in base64. */
export function sealingKeyOf(base64: string): SealingKey {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 32)
    throw new Error("the secret key must be 32 random bytes in base64 (`openssl rand -base64 32`)");
  return { id: createHash("sha256").update("rasid sealing key\n").update(bytes).digest("hex").slice(0, 16), bytes };
}

/** Encrypts a secret with AES-256-GCM under a fresh nonce (NIST SP 800-38D): version, nonce, tag, ciphertext. */
export function seal(secret: string, key: SealingKey, random: (size: number) => Buffer = randomBytes): Buffer {
  const iv = random(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, iv).setAAD(Buffer.from(key.id));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), sealed]);
}

/** @throws Error when the value was sealed under another key, or changed since. */
export function unseal(sealed: Buffer, key: SealingKey): string {
  if (sealed[0] !== VERSION) throw new Error("a sealed secret of an unknown version");
  const iv = sealed.subarray(1, 1 + IV_BYTES);
  const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, iv).setAAD(Buffer.from(key.id)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
}
