import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./processes.ts";

/**
 * The Electron binary that is installed here, or null. Never through `import "electron"`: without a binary that
 * starts a download.
 */
export function findElectron(): string | null {
  const home = join(root, "node_modules", "electron");
  const executable = readOrNull(join(home, "path.txt"));
  const folder =
    process.env["ELECTRON_OVERRIDE_DIST_PATH"] ?? (executable === null ? null : join(home, "dist"));
  if (folder === null) return null;
  const path = join(folder, executable ?? (process.platform === "win32" ? "electron.exe" : "electron"));
  return existsSync(path) ? path : null;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return null;
  }
}
