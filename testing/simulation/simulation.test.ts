import { expect, test } from "vitest";
import { childrenOf } from "./collections.ts";
import { faultKinds, noFaults } from "./sim-link.ts";
import { simulate } from "./simulate.ts";

const steps = 120;

/** Seeds that once broke a rule stay here, by the name of what they found. */
const oldFailures: [string, number][] = [
  ["a late answer to a push brought back what the person may no longer see", 1583279468],
  ["an own edit whose answer was lost hid what a colleague had written since", 242555232],
];
/** `SIMULATION_SEED=…` repeats one; otherwise a new one of each kind of world each time (collections.ts). */
const given = process.env["SIMULATION_SEED"];
const fresh = given
  ? [Number(given)]
  : [0, 1, 3].map((kind) => 4 * Math.floor(Math.random() * 2 ** 29) + kind);

/** What the world does to people and their desks, beside what links do. */
const unkind = [
  "hung something on a lead",
  "import",
  "import and take back",
  "delete",
  "hand over",
  "change teams",
  "restart the server",
  "restore the server",
  "crash a desk",
  "lost power for real",
  "lost sight",
  "regained sight",
];

/** What desks hear of calls that none of them made, where they hold calls. */
const callsMoved = ["heard of a call", "lost a call", "regained a call", "write into the notes of a call"];

/** These happen in every run; the others a few times, and so in one run or another. */
const usual = [
  "lostAnswers",
  "repeatedRequests",
  "lateAnswers",
  "overtakenAnswers",
  "refusedByOutage",
] as const;
const inAll = noFaults();

const seeds = [...oldFailures, ...fresh.map((seed): [string, number] => ["whatever comes", seed])];

test.each(seeds)("%s: seed %i", { timeout: 240_000 }, async (_name, seed) => {
  const report = await simulate(seed, steps);
  const told = JSON.stringify({ seed, ...report, broken: report.broken.length }, null, 1);
  expect(report.broken, `SIMULATION_SEED=${seed}\n${told}`).toEqual([]);
  // A run without bad luck proves nothing.
  const { did, faults, fates } = report;
  const happened = childrenOf(seed) === "calls" ? [...unkind, ...callsMoved] : unkind;
  expect(Object.keys(did), told).toEqual(expect.arrayContaining(happened));
  for (const kind of usual) expect(faults[kind], `${kind} in ${told}`).toBeGreaterThan(0);
  for (const kind of faultKinds) inAll[kind] += faults[kind];
  expect(fates.record + fates.history, told).toBeGreaterThan(20);
});

test("every kind of fault happened", ({ skip }) => {
  if (inAll.lostAnswers === 0) skip("no run came before it");
  for (const kind of faultKinds) expect(inAll[kind], kind).toBeGreaterThan(0);
});
