import type { FastifyRequest } from "fastify";
import { answersWithin } from "../answers-within.ts";

/** Shorter than Prometheus waits for an answer (10 s), which has more to wait for. */
const ANSWER_WITHIN_MS = 2_000;

export interface RememberedOptions<Caller> {
  /** Asks the ledger who calls. */
  readonly ask: (request: FastifyRequest) => Promise<Caller | null>;
  /** What a caller shows, hashed: the same for the same key. */
  readonly idOf: (request: FastifyRequest) => string;
}

/**
 * Who calls, as the ledger says, or, while it does not answer, as it said last: what tells that the ledger is down must
 * be readable while it is. Only who was let in is remembered, by this process.
 */
export function rememberedCallers<Caller>({ ask, idOf }: RememberedOptions<Caller>): RememberedOptions<Caller>["ask"] {
  const known = new Map<string, Caller>();
  return async (request) => {
    const id = idOf(request);
    const before = known.get(id);
    const asked = ask(request).then((caller) => {
      if (caller === null) known.delete(id);
      else known.set(id, caller);
      return caller;
    });
    if (before === undefined || (await answersWithin(ANSWER_WITHIN_MS, () => asked))) return asked;
    return before;
  };
}
