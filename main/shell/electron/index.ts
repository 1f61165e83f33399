import { join } from "node:path";
import * as electron from "electron";
import type { Shell } from "../shell.ts";
import { openElectronShell } from "./electron-shell.ts";

/**
 * The address of Vite's server in a build for development. Set when this is built: no start, whatever it is told, makes a
 * desk that people use show other pages than its own.
 */
declare const __DEV_PAGES__: string | null;

/** The shell as it is built: this file becomes a part of dist/main/index.js, beside everything else it needs. */
export function startElectronShell({ dataDir }: { dataDir: string }): Shell {
  const dist = join(import.meta.dirname, "..");
  const built = {
    dataDir,
    preload: join(dist, "preload", "index.cjs"),
    replicaEntry: join(dist, "main", "replica.js"),
  };
  if (__DEV_PAGES__ !== null) {
    const icon = join(dist, "../../resources/icons/icon.png");
    return openElectronShell(electron, { ...built, pages: { origin: __DEV_PAGES__ }, icon });
  }
  const dir = join(dist, "renderer");
  return openElectronShell(electron, { ...built, pages: { dir }, icon: join(dir, "icon.png") });
}
