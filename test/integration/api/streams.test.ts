import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { parseFeed } from "feedsmith";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { published, tell, toll } from "./told-story.ts";

let api: ApiUnderTest;
let address: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  address = await api.app.listen({ host: "127.0.0.1", port: 0 });
  await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
});
afterAll(() => api.close());

const open: AbortController[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.abort();
});

/** Opens a stream and collects what comes. */
async function stream(query = "", headers: Record<string, string> = {}) {
  const abort = new AbortController();
  open.push(abort);
  const response = await fetch(`${address}/api/v1/alerts/stream${query}`, { headers, signal: abort.signal });
  const got = { status: response.status, type: response.headers.get("content-type"), text: "" };
  const read = async (): Promise<void> => {
    for await (const part of response.body ?? []) got.text += Buffer.from(part).toString("utf8");
  };
  void read().catch(() => {});
  return got;
}

const idsOf = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map((found) => found[1]);

test("a stream brings alerts as they are entered, and what was missed after Last-Event-ID", async () => {
  const live = await stream();
  expect([live.status, live.type]).toEqual([200, "text/event-stream; charset=utf-8"]);
  await expect.poll(() => live.text).toContain("retry:");
  await new Promise((resolve) => setTimeout(resolve, 300));
  await tell(api.ledger.db, "tass", [toll("b", 160, "2022-09-17T08:10:00Z")]);
  await expect.poll(() => idsOf(live.text).length, { timeout: 5_000 }).toBeGreaterThanOrEqual(1);
  expect(live.text).toMatch(/^event: figure\.revised$/m);
  const data = /^data: (.*)$/m.exec(live.text)?.[1] ?? "";
  expect(JSON.parse(data).data.after.value).toBe(160);

  const all = await stream("?after=0");
  await expect.poll(() => idsOf(all.text).length).toBeGreaterThanOrEqual(2);
  const [first = ""] = idsOf(all.text);
  const resumed = await stream("", { "last-event-id": first });
  await expect.poll(() => idsOf(resumed.text)).toEqual(idsOf(all.text).slice(1));
});

test("a stream is filtered as endpoints are", async () => {
  const other = await stream("?after=0&events=pow-exchange");
  const same = await stream("?after=0&events=armenian-deaths");
  await expect.poll(() => idsOf(same.text).length).toBeGreaterThanOrEqual(1);
  expect(idsOf(other.text)).toEqual([]);
  expect((await stream("?kind=x")).status).toBe(400);
});

test("what could only be a slip is refused, where silence would be taken for no alerts", async () => {
  expect((await stream("?kinds=figure.revise")).status).toBe(400);
  expect((await stream("?parties=armenian")).status).toBe(400);
  expect((await stream("", { "last-event-id": "alt_1" })).status).toBe(400);
});

test("a stream that nothing comes by is kept open, and ends when its key is revoked", async () => {
  const locked = await startApiUnderTest();
  try {
    await locked.newKey("admin");
    const { id, key } = await locked.newKey("read");
    const url = `${await locked.app.listen({ host: "127.0.0.1", port: 0 })}/api/v1/alerts/stream`;
    expect((await fetch(url)).status).toBe(401);
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString("utf8");
      if (text.includes(": still here"))
        await locked.ledger.db.updateTable("api_keys").set({ revoked_at: new Date() }).where("id", "=", id).execute();
    }
    expect(text).toContain("retry:");
  } finally {
    await locked.close();
  }
}, 120_000);

test("clients that go make room for others, those too that go before their stream begins", async () => {
  const { hostname, port } = new URL(address);
  const request = `GET /api/v1/alerts/stream HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`;
  const come = () =>
    new Promise<Socket>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) }, () =>
        socket.write(request, () => resolve(socket)),
      );
      socket.once("error", reject);
    });
  // More than may be open at a time, in rounds: some are gone while the ledger is still asked.
  for (let round = 0; round < 12; round += 1) {
    const clients = await Promise.all(Array.from({ length: 10 }, come));
    if (round % 2 === 0) await Promise.all(clients.map((client) => once(client, "data")));
    for (const client of clients) client.destroy();
  }
  await expect.poll(async () => (await stream()).status, { timeout: 5_000 }).toBe(200);
  const open = await Promise.all(Array.from({ length: 95 }, () => stream()));
  expect(open.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
}, 60_000);

test("JSON Feed and Atom can be read by feed readers, hostile texts stay text", async () => {
  await tell(api.ledger.db, "desk", [
    published(
      "x",
      "<img src=x onerror=alert(1)> & more",
      "At least 190 Armenian soldiers <script>alert(1)</script> have been killed in the fighting with Azerbaijan this week, Prime Minister Nikol Pashinyan told the cabinet.",
      "2022-09-19T08:10:00Z",
    ),
  ]);
  const json = await api.ask("GET", "/api/v1/alerts/feed.json");
  expect(json.headers["content-type"]).toContain("application/feed+json");
  const asJson = parseFeed(json.text);
  expect(asJson.format).toBe("json");
  const atom = await api.ask("GET", "/api/v1/alerts/feed.atom");
  expect(atom.headers["content-type"]).toContain("application/atom+xml");
  const asAtom = parseFeed(atom.text);
  expect(asAtom.format).toBe("atom");
  if (asAtom.format !== "atom" || asJson.format !== "json") throw new Error("other formats");
  const alerts = (await api.ask("GET", "/api/v1/alerts?order=newest")).json.alerts;
  expect(asJson.feed.items?.map(({ id }) => id)).toEqual(alerts.map(({ id }: { id: string }) => id));
  expect(asAtom.feed.entries?.map(({ id }) => id)).toEqual(
    alerts.map(({ id }: { id: string }) => `urn:rasid:alert:${id}`),
  );
  expect(asAtom.feed.entries?.at(-1)?.title?.value).toBe("figure.revised: armenian-deaths 105 → ≥ 135 (pashinyan)");
  expect(atom.text).not.toContain("<script>");
  const filtered = await api.ask("GET", "/api/v1/alerts/feed.json?events=pow-exchange");
  expect(JSON.parse(filtered.text).items).toEqual([]);
});
