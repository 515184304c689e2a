import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { alertText } from "../demo/alert-text.ts";
import { loadCourse } from "../demo/course.ts";
import { eventsTable } from "../demo/events-table.ts";
import { compareAlerts } from "../demo/expected-alerts.ts";
import { portOrAny } from "../demo/port-or-any.ts";
import { type Demo, startDemo } from "../demo/run-demo.ts";
import { environmentWith, readSettings } from "../settings.ts";

const STORY = "armenia-azerbaijan";

interface DemoFlags {
  readonly once?: boolean;
  readonly verbose?: boolean;
  readonly killAt?: string;
}

/** `rasid demo`: the real daemon against local agencies that publish a recorded week, in quick motion. */
export function registerDemo(program: Command): void {
  program
    .command("demo")
    .description("run the real daemon against local agencies that publish 13–20 September 2022 in quick motion")
    .option("--once", "end after the course: exit code 0 only if exactly the expected alerts were raised and received")
    .option("--kill-at <step>", "kill the daemon in the middle of this step and start it anew")
    .option("--verbose", "show the daemon's log")
    .action(runDemo);
}

async function runDemo(flags: DemoFlags): Promise<void> {
  const course = loadCourse(fileURLToPath(new URL("../../demo", import.meta.url)));
  const stopRequested = new Promise<"stop">((resolve) => {
    process.on("SIGINT", () => resolve("stop"));
    process.on("SIGTERM", () => resolve("stop"));
  });
  const port = await portOrAny(readSettings().port);
  const starting = startDemo({
    course,
    entry: fileURLToPath(new URL("../cli.js", import.meta.url)),
    environment: (variables) => environmentWith({ ...variables, PORT: String(port) }),
    killAt: flags.killAt === undefined ? null : Number(flags.killAt),
    onStep: (step, number) => console.log(`\n── ${number}/${course.steps.length}  ${step}`),
    onAlert: (alert) => console.log(alertText(alert)),
    onLog: flags.verbose ? (line) => process.stderr.write(line) : null,
    onCrash: (how) => console.error(`the daemon ended by itself: ${how}`),
  });
  const demo = await Promise.race([starting, stopRequested]);
  if (demo === "stop") {
    await starting.then((started) => started.stop());
    return;
  }
  try {
    await attend(demo, flags, stopRequested);
  } finally {
    await demo.stop();
  }
}

async function attend(demo: Demo, flags: DemoFlags, stopRequested: Promise<"stop">): Promise<void> {
  const played = demo.play().then(() => "played" as const);
  if ((await Promise.race([played, stopRequested])) === "stop") {
    played.catch(() => {});
    return;
  }
  console.log(`\n${eventsTable(await demo.api().events(STORY))}\n`);
  const fits = await report(demo);
  if (flags.once) {
    process.exitCode = fits ? 0 : 1;
    return;
  }
  console.log(
    `\ndashboard: ${demo.address()}/   API: ${demo.address()}/api/v1/alerts\nsign in with the key ${demo.key}\nCtrl-C stops everything.`,
  );
  await stopRequested;
}

/** Compares the ledger with the course's expected alerts, and what was received with the ledger. */
async function report(demo: Demo): Promise<boolean> {
  const course = loadCourse(fileURLToPath(new URL("../../demo", import.meta.url)));
  const raised = await demo.api().alerts();
  const { missing, unexpected } = compareAlerts(course.expected, raised);
  const received = new Set([...demo.receiver.received.values()].map(({ data }) => data.alert));
  const unreceived = raised.filter(({ data }) => !received.has(data.alert));
  for (const alert of missing) console.log(`missing: ${JSON.stringify(alert)}`);
  for (const alert of unexpected) console.log(`unexpected: ${alertText(alert)}\n    because ${alert.data.because}`);
  for (const { data } of unreceived) console.log(`not received: ${data.alert}`);
  for (const problem of demo.receiver.refused) console.log(`refused by the receiver: ${problem}`);
  const once =
    new Set(raised.map(({ data }) => data.alert)).size === raised.length &&
    received.size === demo.receiver.received.size;
  console.log(
    `${raised.length} alerts raised, ${received.size} received, ${course.expected.length} expected${once ? "" : ", some twice"}`,
  );
  return missing.length + unexpected.length + unreceived.length + demo.receiver.refused.length === 0 && once;
}
