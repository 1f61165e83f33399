import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openFileSecrets, readStored } from "./file-secrets.ts";
import { openKeychainSecrets } from "./keychain-secrets.ts";

/** A few short strings that nobody but this person may read: sign-in tokens, the key of the replica. */
export interface Secrets {
  read(name: string): Promise<string | null>;
  write(name: string, value: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /** One sentence where they lie when that is not the OS keychain; null = it is. */
  notice: string | null;
}

/** The keychain that keeps them does not answer: it is locked, or whoever was asked to unlock it has not yet. */
export class SecretsLocked extends Error {
  override name = "SecretsLocked";
}

export interface SecretsOptions {
  dataDir: string;
  /** `file`: do not touch the keychain of this machine (tests, servers). */
  place: "keychain" | "file";
  /** Null = this machine has none, or it does not answer. */
  openKeychain?: (scope: string) => Promise<Secrets | null>;
}

/**
 * The OS keychain where there is one that works, and a file that only this person can read where not. Where they were
 * kept once they stay: in another place the key of the unsent edits would be missing, and a new one be made.
 */
export async function openSecrets(options: SecretsOptions): Promise<Secrets> {
  const { dataDir, place, openKeychain = openKeychainSecrets } = options;
  const file = join(dataDir, "secrets.json");
  if (place === "file") return openFileSecrets(file);
  const inKeychain = join(dataDir, "secrets-in-keychain");
  // Two folders are two desks: they must not share a sign-in.
  const open = () => openKeychain(createHash("sha256").update(dataDir).digest("hex").slice(0, 12));
  if (existsSync(inKeychain)) return openLater(open);
  const keychain = await open();
  if (keychain === null || !(await moveInto(keychain, file))) return openFileSecrets(file);
  await writeFile(inKeychain, "", { mode: 0o600 });
  await rm(file, { force: true });
  return keychain;
}

/** @returns false where the keychain holds something else by one of the names: nothing of either is given up */
async function moveInto(keychain: Secrets, file: string): Promise<boolean> {
  const stored = Object.entries(await readStored(file));
  for (const [name, value] of stored) {
    const held = await keychain.read(name);
    if (held !== null && held !== value) return false;
  }
  for (const [name, value] of stored) await keychain.write(name, value);
  return true;
}

/** Nothing waits for a keychain before something is wanted of it; one that does not answer is asked again then. */
function openLater(open: () => Promise<Secrets | null>): Secrets {
  let opening: Promise<Secrets | null> | null = null;
  const unlocked = async () => {
    opening ??= open();
    const opened = await opening;
    if (opened) return opened;
    opening = null;
    throw new SecretsLocked("The keychain of this computer does not answer.");
  };
  return {
    read: async (name) => (await unlocked()).read(name),
    write: async (name, value) => (await unlocked()).write(name, value),
    remove: async (name) => (await unlocked()).remove(name),
    notice: null,
  };
}
