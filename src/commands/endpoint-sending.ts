import type { Command } from "commander";
import { z } from "zod";
import { showAttempt, showDelivery } from "../api/delivery-shown.ts";
import { newPingId, pingBody, RECOVER_MS, wantsBy } from "../api/endpoint-sending-routes.ts";
import { given } from "../api/paging.ts";
import { DELIVERY_STATES } from "../domain/delivery-state.ts";
import { InputError } from "../input-error.ts";
import { findAlert } from "../ledger/alerts.ts";
import { createPing, findDelivery, listDeliveries } from "../ledger/deliveries.ts";
import { leaveToReconcile, recoverDeliveries, redeliver, replayDeliveries } from "../ledger/delivery-resends.ts";
import { type Endpoint, endHold } from "../ledger/endpoints.ts";
import type { Database } from "../ledger/schema.ts";
import { enabled, found, write } from "./endpoint-write.ts";
import { checkedId, listed, type Output, print, shortTime, withLedger } from "./ledger-command.ts";
import { textTable } from "./text-table.ts";

const now = () => new Date();

/** What is sent anew: pings, what was missed, what was sent. */
export function addSending(endpoint: Command): void {
  addTest(endpoint);
  addRecovery(endpoint);
  addReplay(endpoint);
  addRedelivery(endpoint);
}

function addTest(endpoint: Command): void {
  endpoint
    .command("test")
    .description("send a signed test ping")
    .argument("<id>")
    .option("--json", "JSON for programs")
    .action((id: string, output: Output) =>
      withLedger(async ({ db }) => {
        await enabled(db, id);
        const delivery = await write(
          db,
          (trx) => createPing(trx, { endpointId: id, webhookId: newPingId(), body: pingBody(id, now()), now: now() }),
          () => ["endpoint.test", `endpoint:${id}`],
        );
        await endHold(db, id);
        await leaveToReconcile(db, [delivery]);
        print({ delivery }, output, () => `delivery ${delivery}: see \`rasid endpoint attempts ${delivery}\``);
      }),
    );
}

function addRecovery(endpoint: Command): void {
  endpoint
    .command("recover")
    .description("send all alerts since a time that it wants and did not get")
    .argument("<id>")
    .requiredOption("--since <time>", "ISO 8601, at most 14 days ago")
    .option("--json", "JSON for programs")
    .action((id: string, { since, ...output }: Output & { since: string }) =>
      withLedger(async ({ db }) => {
        const from = new Date(since);
        if (Number.isNaN(from.getTime())) throw new InputError(`--since: «${since}» is no ISO 8601 time`);
        if (Date.now() - from.getTime() > RECOVER_MS)
          throw new InputError("--since: must be at most 14 days ago; to go back further, replay");
        const ids = await sendAgain(db, id, "recover", (trx, one) =>
          recoverDeliveries(trx, { endpoint: one, wants: wantsBy, since: from, now: now() }),
        );
        print({ deliveries: ids.length }, output, () => sentAgain(ids));
      }),
    );
}

function addReplay(endpoint: Command): void {
  endpoint
    .command("replay")
    .description("send all alerts from one on that it wants, those too that it got")
    .argument("<id>")
    .requiredOption("--from <alert>", "alt_…")
    .option("--json", "JSON for programs")
    .action((id: string, { from, ...output }: Output & { from: string }) =>
      withLedger(async ({ db }) => {
        const alert = await findAlert(db, from);
        if (alert === undefined) throw new InputError(`there is no alert ${from}`);
        const ids = await sendAgain(db, id, "replay", (trx, one) =>
          replayDeliveries(trx, { endpoint: one, wants: wantsBy, fromSeq: alert.seq, now: now() }),
        );
        print({ deliveries: ids.length }, output, () => sentAgain(ids));
      }),
    );
}

