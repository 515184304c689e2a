"""A receiver of alerts: verifies each request, handles each webhook-id once, and remembers ids over restarts.

Run: RASID_WEBHOOK_SECRET=whsec_… python receiver.py   (several secrets with spaces, while one is rotated)
"""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

SECRETS = os.environ.get("RASID_WEBHOOK_SECRET", "").split()
HANDLED_FILE = os.environ.get("HANDLED_FILE", "handled-ids.txt")
LARGEST_BODY = 64 * 1024

lock = Lock()
handled = set()
if os.path.exists(HANDLED_FILE):
    with open(HANDLED_FILE, encoding="utf-8") as file:
        handled.update(file.read().split())


def verify(body, headers):
    for secret in SECRETS:
        try:
            return Webhook(secret).verify(body, headers)
        except WebhookVerificationError:
            continue
    return None


def handle(alert):
    print(json.dumps(alert, ensure_ascii=False), flush=True)


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > LARGEST_BODY:
            return self.answer(413)
        body = self.rfile.read(length)
        alert = verify(body, {name.lower(): value for name, value in self.headers.items()})
        if alert is None:
            return self.answer(401)
        webhook_id = self.headers["webhook-id"]
        with lock:
            if webhook_id not in handled:
                handle(alert)
                # Kept before the answer: what comes again after a crash was handled, or comes again.
                handled.add(webhook_id)
                with open(HANDLED_FILE, "a", encoding="utf-8") as file:
                    file.write(webhook_id + "\n")
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
    print(f"listening on {server.server_port}", file=sys.stderr, flush=True)
    server.serve_forever()
