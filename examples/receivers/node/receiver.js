// A receiver of alerts: verifies each request, handles each webhook-id once, and remembers ids over restarts.
// Run: RASID_WEBHOOK_SECRET=whsec_… node receiver.js   (several secrets with spaces, while one is rotated)
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const secrets = (process.env.RASID_WEBHOOK_SECRET ?? "").split(" ").filter(Boolean);
const handledFile = process.env.HANDLED_FILE ?? "handled-ids.txt";
const handled = new Set(existsSync(handledFile) ? readFileSync(handledFile, "utf8").split("\n") : []);
const LARGEST_BODY = 64 * 1024;

function verify(body, headers) {
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(body, headers);
    } catch {
      // Another secret may fit.
    }
  }
  return null;
}

function handle(alert) {
  console.log(JSON.stringify(alert));
}

const server = createServer(async (request, response) => {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) return response.writeHead(413).end();
    parts.push(part);
  }
  const alert = verify(Buffer.concat(parts).toString("utf8"), request.headers);
  if (alert === null) return response.writeHead(401).end();
  const id = request.headers["webhook-id"];
  if (!handled.has(id)) {
    handle(alert);
    // Kept before the answer: what comes again after a crash was handled, or comes again.
    handled.add(id);
    appendFileSync(handledFile, `${id}\n`);
  }
  response.writeHead(204).end();
});
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.error(`listening on ${server.address().port}`));
