import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { type LocalServer, startLocalServer } from "./local-server.ts";

/** A request as an endpoint got it. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

export interface WebhookReceiver extends LocalServer {
  readonly received: ReceivedWebhook[];
  /** How requests are answered from now on; by default 204. */
  answer: (request: ReceivedWebhook, response: ServerResponse) => void;
}

/** Endpoints for tests: whatever is posted to it is kept and answered. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = await startLocalServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const webhook = {
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(parts).toString("utf8"),
        at: Date.now(),
      };
      received.push(webhook);
      receiver.answer(webhook, response);
    });
  });
  const receiver: WebhookReceiver = {
    ...server,
    received,
    answer: (_request, response) => response.writeHead(204).end(),
  };
  return receiver;
}
