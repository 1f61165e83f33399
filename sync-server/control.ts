import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { backUpRunning, type Database } from "./database/index.ts";
import { Refused } from "./http/index.ts";

const path = "/control/backup";
const BackupRequest = z.strictObject({
  file: z.string().min(1).max(4_096).refine(isAbsolute, "must be absolute"),
});
const Control = z.object({ url: z.string(), token: z.string() });

/** What a command of the same person on the same machine needs to talk to the running server. */
export async function openControl(app: FastifyInstance, db: Database, dataDir: string) {
  const token = randomBytes(32).toString("base64url");
  const file = join(dataDir, "control.json");
  app
    .withTypeProvider<ZodTypeProvider>()
    .post(path, { schema: { hide: true, body: BackupRequest } }, async (request) => {
      if (!isEqual(request.headers.authorization ?? "", `Bearer ${token}`)) {
        throw new Refused("forbidden", "This is for commands on the server's own machine.");
      }
      await backUpRunning(db, request.body.file, new Date());
      return { file: request.body.file };
    });
  return {
    /** Once the address is known. Readable by the owner of the folder alone. */
    publish: (url: string) => writeFile(file, JSON.stringify({ url, token }), { mode: 0o600 }),
    withdraw: () => rm(file, { force: true }),
  };
}

/**
 * Asks the server that holds the folder to write a backup.
 * @returns false where no server answers
 */
export async function askForBackup(dataDir: string, backupFile: string): Promise<boolean> {
  const control = await readControl(dataDir);
  if (control === null) return false;
  const response = await fetch(control.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${control.token}`, "content-type": "application/json" },
    body: JSON.stringify({ file: backupFile }),
  }).catch(() => null);
  if (response === null) return false;
  if (!response.ok)
    throw new Error(`The running server could not write the backup: ${await response.text()}`);
  return true;
}

async function readControl(dataDir: string): Promise<z.infer<typeof Control> | null> {
  try {
    return Control.parse(JSON.parse(await readFile(join(dataDir, "control.json"), "utf8")));
  } catch {
    return null;
  }
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
