// Plain JavaScript for whatever Node the machine has (20 or newer). It makes sure that the packages are those of
// package-lock.json, then runs the given TypeScript tool on the Node 24 that is one of them.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const given = process.argv.slice(2);
const toolAt = given.findIndex((word) => !word.startsWith("--"));
/** Node's own flags stand before the tool. */
const nodeFlags = given.slice(0, Math.max(0, toolAt));
const [tool, ...toolArguments] = given.slice(toolAt);

if (toolAt === -1) fail("usage: node tools/run.mjs [flags of Node] TOOL.ts [arguments]");
if (!packagesMatchLock()) installPackages();
runTool(findNode());

/** npm leaves a copy of the lock of what it installed; entries for other platforms may be absent from it. */
function packagesMatchLock() {
  const installed = readPackages(join(root, "node_modules", ".package-lock.json"));
  const wanted = readPackages(join(root, "package-lock.json"));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === entry.version : entry.optional === true || entry.devOptional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null;
  }
}

function installPackages() {
  console.log("Installing packages (npm ci)…");
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"], shell: process.platform === "win32" };
  const { status } = spawnSync(command, [...before, "ci", "--no-audit", "--no-fund"], options);
  if (status !== 0) fail("npm ci failed; its own message stands above");
}

function findNode() {
  const bundled = join(
    root,
    "node_modules",
    "node",
    "bin",
    process.platform === "win32" ? "node.exe" : "node",
  );
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  return fail(
    "Node 24 is missing from node_modules/node: was npm told to ignore scripts? Run: npm rebuild node",
  );
}

/** Ctrl-C reaches the tool by itself; other signals are handed on. Either way the tool decides when it has ended. */
function runTool(node) {
  const env = {
    // What Node has compiled is kept for the next start: the desk's processes load in half the time.
    NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"),
    // glibc holds 150 MB of what V8's compiling threads have used while PGlite starts (main/host/replica-environment.ts).
    MALLOC_ARENA_MAX: "2",
    // And it keeps ever more for itself the larger the blocks are that were freed, unless it is told from where on it
    // must not: 60 MB of the server's.
    MALLOC_MMAP_THRESHOLD_: "131072",
    MALLOC_TRIM_THRESHOLD_: "1048576",
    ...process.env,
  };
  const child = spawn(node, [...nodeFlags, join(root, tool), ...toolArguments], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(error.message));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
