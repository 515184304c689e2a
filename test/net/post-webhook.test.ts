import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHttpClient, type HttpClient } from "../../src/net/http-client.ts";
import { type AttemptResult, postWebhook } from "../../src/net/post-webhook.ts";
import { type LocalServer, startLocalServer } from "./local-server.ts";

let server: LocalServer;
let client: HttpClient;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let received = "";
let requests = 0;

beforeAll(async () => {
  server = await startLocalServer((request, response) => {
    requests += 1;
    received = "";
    request.on("data", (part: Buffer) => {
      received += part.toString();
    });
    request.on("end", () => answer(request, response));
  });
  client = createHttpClient({ allowAddresses: ["127.0.0.1/32"] });
});
afterAll(async () => {
  await client.close();
  await server.stop();
});

const post = (timeoutMs = 3000): Promise<AttemptResult> =>
  postWebhook(client, {
    url: `${server.url}/hook`,
    headers: { "webhook-id": "msg_1", "webhook-signature": "v1,x" },
    body: '{"type":"figure.revised"}',
    timeoutMs,
  });

test("a 2xx answer is a delivery, and the body arrives as sent", async () => {
  let headers: IncomingMessage["headers"] = {};
  answer = (request, response) => {
    headers = request.headers;
    response.writeHead(202).end("thanks");
  };
  expect(await post()).toMatchObject({
    outcome: "delivered",
    status: 202,
    responseBody: "thanks",
    durationMs: expect.any(Number),
  });
  expect(received).toBe('{"type":"figure.revised"}');
  expect(headers).toMatchObject({ "webhook-id": "msg_1", "content-type": "application/json", "content-length": "25" });
});

describe("a failed attempt", () => {
  test("is TLS to who speaks none, told in plain words", async () => {
    const url = server.url.replace("http:", "https:");
    const result = await postWebhook(client, { url, headers: {}, body: "{}" });
    expect(result).toMatchObject({ outcome: "failed", code: "tls", reason: "TLS: wrong version number" });
  });
  test("is a redirect, which is not followed", async () => {
    answer = (_request, response) => response.writeHead(302, { location: "/elsewhere" }).end();
    const before = requests;
    expect(await post()).toMatchObject({ outcome: "failed", status: 302, code: "redirect" });
    expect(requests).toBe(before + 1);
  });

  test("is an answer of a gigabyte, of which little is read and kept", async () => {
    let written = 0;
    answer = (_request, response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && written < 1024 ** 3) {
          written += 65_536;
          if (!response.write(Buffer.alloc(65_536, "x"))) return;
        }
      };
      response.on("drain", more);
      more();
    };
    const attempt = await post();
    expect(attempt).toMatchObject({ outcome: "failed", code: "too-large", status: 200 });
    expect(attempt.responseBody.length).toBe(64 * 1024);
    expect(written).toBeLessThan(64 * 1024 * 1024);
  });

  test.each(["-1", "soon", "", "1e9", "NaN"])("with Retry-After «%s» keeps the base delay", async (header) => {
    answer = (_request, response) => response.writeHead(503, { "retry-after": header }).end();
    const attempt = await post();
    expect(attempt).toMatchObject({ outcome: "failed", status: 503 });
    expect(attempt).not.toHaveProperty("retryAfterMs");
  });

  test("with an honest Retry-After tells it, at most a day", async () => {
    answer = (_request, response) => response.writeHead(429, { "retry-after": "90" }).end();
    expect(await post()).toMatchObject({ retryAfterMs: 90_000 });
    answer = (_request, response) => response.writeHead(429, { "retry-after": "99999999" }).end();
    expect(await post()).toMatchObject({ retryAfterMs: 86_400_000 });
  });

  test("is 410, which is told by its status", async () => {
    answer = (_request, response) => response.writeHead(410).end("gone");
    expect(await post()).toMatchObject({ outcome: "failed", class: "hard", status: 410, responseBody: "gone" });
  });

  test("is an endpoint that hangs", async () => {
    answer = () => undefined;
    expect(await post(200)).toMatchObject({
      outcome: "failed",
      class: "temporary",
      code: "timeout",
      durationMs: expect.any(Number),
    });
  });

  test("is an endpoint that hangs for 15 seconds where no other time is given, also one that trickles", async () => {
    const answers = [
      () => undefined,
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write("."), 1000);
        response.on("close", () => clearInterval(timer));
      },
    ];
    let turn = 0;
    answer = (request, response) => answers[turn++]?.(request, response);
    const request = { url: `${server.url}/hook`, headers: {}, body: "{}" };
    const attempts = await Promise.all([postWebhook(client, request), postWebhook(client, request)]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ outcome: "failed", code: "timeout" });
      expect(attempt.durationMs).toBeGreaterThanOrEqual(14_900);
    }
  }, 60_000);

  test("is an answer of a byte more than 64 KB, and not one of exactly so many", async () => {
    const size = (bytes: number) => {
      answer = (_request, response) => response.writeHead(200).end("x".repeat(bytes));
      return post();
    };
    expect(await size(64 * 1024)).toMatchObject({ outcome: "delivered" });
    expect(await size(64 * 1024 + 1)).toMatchObject({ outcome: "failed", code: "too-large" });
  });

  test("is an address inside", async () => {
    expect(await postWebhook(client, { url: "http://169.254.169.254/", headers: {}, body: "{}" })).toMatchObject({
      class: "hard",
      code: "refused",
    });
  });
});

test("what an endpoint answers is kept as text that can be stored", async () => {
  answer = (_request, response) => response.writeHead(200).end(Buffer.from([0x61, 0, 0xff, 0xed, 0xa0, 0x80]));
  const { responseBody } = await post();
  expect(responseBody.startsWith("a")).toBe(true);
  expect(responseBody).not.toContain("\0");
  expect(responseBody).not.toMatch(/\p{Surrogate}/u);
});
