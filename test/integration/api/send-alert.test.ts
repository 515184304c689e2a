import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, startApiUnderTest } from "./api-under-test.ts";
import { tell, toll } from "./told-story.ts";

let api: ApiUnderTest;
let alert: string;
let endpoint: string;
beforeAll(async () => {
  api = await startApiUnderTest();
  await tell(api.ledger.db, "tass", [toll("a", 135, "2022-09-16T08:10:00Z")]);
  alert = (await api.ask("GET", "/api/v1/alerts")).json.alerts[0].id;
  const body = { url: "https://hook.example/", filters: { minSeverity: "critical" } };
  endpoint = (await api.ask("POST", "/api/v1/endpoints", { body })).json.id;
});
afterAll(() => api.close());

const send = (id: string, body: object) => api.ask("POST", `/api/v1/endpoints/${id}/send`, { body });

test("an alert is sent to an endpoint that had not got it, and again, under one webhook-id", async () => {
  const first = await send(endpoint, { alert });
  expect(first.status).toBe(202);
  const { deliveries } = (await api.ask("GET", `/api/v1/deliveries?alert=${alert}`)).json;
  expect(deliveries).toMatchObject([{ id: first.json.delivery, endpoint, state: "pending" }]);
  const { body } = (await api.ask("GET", `/api/v1/alerts/${alert}`)).json;
  const { type, data } = deliveries[0].tells;
  expect(type).toBe(body.type);
  expect(body.data).toMatchObject(data);
  expect(Object.keys(data)).toEqual(expect.arrayContaining(["story", "event", "measure", "before", "after"]));
  expect(data).not.toHaveProperty("evidence");
  expect((await send(endpoint, { alert })).json).toEqual(first.json);
  const again = (await api.ask("GET", `/api/v1/deliveries?alert=${alert}`)).json.deliveries;
  expect(again.map(({ webhookId }: { webhookId: string }) => webhookId)).toEqual([deliveries[0].webhookId]);
  expect(api.enqueued).toEqual([first.json.delivery, first.json.delivery]);
  const { json } = await api.ask("GET", "/api/v1/audit");
  expect(json.entries.map(({ action }: { action: string }) => action)).toContain("endpoint.send");
});

test("what cannot be sent is refused", async () => {
  expect((await send(endpoint, { alert: "alt_none" })).json.errors[0].field).toBe("alert");
  expect((await send("999", { alert })).status).toBe(404);
  await api.ask("POST", `/api/v1/endpoints/${endpoint}/disable`);
  expect((await send(endpoint, { alert })).status).toBe(409);
});
