import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";
import type { TestCounts } from "./test-counts.ts";

/** Writes the counts of a run, and why each skipped test was skipped, to the file that RINGSIDE_TEST_COUNTS names. */
// Vitest takes a reporter from a file's default export.
// oxlint-disable-next-line import/no-default-export
export default class VitestCounts implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const failed = unhandledErrors.map((error) => ({ name: "outside of any test", why: messageOf(error) }));
    const counts: TestCounts = { passed: 0, failed, skipped: [] };
    for (const module of modules) addModule(counts, module);
    const file = process.env["RINGSIDE_TEST_COUNTS"];
    if (file) writeFileSync(file, JSON.stringify(counts));
  }
}

function addModule(counts: TestCounts, module: TestModule): void {
  for (const error of module.errors())
    counts.failed.push({ name: module.relativeModuleId, why: messageOf(error) });
  for (const test of module.children.allTests()) {
    const result = test.result();
    const name = `${module.relativeModuleId} > ${test.fullName}`;
    if (result.state === "passed") counts.passed += 1;
    else if (result.state === "failed") counts.failed.push({ name, why: messageOf(result.errors[0]) });
    else counts.skipped.push({ name, why: reasonOf(result) });
  }
}

function reasonOf(result: { state: string; note?: string | undefined }): string {
  return result.note ?? "skipped without a reason";
}

function messageOf(error: unknown): string {
  return error !== null && typeof error === "object" && "message" in error
    ? String(error.message)
    : String(error);
}
