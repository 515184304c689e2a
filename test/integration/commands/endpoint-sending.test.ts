import { describe, expect, test } from "vitest";
import { listAudit } from "../../../src/ledger/audit.ts";
import { createPing, findDelivery } from "../../../src/ledger/deliveries.ts";
import { createEndpoint, disableEndpoint } from "../../../src/ledger/endpoints.ts";
import { ledgerForTests } from "../fresh-ledger.ts";
import { shell } from "./command-line.ts";

const ledger = ledgerForTests({ emptied: "endpoints, audit_log" });
const now = new Date("2022-09-16T12:00:00Z");

const rasid = (...words: string[]) => shell(ledger.connectionString, ["rasid", ...words].join(" "));

async function pingedEndpoint(): Promise<{ endpoint: string; delivery: string }> {
  const secret = { sealed: Buffer.from("sealed"), keyId: "key" };
  const { id } = await createEndpoint(ledger.db, { settings: { url: "https://desk.example/hook" }, secret, now });
  const body = { type: "ping", timestamp: now.toISOString(), data: { endpoint: id } };
  return { endpoint: id, delivery: await createPing(ledger.db, { endpointId: id, webhookId: `msg_${id}`, body, now }) };
}

describe("rasid endpoint redeliver", () => {
  test("does nothing, and says so, where nothing is sent to the endpoint or there is no such delivery", async () => {
    const { endpoint, delivery } = await pingedEndpoint();
    await disableEndpoint(ledger.db, { id: endpoint, reason: "it failed for five days", now });
    const before = await findDelivery(ledger.db, delivery);
    expect(await rasid("endpoint", "redeliver", delivery)).toEqual({
      code: 1,
      out: "",
      err: `the endpoint ${endpoint} is disabled (it failed for five days): enable it first\n`,
    });
    expect(await findDelivery(ledger.db, delivery)).toEqual(before);
    expect(await rasid("endpoint", "redeliver", "999")).toEqual({
      code: 1,
      out: "",
      err: "there is no delivery 999\n",
    });
    expect(await listAudit(ledger.db, { limit: 10 })).toEqual([]);
  }, 60_000);

  test("answers programs in JSON", async () => {
    const { endpoint, delivery } = await pingedEndpoint();
    expect(JSON.parse((await rasid("endpoint", "redeliver", delivery, "--json")).out)).toEqual({ delivery });
    const since = new Date().toISOString();
    const recovered = await rasid("endpoint", "recover", endpoint, "--since", since, "--json");
    expect(JSON.parse(recovered.out)).toEqual({ deliveries: 0 });
    const disabled = await rasid("endpoint", "disable", endpoint, "--json");
    expect(JSON.parse(disabled.out)).toMatchObject({ id: endpoint, enabled: false });
  }, 60_000);

  test("sends one anew", async () => {
    const { delivery } = await pingedEndpoint();
    expect((await rasid("endpoint", "redeliver", delivery)).out).toBe(`delivery ${delivery} is sent anew\n`);
    expect(await listAudit(ledger.db, { limit: 10 })).toMatchObject([
      { actor: "cli", action: "delivery.redeliver", target: `delivery:${delivery}` },
    ]);
  }, 60_000);
});

describe("rasid endpoint show", () => {
  test("shows one endpoint with its settings and no secret", async () => {
    const { endpoint } = await pingedEndpoint();
    const { out } = await rasid("endpoint", "show", endpoint);
    expect(JSON.parse(out)).toMatchObject({
      id: endpoint,
      url: "https://desk.example/hook",
      concurrency: 8,
      headers: [],
    });
    expect(out).not.toContain('secret"');
  }, 60_000);
});

describe("what there is not", () => {
  test("is told, not shown as an empty list", async () => {
    expect(await rasid("endpoint", "deliveries", "999")).toMatchObject({ code: 1, err: "there is no endpoint 999\n" });
    const { err } = await rasid("endpoint", "lst");
    expect(err).toMatch(/^error: there is no command «endpoint lst»; there are: list, show, create, /);
  }, 60_000);
});

describe("rasid endpoint update", () => {
  test("takes filters, headers and the rate away again", async () => {
    const settings = { url: "https://desk.example/hook", filters: { minSeverity: "high" as const }, ratePerSecond: 2 };
    const secret = { sealed: Buffer.from("sealed"), keyId: "key" };
    const { id } = await createEndpoint(ledger.db, { settings, secret, now });
    const update = `RASID_SECRET_KEY=${Buffer.alloc(32, 7).toString("base64")} rasid endpoint update ${id} --json`;
    const full = JSON.parse((await shell(ledger.connectionString, `${update} --header X-Team:desk`)).out);
    expect(full).toMatchObject({ filters: { minSeverity: "high" }, headers: ["X-Team"], ratePerSecond: 2 });
    const { out } = await shell(ledger.connectionString, `${update} --no-filters --no-headers --no-rate`);
    expect(JSON.parse(out)).toMatchObject({ filters: {}, headers: [], ratePerSecond: null });
  }, 60_000);
});
