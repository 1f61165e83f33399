// `npm run check`: types, lint, layers, format and dead code. Tests are `npm test`.
import { packageScript, runQuietly } from "./processes.ts";

interface Check {
  name: string;
  script: string;
  arguments: string[];
}

const tsc = packageScript("typescript/bin/tsc");
const typeProjects = [
  "shared",
  "main",
  "preload",
  "renderer",
  "sync-server",
  "sync-server/console",
  "testing",
];
const layeredFolders = ["shared", "main", "preload", "renderer", "sync-server"];

const checks: Check[] = [
  ...typeProjects.map((project) => ({ name: `types ${project}`, script: tsc, arguments: ["-p", project] })),
  { name: "lint", script: packageScript("oxlint/bin/oxlint"), arguments: ["--deny-warnings"] },
  {
    name: "layers",
    script: packageScript("dependency-cruiser/bin/dependency-cruiser.mjs"),
    arguments: ["-c", ".dependency-cruiser.cjs", ...layeredFolders],
  },
  { name: "format", script: packageScript("prettier/bin/prettier.cjs"), arguments: ["--check", "."] },
  { name: "dead code", script: packageScript("knip/bin/knip.js"), arguments: ["--no-progress"] },
];

const wanted = process.argv.slice(2);
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const failed = await runAll(chosen, 2);
console.log(failed.length === 0 ? `${chosen.length} checks passed` : `failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** Runs `width` checks at a time; answers the names of those that failed, having printed why. */
async function runAll(pending: Check[], width: number): Promise<string[]> {
  const queue = [...pending];
  const failures: string[] = [];
  const work = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      if (!(await passes(check))) failures.push(check.name);
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return failures;
}

async function passes(check: Check): Promise<boolean> {
  const startedMs = performance.now();
  const { code, output } = await runQuietly(process.execPath, [check.script, ...check.arguments]);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${check.name} (${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}
