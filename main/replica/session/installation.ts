import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { DeviceRegistration } from "../../../shared/sync/session-wire.ts";
import { readJsonFile, removeFile, writeJsonFile } from "./json-file.ts";

const Installation = z.strictObject({ installation: z.string().min(16).max(64) });

/** Made once per data folder: the same person signing in again is known as the same device. */
export async function readInstallation(dataDir: string): Promise<string> {
  const path = pathOf(dataDir);
  const known = await readJsonFile(path, Installation);
  if (known) return known.installation;
  const installation = randomBytes(24).toString("base64url");
  await writeJsonFile(path, { installation });
  return installation;
}

/** A wiped device comes back as another one. */
export async function removeInstallation(dataDir: string): Promise<void> {
  await removeFile(pathOf(dataDir));
}

function pathOf(dataDir: string): string {
  return join(dataDir, "installation.json");
}

export function platformOf(name: NodeJS.Platform): DeviceRegistration["platform"] {
  if (name === "win32") return "windows";
  if (name === "darwin") return "macos";
  return name === "linux" ? "linux" : "other";
}
