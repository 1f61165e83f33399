import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { packageScript, root, runQuietly } from "./processes.ts";

interface Build {
  /** What this build reads; when none of it changed, the last output stands. */
  sources: string[];
  output: string;
  script: string;
  arguments: string[];
  /** Its files have names of their own, and those of former builds stay for a while. */
  keepsFormer?: boolean;
}

const vite = packageScript("vite/bin/vite.js");
const pglite = "node_modules/@electric-sql/pglite/package.json";
const page = ["shared/**/*", "renderer/**/*", "resources/icons/**/*", "package-lock.json", "vite.shared.ts"];

const builds = {
  renderer: {
    sources: [...page, "vite.renderer.config.ts"],
    output: "dist/renderer/index.html",
    script: vite,
    arguments: ["build", "--config", "vite.renderer.config.ts", "--logLevel", "warn"],
    keepsFormer: true,
  },
  console: {
    sources: [...page, "sync-server/console/**/*", "vite.console.config.ts"],
    output: "dist/console/index.html",
    script: vite,
    arguments: ["build", "--config", "vite.console.config.ts", "--logLevel", "warn"],
    keepsFormer: true,
  },
  /** main, replica and preload: development and most tests run the sources. */
  desktop: {
    sources: ["shared/**/*", "main/**/*", "preload/**/*", "package-lock.json", "electron.vite.config.ts"],
    output: "dist/main/index.js",
    script: packageScript("electron-vite/bin/electron-vite.js"),
    arguments: ["build", "--config", "electron.vite.config.ts", "--logLevel", "warn"],
  },
  /** Development runs the sources. */
  server: {
    sources: ["shared/**/*", "sync-server/**/!(*.test).ts", "package-lock.json", "vite.server.config.ts"],
    output: "dist/sync-server/index.js",
    script: vite,
    arguments: ["build", "--config", "vite.server.config.ts", "--logLevel", "warn"],
    keepsFormer: true,
  },
  /** Empty databases, from which new folders are made: initdb takes seconds. Without them it runs all the same. */
  "replica-template": {
    sources: [
      "shared/entities/**/!(*.test).ts",
      "main/replica/{database,pglite-storage}/**/!(*.test).ts",
      pglite,
      "tools/make-template.ts",
    ],
    output: "dist/templates/replica.gz",
    script: join(root, "tools/make-template.ts"),
    arguments: ["replica"],
  },
  "server-template": {
    sources: ["sync-server/database/**/!(*.test).{ts,sql}", pglite, "tools/make-template.ts"],
    output: "dist/templates/server.gz",
    script: join(root, "tools/make-template.ts"),
    arguments: ["server"],
  },
} satisfies Record<string, Build>;

export type BuildName = keyof typeof builds;
/** For whatever opens databases. */
export const templates = ["replica-template", "server-template"] as const satisfies BuildName[];
export const buildNames = Object.keys(builds) as BuildName[];

/** Makes those builds anew whose sources have changed since their last output. */
export async function buildStale(names: readonly BuildName[]): Promise<void> {
  for (const name of names) {
    const fingerprint = hashSources(builds[name].sources);
    if (isFresh(name, fingerprint)) continue;
    await build(name);
    mkdirSync(join(root, "dist", ".fingerprints"), { recursive: true });
    writeFileSync(fingerprintFile(name), fingerprint);
  }
}

/** A desk or server that runs loads some of its files, and a page some of its own, when they are first wanted. */
const formerStayMs = 86_400_000;

async function build(name: BuildName): Promise<void> {
  const startedMs = performance.now();
  // Whoever asks for it may be a test, and what it makes is kept: React's development build behaves otherwise.
  const env = { ...process.env, NODE_ENV: "production" };
  const words = [builds[name].script, ...builds[name].arguments];
  const { code, output } = await runQuietly(process.execPath, words, { env });
  if (code !== 0) throw new Error(`building ${name} failed:\n${output}`);
  const { output: made, keepsFormer = false }: Build = builds[name];
  if (keepsFormer) sweep(join(root, dirname(made)), Date.now() - formerStayMs);
  console.log(`Built ${name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

/** Builds what Electron runs while somebody works on it, beside the desk's own build. @param pages Vite's address */
export async function buildDevDesktop(pages: string): Promise<void> {
  const { script, arguments: words } = builds.desktop;
  const env = { ...process.env, NODE_ENV: "production", DEV_PAGES: pages };
  const { code, output } = await runQuietly(process.execPath, [script, ...words, "--mode", "development"], {
    env,
  });
  if (code !== 0) throw new Error(`building main, replica and preload failed:\n${output}`);
}

/** Removes what was not written since: whatever a build makes, it writes anew. When it was changed may be copied along. */
export function sweep(folder: string, beforeMs: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && statSync(path).ctimeMs < beforeMs) rmSync(path);
  }
}

function isFresh(name: BuildName, fingerprint: string): boolean {
  const file = fingerprintFile(name);
  if (!existsSync(join(root, builds[name].output)) || !existsSync(file)) return false;
  return readFileSync(file, "utf8") === fingerprint;
}

function fingerprintFile(name: BuildName): string {
  return join(root, "dist", ".fingerprints", name);
}

/** Contents rather than times: a fresh clone or a changed branch must not build what it already has. */
function hashSources(patterns: string[]): string {
  const hash = createHash("sha256").update(process.version);
  const entries = globSync(patterns, { cwd: root, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of new Set(files.sort())) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}