function addRedelivery(endpoint: Command): void {
  endpoint
    .command("redeliver")
    .description("send one delivery anew, under the same webhook-id")
    .argument("<delivery>")
    .option("--json", "JSON for programs")
    .action((id: string, output: Output) =>
      withLedger(async ({ db }) => {
        const { endpoint_id: to } = (await deliveryOf(db, id)).delivery;
        await enabled(db, to);
        await write(
          db,
          (trx) => redeliver(trx, { id, now: now() }),
          () => ["delivery.redeliver", `delivery:${id}`],
        );
        await endHold(db, to);
        await leaveToReconcile(db, [id]);
        print({ delivery: id }, output, () => `delivery ${id} is sent anew`);
      }),
    );
}

/** @throws InputError */
async function deliveryOf(db: Database, id: string): Promise<NonNullable<Awaited<ReturnType<typeof findDelivery>>>> {
  const found = await findDelivery(db, checkedId(id));
  if (found === undefined) throw new InputError(`there is no delivery ${id}`);
  return found;
}

async function sendAgain(
  db: Database,
  id: string,
  verb: "recover" | "replay",
  work: (trx: Database, endpoint: Endpoint) => Promise<string[]>,
): Promise<readonly string[]> {
  const endpoint = await enabled(db, id);
  const ids = await write(
    db,
    (trx) => work(trx, endpoint),
    () => [`endpoint.${verb}`, `endpoint:${id}`],
  );
  await endHold(db, id);
  await leaveToReconcile(db, ids);
  return ids;
}

const sentAgain = ({ length }: readonly string[]): string =>
  `${length} ${length === 1 ? "delivery is" : "deliveries are"} sent again`;

const deliveriesAsked = z.object({
  states: z.array(z.enum(DELIVERY_STATES)).optional(),
  limit: z.coerce.number().int().min(1).max(500),
});

/** What was sent: deliveries and their attempts. */
export function addLog(endpoint: Command): void {
  endpoint
    .command("deliveries")
    .description("list deliveries, the newest first; --states dead are the dead letters")
    .argument("[id]", "of one endpoint")
    .option("--states <states>", DELIVERY_STATES.join(", "))
    .option("--limit <number>", "how many", "20")
    .option("--json", "JSON for programs")
    .action((id: string | undefined, flags: { states?: string; limit: string; json?: boolean }) =>
      withLedger(async ({ db }) => {
        const { states, limit } = deliveriesAsked.parse({ ...flags, states: flags.states && listed(flags.states) });
        const asked = given({ endpointId: id === undefined ? undefined : checkedId(id), states });
        const deliveries = (await listDeliveries(db, { ...asked, limit })).map(showDelivery);
        // A deleted endpoint has left its deliveries; one that never was has none.
        if (id !== undefined && deliveries.length === 0) await found(db, id);
        print({ deliveries }, flags, () =>
          textTable([
            ["id", "endpoint", "alert", "state", "attempts", "status", "next attempt", "error"],
            ...deliveries.map((one) => [
              ...[one.id, one.endpoint, one.alert ?? "ping", one.state, String(one.attempts)],
              ...[String(one.lastStatus ?? "–"), shortTime(one.nextAttemptAt), one.lastError ?? ""],
            ]),
          ]),
        );
      }),
    );
  endpoint
    .command("attempts")
    .description("show every attempt of a delivery")
    .argument("<delivery>")
    .option("--json", "JSON for programs")
    .action((id: string, output: Output) =>
      withLedger(async ({ db }) => {
        const one = await deliveryOf(db, id);
        const log = one.attempts.map(showAttempt);
        print({ ...showDelivery(one.delivery), log }, output, () =>
          textTable([
            ["number", "started", "ms", "status", "error", "answer"],
            ...log.map(({ number, startedAt, durationMs, status, error, responseBody }) => [
              ...[String(number), shortTime(startedAt), String(durationMs), String(status ?? "–"), error ?? ""],
              JSON.stringify((responseBody ?? "").slice(0, 60)),
            ]),
          ]),
        );
      }),
    );
}
