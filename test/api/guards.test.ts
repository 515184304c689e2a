import { Readable } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { hashOfKey, type KeyStore, newApiKey, type Scope } from "../../src/api/authentication.ts";
import { hostName } from "../../src/api/host-guard.ts";
import { withoutOutsideFonts } from "../../src/api/queue-dashboard.ts";
import { buildServer, isLoopback, startServer } from "../../src/api/server.ts";
import { addSignIn } from "../../src/api/sign-in-routes.ts";

const log: FastifyBaseLogger = pino({ level: "silent" });

/** A key store in memory: what authentication needs of the ledger. */
function keysOf(...scopes: Scope[][]): { store: KeyStore; keys: string[] } {
  const made = scopes.map((granted) => ({ ...newApiKey(), granted }));
  return {
    keys: made.map(({ key }) => key),
    store: {
      anyKey: async () => made.length > 0,
      findBySession: async () => null,
      findByHash: async (hash) => {
        const at = made.findIndex((one) => one.hash.equals(hash));
        return at === -1 ? null : { id: String(at), scopes: made[at]!.granted };
      },
    },
  };
}

const options = (keys: KeyStore) => ({
  host: "127.0.0.1",
  port: 0,
  hosts: ["rasid.example"],
  keys,
  log,
  routes: async (app: Parameters<Parameters<typeof startServer>[0]["routes"]>[0]) => {
    app.get("/open", { config: { scope: "public" } }, async () => "open");
    app.get("/read", async () => "read");
    app.post("/write", async () => "written");
  },
});

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function serverWith(keys: KeyStore) {
  const app = await buildServer(options(keys));
  opened.push(app);
  return app;
}

const local = { host: "localhost:4180" };

describe("authentication", () => {
  it("trusts callers on this machine while there is no key", async () => {
    const app = await serverWith(keysOf().store);
    expect((await app.inject({ url: "/read", headers: local })).statusCode).toBe(200);
  });

  it("asks for a key once there is one", async () => {
    const { store, keys } = keysOf(["read", "write", "admin"], ["read"]);
    const app = await serverWith(store);
    const call = (method: "GET" | "POST", url: string, authorization?: string) =>
      app
        .inject({ method, url, headers: { ...local, ...(authorization ? { authorization } : {}) } })
        .then((answer) => answer.statusCode);
    expect(await call("GET", "/read")).toBe(401);
    expect(await call("GET", "/read", "Bearer rsd_wrong")).toBe(401);
    expect(await call("GET", "/read", `Bearer ${keys[0]}`)).toBe(200);
    expect(await call("GET", "/read", `Basic ${Buffer.from(`any:${keys[0]}`).toString("base64")}`)).toBe(200);
    expect(await call("POST", "/write", `Bearer ${keys[1]}`)).toBe(403);
    expect(await call("POST", "/write", `Bearer ${keys[0]}`)).toBe(200);
    expect(await call("GET", "/open")).toBe(200);
  });

  it("keeps only hashes of keys with 256 random bits", () => {
    const { key, hash } = newApiKey();
    expect(Buffer.from(key.slice(4), "base64url")).toHaveLength(32);
    expect(hash.equals(hashOfKey(key))).toBe(true);
    expect(hash.toString("hex")).not.toContain(key);
  });
});

describe("the Host guard", () => {
  it.each(["localhost", "127.0.0.1:4180", "[::1]:4180", "rasid.example"])("answers %s", async (host) => {
    const app = await serverWith(keysOf().store);
    expect((await app.inject({ url: "/open", headers: { host } })).statusCode).toBe(200);
  });

  it.each(["evil.example", "localhost.evil.example"])("refuses %s", async (host) => {
    const app = await serverWith(keysOf().store);
    expect((await app.inject({ url: "/open", headers: { host } })).statusCode).toBe(421);
  });

  it("reads host names with and without ports", () => {
    expect(["a.b:80", "[::1]:80", "A.B", undefined].map(hostName)).toEqual(["a.b", "[::1]", "a.b", ""]);
  });
});

describe("writes from other sites", () => {
  it.each([
    [{ origin: "https://evil.example" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ origin: "http://localhost:4180" }, 200],
    [{ origin: "http://localhost:9999" }, 403],
    [{ origin: "https://localhost" }, 200],
    [{ origin: "null" }, 403],
    [{ origin: "null", "sec-fetch-site": "same-origin" }, 200],
    [{ origin: "null", "sec-fetch-site": "cross-site" }, 403],
    [{}, 200],
  ])("with %o are answered %i", async (headers, status) => {
    const app = await serverWith(keysOf().store);
    const answer = await app.inject({
      method: "POST",
      url: "/write",
      headers: { ...local, ...headers } as Record<string, string>,
    });
    expect(answer.statusCode).toBe(status);
  });
});

describe("binding", () => {
  it("refuses an address beyond this machine without a key, and says what to do", async () => {
    await expect(startServer({ ...options(keysOf().store), host: "0.0.0.0" })).rejects.toThrow(/RASID_ADMIN_KEY_FILE/);
  });

  it("says when the port is taken", async () => {
    const first = await startServer(options(keysOf().store));
    opened.push(first);
    const port = Number(new URL(first.address).port);
    await expect(startServer({ ...options(keysOf().store), port })).rejects.toThrow(/set PORT/);
    const aside = { ...options(keysOf().store), port, portSetting: "RASID_METRICS_PORT" };
    await expect(startServer(aside)).rejects.toThrow(/set RASID_METRICS_PORT/);
  });

  it("knows the loopback addresses", () => {
    expect(["127.0.0.1", "127.8.8.8", "::1", "localhost"].every(isLoopback)).toBe(true);
    expect(["0.0.0.0", "192.168.1.1", "::", "localhost.example"].some(isLoopback)).toBe(false);
  });
});

