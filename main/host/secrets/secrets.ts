import { createHash } from "node:crypto";
import { join } from "node:path";
import { openFileSecrets } from "./file-secrets.ts";
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

export interface SecretsOptions {
  dataDir: string;
  /** `file`: do not touch the keychain of this machine (tests, servers). */
  place: "keychain" | "file";
}

/** The OS keychain where there is one that works, and a file that only this person can read where not. */
export async function openSecrets({ dataDir, place }: SecretsOptions): Promise<Secrets> {
  const file = join(dataDir, "secrets.json");
  if (place === "file") return openFileSecrets(file);
  // Two folders are two desks: they must not share a sign-in.
  const scope = createHash("sha256").update(dataDir).digest("hex").slice(0, 12);
  return (await openKeychainSecrets(scope)) ?? openFileSecrets(file);
}
