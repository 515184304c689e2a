import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldInPieces } from "../../../src/domain/baseline/fold-in-pieces.ts";
import { bySubject, foldIncrement, foldTaken, type Increment } from "../../../src/domain/baseline/increment-fold.ts";
import { inOrder, type Observation } from "../../../src/domain/baseline/observation.ts";
import { beginRunningFold, type RunningFold } from "../../../src/domain/baseline/running-fold.ts";
import { foldStory, foldSubject } from "../../../src/domain/baseline/standings.ts";
import { azKilled, figure, frame, statement } from "./course.ts";

/** Runs batches as the daemon does: each is folded into what the ledger holds. Gives the ids of the alerts stored. */
function daemon(batches: readonly (readonly Observation[])[]): Set<string> {
  const ledger: Observation[] = [];
  const known = new Set<string>();
  for (const batch of batches) {
    const subjects = new Set(batch.map((one) => one.subject));
    const { alerts, taken } = foldIncrement(
      frame,
      ledger.filter((one) => subjects.has(one.subject)),
      batch,
      (id) => known.has(id),
    );
    ledger.push(...taken);
    for (const alert of alerts) known.add(alert.id);
  }
  return known;
}

/** As a process does that folds on: a subject is begun anew only where an observation comes late. */
function foldsOn(
  {
    ledger,
    folds,
    itemsHeld,
  }: { ledger: Map<string, Observation[]>; folds: Map<string, RunningFold>; itemsHeld: number },
  batch: readonly Observation[],
) {
  const { alerts, standings } = foldTaken(batch, (subject) => {
    const held = folds.get(subject);
    const mine = batch.filter((one) => one.subject === subject);
    if (held?.follow(mine)) return { running: held, before: [] };
    const running = beginRunningFold(frame, subject, { itemsHeld });
    folds.set(subject, running);
    return { running, before: ledger.get(subject) ?? [] };
  });
  for (const [subject, list] of bySubject(batch)) ledger.set(subject, [...(ledger.get(subject) ?? []), ...list]);
  return { alerts, standings };
}

const shown = ({ alerts, standings }: Pick<Increment, "alerts" | "standings">) => ({
  alerts,
  standings: standings.map((one) => ({ ...one, history: one.history() })),
});

const replayed = (observations: readonly Observation[]) =>
  new Set(foldStory(frame, observations).alerts.map((alert) => alert.id));

function cut(observations: readonly Observation[], sizes: readonly number[]): Observation[][] {
  const batches: Observation[][] = [];
  let from = 0;
  for (let turn = 0; from < observations.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    batches.push(observations.slice(from, from + size));
    from += size;
  }
  return batches;
}

const hour = fc.integer({ min: 0, max: 200 });
const at = (hours: number) => new Date(Date.parse("2022-09-15T00:00:00Z") + hours * 3_600_000).toISOString();
const side = fc.constantFrom("armenia", "azerbaijan", "media", "russia");
const anyFigure = fc
  .record({
    hours: hour,
    side,
    value: fc.constantFrom(49, 50, 79, 100, 105, 110, 135, 140, 200, 207, 300),
    qualifier: fc.constantFrom("exact", "at_least", "more_than", "about", "nearly" as const),
    role: fc.constantFrom("current", "current", "current", "increment", "previous", "combined", "denied" as const),
    tier: fc.constantFrom(1, 2, 3 as const),
    cluster: fc.constantFrom("a", "b", "c", "d"),
    subject: fc.constantFrom({}, azKilled, { event: "new", measure: "wounded" } as const),
  })
  .map(({ hours, subject, ...parts }) => figure(at(hours), { ...subject, ...parts }));
const anyStatement = fc
  .record({
    hours: hour,
    side,
    position: fc.constantFrom("announced", "called-for", "unconfirmed", "holding", "confirmed", "violated"),
    named: fc.boolean(),
  })
  .map(({ hours, side, position, named }) =>
    statement(at(hours), "ceasefire-14-september", side, position, named ? {} : { speaker: side }),
  );
const history = fc.array(fc.oneof(anyFigure, anyStatement), { minLength: 1, maxLength: 25 });
const lateness = fc.record({ late: fc.nat(3).map((one) => one === 0), dice: fc.infiniteStream(fc.nat()) });

/** In order, some of them edits of the item of an earlier one. */
const withEdits = fc.tuple(history, fc.infiniteStream(fc.nat())).map(([observations, dice]) => {
  const newest = new Map<string, number>();
  const done: Observation[] = [];
  for (const one of [...observations].sort(inOrder)) {
    const [chance = 1, which = 0] = [...dice.take(2)];
    const { item, page } = (chance % 2 === 0 ? done[which % Math.max(1, done.length)] : undefined) ?? one;
    const revision = (newest.get(item) ?? 0) + 1;
    newest.set(item, revision);
    done.push({ ...one, item, page, revision, id: `${item}:${revision}:${done.length}` });
  }
  return done;
});
const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });

