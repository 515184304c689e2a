import { runMigrations } from "bullmq";
import pg from "pg";

/** A connection that is lost tells the query at work; unheard on the client besides, it would end the process. */
class HeardClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on("error", () => {});
  }
}

/**
 * How a queue or worker connects to PostgreSQL. Its writes do not wait for the disk: what is owed is in the ledger, and a
 * job that a crash of the server forgets is made again.
 */
const HOW = { max: 3, options: "-c synchronous_commit=off", Client: HeardClient } as const;

/** Makes the tables of the queues where they are missing, and tells how a queue or worker connects to them. */
export async function preparePostgres(connectionString: string) {
  const client = new HeardClient({ connectionString });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
  return { connectionString, ...HOW };
}
