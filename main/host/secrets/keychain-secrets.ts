import type { AsyncEntry, EntryOptions } from "@napi-rs/keyring";
import type { Secrets } from "./secrets.ts";

const service = "Ringside";
/** Without this, a Linux without a keychain would fall back to the kernel's keyring, which a restart empties. */
const durable: EntryOptions = { linux: { store: "secret-service" } };
/** A keychain that waits for a password which nobody types must not keep the desk closed. */
const probeTimeoutMs = 15_000;

/** Null when this machine has no keychain that keeps what it is given. */
export async function openKeychainSecrets(scope: string): Promise<Secrets | null> {
  const keyring = await import("@napi-rs/keyring").catch(() => null);
  if (!keyring) return null;
  const entry = (name: string) => new keyring.AsyncEntry(service, `${scope}.${name}`, durable);
  if (!(await keeps(() => entry("probe")))) return null;
  return {
    read: (name) => entry(name).getPassword(),
    write: (name, value) => entry(name).setPassword(value),
    remove: async (name) => void (await entry(name).deletePassword()),
    notice: null,
  };
}

async function keeps(makeEntry: () => AsyncEntry): Promise<boolean> {
  const signal = AbortSignal.timeout(probeTimeoutMs);
  try {
    const entry = makeEntry();
    await entry.setPassword("ringside", signal);
    const kept = await entry.getPassword(signal);
    await entry.deletePassword(signal);
    return kept === "ringside";
  } catch {
    return false;
  }
}
