import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { TestCounts } from "./test-counts.ts";

/** Writes the counts of a run, and why each skipped test was skipped, to the file that RINGSIDE_TEST_COUNTS names. */
// Vitest takes a reporter from a file's default export.
// oxlint-disable-next-line import/no-default-export
export default class VitestCounts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts: TestCounts = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) addModule(counts, module);
    const file = process.env["RINGSIDE_TEST_COUNTS"];
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}

function addModule(counts: TestCounts, module: TestModule): void {
  counts.failed += module.errors().length;
  for (const test of module.children.allTests()) {
    const result = test.result();
    if (result.state === "passed") counts.passed += 1;
    else if (result.state === "failed") counts.failed += 1;
    else
      counts.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, why: reasonOf(result) });
  }
}

function reasonOf(result: { state: string; note?: string | undefined }): string {
  return result.note ?? "skipped without a reason";
}
