import { stripVTControlCharacters } from "node:util";

/** What a test runner did, in the same words for all of them. */
export interface TestCounts {
  passed: number;
  failed: TestNotPassed[];
  skipped: TestNotPassed[];
}

export interface TestNotPassed {
  name: string;
  why: string;
}

export function addCounts(all: TestCounts[]): TestCounts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** Skipped tests grouped by reason, most frequent first, one line each with the first test's name. */
export function explainSkipped(counts: TestCounts): string[] {
  const byReason = Map.groupBy(counts.skipped, ({ why }) => why);
  return [...byReason]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([why, tests]) => `  ${tests.length} × ${why} (first: ${tests[0]?.name ?? ""})`);
}

/** One line for each failed test, last in the output, where a log that was cut short still has it. */
export function explainFailed(counts: TestCounts): string[] {
  return counts.failed.map(({ name, why }) => `  ${name}: ${firstLine(why)}`);
}

/** The part of Playwright's JSON report that is read here. */
export interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: {
      status: string;
      annotations: { type: string; description?: string }[];
      results?: { error?: { message?: string } }[];
    }[];
  }[];
}

/** A flaky test failed at least once: it counts as failed, because nobody retries on purpose here. */
export function countPlaywright(suites: PlaywrightSuite[]): TestCounts {
  const counts: TestCounts = { passed: 0, failed: [], skipped: [] };
  for (const suite of suites) {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const why = test.annotations.find(({ type }) => type === "skip")?.description;
        if (test.status === "expected") counts.passed += 1;
        else if (test.status !== "skipped") counts.failed.push({ name: spec.title, why: errorOf(test) });
        else counts.skipped.push({ name: spec.title, why: why ?? "skipped without a reason" });
      }
    }
    const inner = countPlaywright(suite.suites ?? []);
    counts.passed += inner.passed;
    counts.failed.push(...inner.failed);
    counts.skipped.push(...inner.skipped);
  }
  return counts;
}

function errorOf({
  status,
  results = [],
}: {
  status: string;
  results?: { error?: { message?: string } }[];
}): string {
  return results.find(({ error }) => error)?.error?.message ?? status;
}

/** Runners colour their messages; the codes would hide the words in a log. */
function firstLine(message: string): string {
  return stripVTControlCharacters(message).trim().split("\n", 1)[0] ?? "";
}
