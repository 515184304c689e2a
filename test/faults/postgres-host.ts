import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { giveTo, postgresAccount } from "../../src/ledger/embedded-account.ts";
import { prepareBinaries } from "../../src/ledger/embedded-binaries.ts";
import { placeCluster, prepareCluster } from "../../src/ledger/embedded-cluster.ts";
import { freePort } from "../../src/ledger/embedded-postmaster.ts";

/** A PostgreSQL server beside the service, as on a host of its own. Stop it. */
export interface PostgresHost {
  readonly url: string;
  readonly port: number;
  /** Makes a standby that follows by streaming, and waits until it does; commits wait for it from now on. */
  standby(): Promise<PostgresHost>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresHostOptions {
  /** The address it listens on. */
  readonly host?: string;
  /** The command it runs under, such as `ip netns exec NAME`. */
  readonly under?: readonly string[];
  /** A network, besides loopback, from which it takes connections ("10.77.0.0/24"). */
  readonly network?: string;
}

/** Starts PostgreSQL on a fresh cluster, from the binaries that the service brings. */
export async function startPostgresHost(options: PostgresHostOptions = {}): Promise<PostgresHost> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-postgres-"));
  chmodSync(dir, 0o711);
  const account = postgresAccount();
  const place = placeCluster(dir, account);
  const binaries = prepareBinaries(account, place.base);
  const { password } = await prepareCluster(place, binaries, account);
  const allowed = ["host replication all 127.0.0.1/32 scram-sha-256"];
  if (options.network !== undefined) allowed.push(`host all all ${options.network} scram-sha-256`);
  appendFileSync(join(place.cluster, "pg_hba.conf"), `${allowed.join("\n")}\n`);
  return run({ ...options, program: binaries.postgres, cluster: place.cluster, password, folders: [dir, place.base] });
}

interface RunOptions extends PostgresHostOptions {
  readonly program: string;
  readonly cluster: string;
  readonly password: string;
  readonly folders: readonly string[];
}

const SETTINGS = {
  unix_socket_directories: "",
  max_connections: "200",
  wal_level: "replica",
  max_wal_senders: "4",
  hot_standby: "on",
  jit: "off",
};

async function run(options: RunOptions): Promise<PostgresHost> {
  const { program, cluster, password, host = "127.0.0.1", under = [] } = options;
  const port = await freePort();
  const account = postgresAccount();
  const asAccount =
    account === null ? [] : ["setpriv", `--reuid=${account.uid}`, `--regid=${account.gid}`, "--clear-groups"];
  const flags = Object.entries({ ...SETTINGS, listen_addresses: host, port: String(port) }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const [command = program, ...args] = [...under, ...asAccount, program, "-D", cluster, ...flags];
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "ignore"], cwd: cluster });
  const url = `postgresql://rasid:${password}@${host}:${port}/rasid`;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  const server: PostgresHost = {
    url,
    port,
    standby: () => makeStandby(options, server),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.kill("SIGQUIT");
      await ended;
      for (const folder of options.folders) rmSync(folder, { recursive: true, force: true });
    },
  };
  await untilReady(url, child);
  return server;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = "/postgres";
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
    try {
      await query(maintenance.href, "select 1");
      const standby = await query<{ standby: boolean }>(maintenance.href, "select pg_is_in_recovery() as standby");
      if (standby[0]?.standby) return;
      const there = await query(maintenance.href, "select 1 from pg_database where datname = 'rasid'");
      if (there.length === 0) await query(maintenance.href, "create database rasid");
      return;
    } catch {
      await pause(100);
    }
  }
  throw new Error("PostgreSQL did not become ready");
}

/** Runs one statement on a connection of its own. */
export async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that dies meanwhile is told by the query as well.
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Copies the running primary's files between the begin and the end of a backup, as the PostgreSQL manual has it (25.3.3). */
async function makeStandby(options: RunOptions, primary: PostgresHost): Promise<PostgresHost> {
  const dir = mkdtempSync(join(tmpdir(), "rasid-standby-"));
  chmodSync(dir, 0o711);
  const cluster = join(dir, "postgres");
  const account = postgresAccount();
  const client = new pg.Client({ connectionString: primary.url });
  await client.connect();
  await client.query("select pg_create_physical_replication_slot('standby')");
  await client.query("select pg_backup_start('standby', true)");
  mkdirSync(cluster, { mode: 0o700 });
  cpSync(options.cluster, cluster, {
    recursive: true,
    filter: (from) => !/postmaster\.(pid|opts)$|pg_replslot\/.+|pg_wal\/.{20,}$/.test(from),
  });
  const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(false)");
  writeFileSync(join(cluster, "backup_label"), rows[0]?.labelfile ?? "");
  writeFileSync(join(cluster, "standby.signal"), "");
  const from = `host=127.0.0.1 port=${primary.port} user=rasid password=${options.password} application_name=standby`;
  appendFileSync(
    join(cluster, "postgresql.auto.conf"),
    `primary_conninfo = '${from}'\nprimary_slot_name = 'standby'\n`,
  );
  giveAll(account, cluster);
  const standby = await run({ ...options, cluster, folders: [dir] });
  await client.query("alter system set synchronous_standby_names = 'standby'");
  await client.query("select pg_reload_conf()");
  for (let tries = 0; tries < 100; tries += 1) {
    const state = await client.query("select 1 from pg_stat_replication where sync_state = 'sync'");
    if (state.rowCount === 1) break;
    await pause(100);
  }
  await client.end();
  return standby;
}

/** Node copies as root; PostgreSQL must own its files. */
function giveAll(account: ReturnType<typeof postgresAccount>, folder: string): void {
  giveTo(account, folder);
  for (const name of readdirSync(folder, { recursive: true })) giveTo(account, join(folder, String(name)));
}
