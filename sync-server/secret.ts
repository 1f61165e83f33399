import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerConfig } from "./config.ts";

/** The secret that signs sessions: of the settings, or made once for this folder and readable by its owner alone. */
export async function readSecret({
  secret,
  dataDir,
}: Pick<ServerConfig, "secret" | "dataDir">): Promise<string> {
  if (secret !== null) return secret;
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, "secret");
  try {
    await writeFile(file, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return (await readFile(file, "utf8")).trim();
}
