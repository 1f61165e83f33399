import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { showPath } from "./desk-server.ts";

const RunningDesk = z.object({ pid: z.int(), address: z.url() });
type RunningDesk = z.infer<typeof RunningDesk>;

const fileIn = (dataDir: string) => join(dataDir, "desk.json");
const answerTimeoutMs = 2_000;

/** Brings forward the desk that serves this folder. False: there is none; what a crash left behind answers nothing. */
export async function showRunningDesk(dataDir: string): Promise<boolean> {
  try {
    const { address } = RunningDesk.parse(JSON.parse(await readFile(fileIn(dataDir), "utf8")));
    const url = new URL(address);
    url.pathname = showPath;
    // Only the desk that wrote this address takes its token.
    const { status } = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(answerTimeoutMs) });
    return status === 204;
  } catch {
    return false;
  }
}

/** Lets a second start find this one. The address carries the launch token: for the owner's eyes only. */
export async function announceDesk(dataDir: string, desk: RunningDesk): Promise<void> {
  const file = fileIn(dataDir);
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(desk), { mode: 0o600 });
  await chmod(file, 0o600);
}

export async function forgetDesk(dataDir: string): Promise<void> {
  await rm(fileIn(dataDir), { force: true });
}
