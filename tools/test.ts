// `npm test`: every test of the project. `npm test -- unit pg` runs only those parts.
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { buildStale, templates } from "./builds.ts";
import { findOrInstallChromium } from "./chromium.ts";
import { apart, interruptRunning, packageScript, runAloud, runQuietly } from "./processes.ts";
import { addCounts, countPlaywright, explainFailed, explainSkipped } from "./test-counts.ts";
import type { PlaywrightSuite, TestCounts } from "./test-counts.ts";

const parts = ["unit", "pg", "kill", "browser"] as const;
type Part = (typeof parts)[number];
/**
 * One round after the other; what stands in a round runs side by side, as tests with databases or processes of their own
 * wait most of their time. Nothing runs beside the browser, where calls are heard as they are spoken.
 */
const rounds: readonly (readonly Part[])[] = [["unit", "pg", "kill"], ["browser"]];

/** Runs a command of Node to its end; answers its exit code. */
type Run = (part: Part, command: string[], env: NodeJS.ProcessEnv) => Promise<number>;

const asked = process.argv.slice(2);
const unknown = asked.filter((word) => !parts.some((part) => part === word));
if (unknown.length > 0)
  throw new Error(`no such part of the tests: ${unknown.join(", ")} (${parts.join(", ")})`);
const scratch = mkdtempSync(join(findScratchDisk(), "ringside-test-"));
// PostgreSQL, which refuses to run as root, finds its own folder in it.
chmodSync(scratch, 0o711);

// Whatever runs is told as well, and ends: then nothing new begins, and what was made for the tests is taken away once
// servers and desks, which end by themselves, write nothing there any more.
const endsWithinMs = 5_000;
let stopped = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    stopped = true;
    interruptRunning();
  });

try {
  const chromium = await findOrInstallChromium();
  if (chromium) process.env["CHROMIUM_PATH"] = chromium;
  process.env["TMPDIR"] = scratch;
  // Hundreds of processes load the same modules: each is compiled once.
  process.env["NODE_COMPILE_CACHE"] = join(scratch, "compiled");
  // Or two parts that begin together would both make them. What cannot be built fails the tests that want it.
  await buildStale(templates).catch((error: unknown) => console.error(String(error)));
  const counts: TestCounts[] = [];
  for (const round of rounds) if (!stopped) counts.push(...(await runSideBySide(round, chromium)));
  report(addCounts(counts));
} finally {
  if (stopped) await setTimeout(endsWithinMs);
  rmSync(scratch, { recursive: true, force: true });
}

/** The first of them is heard while it runs, another one when it has ended. */
function runSideBySide(round: readonly Part[], chromium: string | null): Promise<TestCounts[]> {
  const wanted = round.filter((part) => asked.length === 0 || asked.includes(part));
  return Promise.all(
    wanted.map((part, at) => {
      const run = at === 0 ? tell : tellLater;
      return part === "browser" ? runBrowserTests(run, chromium) : runVitest(part, run);
    }),
  );
}

function tell(part: Part, command: string[], env: NodeJS.ProcessEnv): Promise<number> {
  console.log(`\n── ${part} tests`);
  return runAloud(process.execPath, command, { ...apart, env: { ...process.env, ...env } });
}

async function tellLater(part: Part, command: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { code, output } = await runQuietly(process.execPath, command, {
    ...apart,
    env: { ...process.env, ...env },
  });
  console.log(`\n── ${part} tests\n${output.trimEnd()}\n`);
  return code;
}

/**
 * Memory, where there is enough: databases by the hundred, of a thousand files each, are made and thrown away, and a
 * journaling disk spends a fifth of all the time on that. Killed processes lose nothing in either.
 */
function findScratchDisk(): string {
  const memory = "/dev/shm";
  const neededBytes = 8 * 2 ** 30;
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > neededBytes ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function runVitest(project: Part, run: Run): Promise<TestCounts> {
  const file = join(scratch, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=./tools/vitest-counts.ts"];
  const options = ["run", "--project", project, "--passWithNoTests", ...reporters];
  const code = await run(project, [packageScript("vitest/vitest.mjs"), ...options], {
    RINGSIDE_TEST_COUNTS: file,
  });
  return trust(
    readCounts(file, (json) => json as TestCounts),
    code,
    project,
  );
}

async function runBrowserTests(run: Run, chromium: string | null): Promise<TestCounts> {
  const cli = packageScript("@playwright/test/cli.js");
  if (!chromium) return countAsNotRun(cli);
  const file = join(scratch, "browser.json");
  const options = ["test", "--pass-with-no-tests", "--reporter=list,json"];
  const code = await run("browser", [cli, ...options], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  return trust(readCounts(file, readPlaywright), code, "browser");
}

async function countAsNotRun(cli: string): Promise<TestCounts> {
  const { output } = await runQuietly(process.execPath, [cli, "test", "--list", "--pass-with-no-tests"]);
  const total = Number(/Total: (\d+) test/u.exec(output)?.[1] ?? 0);
  const why = "no Chromium on this machine, and neither Playwright nor apt could install one";
  return {
    passed: 0,
    failed: [],
    skipped: Array.from({ length: total }, () => ({ name: "browser test", why })),
  };
}

function readPlaywright(json: unknown): TestCounts {
  return countPlaywright((json as { suites: PlaywrightSuite[] }).suites);
}

function readCounts(file: string, read: (json: unknown) => TestCounts): TestCounts | null {
  try {
    return read(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

/** A runner that ended badly without naming a failed test has failed all the same. */
function trust(counts: TestCounts | null, exitCode: number, part: Part): TestCounts {
  if (counts && (exitCode === 0 || counts.failed.length > 0)) return counts;
  const why = `ended with exit code ${exitCode}${counts ? "" : " and no report"}`;
  return { ...(counts ?? { passed: 0, skipped: [] }), failed: [{ name: `the ${part} tests`, why }] };
}

function report(total: TestCounts): void {
  if (total.skipped.length > 0) console.log(["\nNot run:", ...explainSkipped(total)].join("\n"));
  if (total.failed.length > 0) console.log(["\nFailed:", ...explainFailed(total)].join("\n"));
  console.log(`\n${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`);
  process.exitCode = total.failed.length > 0 || stopped ? 1 : 0;
}