/** Tolls that only grow, in exact words of the side itself: what a course mostly is. */
const growing = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 6, max: 40 })), { minLength: 1, maxLength: 12 })
  .map((steps) => {
    let [hours, value] = [0, 105];
    return steps.flatMap(([repeats, step]) => {
      hours += 10;
      value += step % 10 === 0 || (value + step) % 10 === 0 ? step + 1 : step;
      if (value % 10 === 0) value += 1;
      return Array.from({ length: repeats }, (_, turn) => figure(at(hours + turn), { value }));
    });
  });

describe("folding", () => {
  it("gives the same alerts whatever the batches, when items come in order", () => {
    fc.assert(
      fc.property(history, sizes, (observations, parts) => {
        const ordered = [...observations].sort(inOrder);
        expect(daemon(cut(ordered, parts))).toEqual(replayed(observations));
      }),
      { numRuns: 300 },
    );
  });

  it("gives the same alerts and decisions when a subject is folded with pauses", () => {
    fc.assert(
      fc.property(
        withEdits,
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat()),
        (observations, size, dice) => {
          for (const [subject, all] of bySubject(shuffle(observations, dice))) {
            const { alerts, decisions } = foldSubject(frame, subject, all);
            const work = foldInPieces(frame, subject, all, size);
            let step = work.next();
            while (step.done !== true) step = work.next();
            expect(step.value).toEqual({ alerts, decisions });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gives the same alerts and standings when a process folds on as when it folds anew", () => {
    let [followed, edits] = [0, 0];
    fc.assert(
      fc.property(withEdits, sizes, lateness, fc.nat(4), (observations, parts, { late, dice }, itemsHeld) => {
        const stream = late ? shuffle(observations, dice) : observations;
        const process = { ledger: new Map<string, Observation[]>(), folds: new Map<string, RunningFold>(), itemsHeld };
        const before: Observation[] = [];
        for (const batch of cut(stream, parts)) {
          const subjects = new Set(batch.map(({ subject }) => subject));
          const history = before.filter(({ subject }) => subjects.has(subject));
          const anew = foldIncrement(frame, history, batch, () => false);
          for (const [subject, mine] of bySubject(anew.taken))
            if (process.folds.get(subject)?.follow(mine)) followed += 1;
          edits += anew.alerts.filter(({ kind }) => kind === "item.edited").length;
          expect(shown(foldsOn(process, anew.taken))).toEqual(shown(anew));
          before.push(...anew.taken);
        }
      }),
      { numRuns: 400 },
    );
    expect(followed).toBeGreaterThan(100);
    expect(edits).toBeGreaterThan(20);
  });

  it("does not depend on the order in which a batch is given", () => {
    fc.assert(
      fc.property(history, (observations) => {
        expect(daemon([observations])).toEqual(replayed([...observations].reverse()));
      }),
      { numRuns: 200 },
    );
  });

  it("loses nothing, in whatever order and batches items come", () => {
    fc.assert(
      fc.property(history, sizes, fc.infiniteStream(fc.nat()), (observations, parts, dice) => {
        const shuffled = shuffle(observations, dice);
        const raised = daemon(cut(shuffled, parts));
        for (const id of replayed(observations)) expect(raised.has(id)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("gives exactly the same alerts in any order, where a side's tolls only grow", () => {
    fc.assert(
      fc.property(growing, sizes, fc.infiniteStream(fc.nat()), (observations, parts, dice) => {
        expect(daemon(cut(shuffle(observations, dice), parts))).toEqual(replayed(observations));
      }),
      { numRuns: 200 },
    );
  });

  it("tells nothing a second time when a batch comes again", () => {
    fc.assert(
      fc.property(history, sizes, (observations, parts) => {
        const batches = cut(observations, parts);
        expect(daemon(batches.flatMap((batch) => [batch, batch]))).toEqual(daemon(batches));
      }),
      { numRuns: 200 },
    );
  });
});

function shuffle<T>(list: readonly T[], dice: Iterator<number>): T[] {
  const left = [...list];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice((dice.next().value as number) % left.length, 1));
  return out;
}

describe("an item that comes late", () => {
  it("is judged against the standing of its time", () => {
    const late = figure("16T08", { value: 135 });
    const { alerts } = foldIncrement(frame, [figure("19T12", { value: 207 })], [late], () => false);
    expect(alerts[0]).toMatchObject({ before: { value: 105 }, after: { value: 135 } });
  });

  it("that makes a told number old takes nothing back", () => {
    const raised = daemon([[figure("19T12", { value: 150 })], [figure("18T12", { value: 207 })]]);
    expect(raised.size).toBe(2);
  });

  it("raises nothing as an older revision after a newer one, and never counts", () => {
    const page = { item: "page" };
    const newer = figure("16T12", { ...page, revision: 2, value: 105 });
    const older = figure("16T10", { ...page, revision: 1, value: 135 });
    const first = foldIncrement(frame, [], [newer], () => false);
    const second = foldIncrement(frame, first.taken, [older], () => false);
    expect(second.alerts).toEqual([]);
    expect(second.taken).toMatchObject([{ overtaken: true }]);
    expect(foldStory(frame, [...first.taken, ...second.taken]).alerts).toEqual([]);
  });
});
