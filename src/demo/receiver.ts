import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { type AlertBody, alertBodySchema } from "../api/alert-body-schema.ts";

/** A webhook endpoint as a subscriber would write it. An owned resource: close it. */
export interface Receiver {
  readonly url: string;
  /** Tells the receiver the secret with which signatures are checked. */
  trust(secret: string): void;
  /** What was received and verified, once for each webhook-id. */
  readonly received: ReadonlyMap<string, AlertBody>;
  /** Requests that were refused: no valid signature, or no alert. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

/**
 * Starts the endpoint. Signatures are checked with the official Standard Webhooks library; a message that comes again
 * under a known webhook-id is acknowledged and not told a second time.
 */
export async function startReceiver(onAlert: (alert: AlertBody) => void): Promise<Receiver> {
  const received = new Map<string, AlertBody>();
  const refused: string[] = [];
  let webhook: Webhook | null = null;
  const server = createServer(async (request, response) => {
    const problem = await take(request).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (problem !== null) refused.push(problem);
    response.writeHead(problem === null ? 204 : 400).end();
  });

  async function take(request: IncomingMessage): Promise<string | null> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (webhook === null) return "a webhook came before the secret was known";
    const id = String(request.headers["webhook-id"]);
    const body = webhook.verify(Buffer.concat(chunks).toString("utf8"), {
      "webhook-id": id,
      "webhook-timestamp": String(request.headers["webhook-timestamp"]),
      "webhook-signature": String(request.headers["webhook-signature"]),
    });
    const alert = alertBodySchema.parse(body);
    if (received.has(id)) return null;
    received.set(id, alert);
    onAlert(alert);
    return null;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`,
    trust: (secret) => {
      webhook = new Webhook(secret);
    },
    received,
    refused,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
