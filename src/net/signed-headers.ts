import { Webhook } from "standardwebhooks";

export interface MessageToSign {
  /** The `webhook-id`. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** `whsec_…`; while a secret is rotated both sign, so that receivers can change over. */
  readonly secrets: readonly string[];
}

/** The headers of Standard Webhooks: id, timestamp and one signature for each secret. */
export function signedHeaders({ id, at, body, secrets }: MessageToSign): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}
