import pg from "pg";
import { LOCK_SPACE } from "../../src/ledger/locks.ts";

/** Holds the lock under which a story's claims are judged: a match transaction stays open until it is let go. */
export interface HeldStory {
  /** Transactions that wait for it. */
  waiting(): Promise<number>;
  letGo(): Promise<void>;
}

export async function holdStory(databaseUrl: string): Promise<HeldStory> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // The server may die while the lock is held; that is what some tests are about.
  client.on("error", () => {});
  await client.connect();
  await client.query("select pg_advisory_lock($1::int, hashtext('armenia-azerbaijan'))", [LOCK_SPACE.story]);
  return {
    waiting: async () => {
      const { rows } = await client.query<{ count: string }>(
        "select count(*) from pg_locks where locktype = 'advisory' and not granted and classid = $1::int::oid",
        [LOCK_SPACE.story],
      );
      return Number(rows[0]?.count);
    },
    letGo: () => client.end().catch(() => {}),
  };
}
