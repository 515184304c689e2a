// Endpoints in a process of their own: those under /hang never answer, the others do at once.
import { createServer } from "node:http";

let received = 0;
const seen = new Set();
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    if (request.url.startsWith("/hang")) return;
    received += 1;
    seen.add(request.headers["webhook-id"]);
    response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 30_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("message", () => process.send({ received, distinct: seen.size }));