describe("answers", () => {
  it("are problem details where something is wrong", async () => {
    const app = await serverWith(keysOf().store);
    const answer = await app.inject({ url: "/nothing", headers: local });
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect(answer.json()).toMatchObject({ status: 404, title: "Not found" });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml", undefined])(
    "say what to send where a body comes as %s",
    async (type) => {
      const app = await serverWith(keysOf().store);
      const headers = type === undefined ? local : { ...local, "content-type": type };
      const answer = await app.inject({ method: "POST", url: "/write", headers, payload: Buffer.from("a=b") });
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      expect(answer.json()).toMatchObject({
        status: 415,
        detail: "send the body as application/json, and name that in Content-Type",
        coded: { code: "media-type", parameters: { name: "application/json" } },
      });
    },
  );

  it("name a form too where one is taken", async () => {
    const { routes, ...rest } = options(keysOf().store);
    const app = await buildServer({
      ...rest,
      routes: async (server) => {
        await routes(server);
        await addSignIn(server, { db: null as never, now: () => new Date() });
      },
    });
    opened.push(app);
    const headers = { ...local, "content-type": "text/xml" };
    const detailAt = async (url: string) =>
      (await app.inject({ method: "POST", url, headers, payload: "<a/>" })).json().detail;
    expect(await detailAt("/sign-in")).toContain("application/json or application/x-www-form-urlencoded,");
    expect(await detailAt("/write")).toContain("application/json,");
  });

  it("carry a strict content policy, inline styles at /queues alone", async () => {
    const app = await serverWith(keysOf().store);
    const policy = async (url: string) =>
      String((await app.inject({ url, headers: local })).headers["content-security-policy"]);
    expect(await policy("/read")).toContain("default-src 'self'");
    expect(await policy("/read")).not.toContain("unsafe-inline");
    expect(await policy("/queues")).toContain("style-src 'self' 'unsafe-inline'");
  });

  it("carry the other security headers, at /queues too", async () => {
    const app = await serverWith(keysOf().store);
    for (const url of ["/read", "/queues", "/nothing"]) {
      const { headers } = await app.inject({ url, headers: local });
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    }
  });

  it("may stand in no frame, the queues in the dashboard's alone", async () => {
    const app = await serverWith(keysOf().store);
    const framing = async (url: string) => {
      const { headers } = await app.inject({ url, headers: local });
      return [
        /frame-ancestors ([^;]+)/.exec(String(headers["content-security-policy"]))?.[1],
        headers["x-frame-options"],
      ];
    };
    expect(await framing("/read")).toEqual(["'none'", "DENY"]);
    expect(await framing("/queues/")).toEqual(["'self'", "SAMEORIGIN"]);
    expect(await framing("/queuesque")).toEqual(["'none'", "DENY"]);
  });
});

describe("limits", () => {
  it("end a flood of requests from one address, and say when to come again", async () => {
    const app = await buildServer({ ...options(keysOf().store), requestsAMinute: 3 });
    opened.push(app);
    const answers = [];
    for (let asked = 0; asked < 5; asked += 1) answers.push(await app.inject({ url: "/read", headers: local }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 429]);
    expect(answers[4]?.headers["content-type"]).toContain("application/problem+json");
    expect(Number(answers[4]?.headers["retry-after"])).toBeGreaterThan(0);
    const elsewhere = await app.inject({ url: "/read", headers: local, remoteAddress: "127.0.0.9" });
    expect(elsewhere.statusCode).toBe(200);
  });

  it("end a flood of requests with keys that are none", async () => {
    const app = await buildServer({ ...options(keysOf(["read"]).store), requestsAMinute: 3 });
    opened.push(app);
    const headers = { ...local, authorization: "Bearer guessed" };
    const answers = [];
    for (let asked = 0; asked < 5; asked += 1) answers.push(await app.inject({ url: "/read", headers }));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429, 429]);
  });

  it("refuse a body of more than a megabyte, told or not", async () => {
    const app = await serverWith(keysOf().store);
    const large = JSON.stringify({ text: "x".repeat(1024 * 1024) });
    const send = (payload: string | Readable) =>
      app.inject({ method: "POST", url: "/write", headers: { ...local, "content-type": "application/json" }, payload });
    for (const payload of [large, Readable.from([large.slice(0, 600_000), large.slice(600_000)])]) {
      const answer = await send(payload);
      expect(answer.statusCode).toBe(413);
      expect(answer.headers["content-type"]).toContain("application/problem+json");
    }
    expect((await send(JSON.stringify({ text: "x".repeat(1000) }))).statusCode).toBe(200);
  });
});

describe("withoutOutsideFonts", () => {
  it("takes out links to outside hosts and nothing else", () => {
    const html =
      '<link rel="preconnect" href="https://fonts.gstatic.com" crossorigin><link href="https://fonts.googleapis.com/css2?x" rel="stylesheet"><link href="/queues/static/x.css">';
    expect(withoutOutsideFonts(html)).toBe('<link href="/queues/static/x.css">');
  });
});

describe("an address with no route", () => {
  it("is told with the method, which may be what is wrong", async () => {
    const app = await serverWith(keysOf().store);
    const answer = await app.inject({ method: "PATCH", url: "/read?a=1", headers: local });
    expect(answer.json()).toMatchObject({ status: 404, detail: "there is nothing at PATCH /read" });
  });
});
