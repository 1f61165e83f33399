import { expect, test } from "vitest";
import { simulate } from "./simulate.ts";

const steps = 120;

/** Seeds that once broke a rule stay here, by the name of what they found. */
const oldFailures: [string, number][] = [
  ["a late answer to a push brought back what the person may no longer see", 1583279468],
  ["an own edit whose answer was lost hid what a colleague had written since", 242555232],
];
/** `SIMULATION_SEED=…` repeats one; otherwise a few new ones each time. */
const given = process.env["SIMULATION_SEED"];
const fresh = given ? [Number(given)] : Array.from({ length: 3 }, () => Math.floor(Math.random() * 2 ** 31));

/** What the world does to people and their desks, beside what links do. */
const unkind = [
  "import",
  "delete",
  "hand over",
  "change teams",
  "restart the server",
  "crash a desk",
  "lose power",
];

test.each([...oldFailures, ...fresh.map((seed): [string, number] => ["whatever comes", seed])])(
  "%s: seed %i",
  { timeout: 240_000 },
  async (_name, seed) => {
    const report = await simulate(seed, steps);
    const told = JSON.stringify({ seed, ...report, broken: report.broken.length }, null, 1);
    expect(report.broken, `SIMULATION_SEED=${seed}\n${told}`).toEqual([]);
    // A run without bad luck proves nothing.
    const { did, faults, fates } = report;
    expect(Object.keys(did), told).toEqual(expect.arrayContaining(unkind));
    expect(faults.lostAnswers, told).toBeGreaterThan(0);
    expect(faults.repeatedRequests, told).toBeGreaterThan(0);
    expect(faults.brokenStreams + faults.lostRequests + faults.refusedByOutage, told).toBeGreaterThan(0);
    expect(fates.record + fates.history, told).toBeGreaterThan(20);
  },
);
