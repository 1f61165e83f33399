import { join } from "node:path";
import * as electron from "electron";
import type { Shell } from "../shell.ts";
import { openElectronShell } from "./electron-shell.ts";

/** The shell as it is built: this file becomes a part of dist/main/index.js, beside everything else it needs. */
export function startElectronShell({ dataDir }: { dataDir: string }): Shell {
  const dist = join(import.meta.dirname, "..");
  return openElectronShell(electron, {
    dataDir,
    pageDir: join(dist, "renderer"),
    preload: join(dist, "preload", "index.cjs"),
    replicaEntry: join(dist, "main", "replica.js"),
  });
}
