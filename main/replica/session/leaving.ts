import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Timers } from "../../../shared/result/ports.ts";
import { createTurns } from "../database/turns.ts";
import { Account, accountKey, foldersOf, secretNames } from "./account.ts";
import type { AuthClient } from "./auth-client.ts";
import type { HostPort } from "./host-port.ts";
import { removeInstallation } from "./installation.ts";
import { readJsonFile, removeFile, writeJsonFile } from "./json-file.ts";
import { unlessLocked } from "./unless-locked.ts";

const What = z.enum(["everything", "all-but-edits", "wipe"]);
export type What = z.infer<typeof What>;

/** `removed`: nothing of it is left, but the server has not heard so. */
const Leaving = z.strictObject({ account: Account, what: What, removed: z.boolean() });
type Leaving = z.infer<typeof Leaving>;

/** What has been removed, or that some of it is still there. */
export type Left = What | "in-part";

export type LeavingPorts = {
  dataDir: string;
  /** The file that names whose desk opens. */
  currentPath: string;
  host: Pick<HostPort, "secrets">;
  auth: Pick<AuthClient, "confirmWiped">;
  timers: Timers;
};

export type LeavingDesk = {
  /**
   * Writes down what is to be removed, before any of it is: a crash in between leaves no records behind. A disk that
   * takes no note keeps nobody here: removing is what makes room.
   */
  begin(account: Account, what: What): Promise<void>;
  /**
   * Removes what was written down, if anything; what cannot be removed is tried again by itself. The account's folder
   * must not be open.
   * @returns null where nothing had to be removed
   */
  finish(): Promise<Left | null>;
  /**
   * The same before somebody signs in. What the server has not heard by then it is not told: the token that would say it
   * makes room for a new one.
   * @returns false where something is still to be removed
   */
  enter(): Promise<boolean>;
  stop(): void;
};

const againMs = 3_000;
const tellAgainMs = 60_000;

/** How a person's desk leaves a machine, at their wish or an admin's ([SES-3]), whatever happens on the way. */
export function createLeaving({ dataDir, currentPath, host, auth, timers }: LeavingPorts): LeavingDesk {
  const path = join(dataDir, "leaving.json");
  const takeTurn = createTurns();
  /** What could not be written down. */
  let unwritten: Leaving | null = null;
  let cancel = () => {};
  let stopped = false;

  async function note(leaving: Leaving): Promise<void> {
    unwritten = await writeJsonFile(path, leaving).then(
      () => null,
      () => leaving,
    );
  }

  async function finish(): Promise<Left | null> {
    cancel();
    try {
      const leaving = unwritten ?? (await readJsonFile(path, Leaving));
      if (leaving === null) return null;
      if (!leaving.removed) await remove(leaving);
      await tell(leaving);
      return leaving.removed ? null : leaving.what;
    } catch {
      // A file that another program holds open, or a disk that cannot be written just now.
      again(againMs);
      return "in-part";
    }
  }

  async function remove({ account, what }: Leaving): Promise<void> {
    const { root, journal } = foldersOf(dataDir, account);
    const current = await readJsonFile(currentPath, z.object({ account: Account }));
    if (current && accountKey(current.account) === accountKey(account)) await removeFile(currentPath);
    // What is still to be told stays, which nobody reads without its key: no talk, recording or list of this person.
    const leaving = what === "all-but-edits" ? await pathsIn(root) : [root];
    for (const one of leaving) if (one !== journal) await rm(one, { recursive: true, force: true });
    if (what === "wipe") await removeInstallation(dataDir);
    // A locked keychain keeps a key to nothing, and holds nobody up: a wipe least of all.
    if (what !== "all-but-edits") await unlessLocked(host.secrets.remove(secretNames(account).journalKey));
    await note({ account, what, removed: true });
  }

  /** The token, worth nothing else any more, says whose device it was. */
  async function tell({ account, what }: Leaving): Promise<void> {
    const name = secretNames(account).token;
    if (what === "wipe") {
      const token = await unlessLocked(host.secrets.read(name));
      if (!token.ok) return again(tellAgainMs);
      if (token.value !== null && !(await auth.confirmWiped(token.value))) return again(tellAgainMs);
    }
    await unlessLocked(host.secrets.remove(name));
    await drop();
  }

  async function drop(): Promise<void> {
    cancel();
    unwritten = null;
    await removeFile(path);
  }

  function again(delayMs: number): void {
    cancel();
    if (!stopped) cancel = timers.after(delayMs, () => void takeTurn(finish));
  }

  return {
    begin: (account, what) => note({ account, what, removed: false }),
    finish: () => takeTurn(finish),
    enter: () =>
      takeTurn(async () => {
        const left = await finish();
        if (left === "in-part") return false;
        await drop();
        return true;
      }),
    stop() {
      stopped = true;
      cancel();
    },
  };
}

async function pathsIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).map((name) => join(folder, name));
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}
