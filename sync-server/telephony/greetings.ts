import { sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Greeting } from "../../shared/entities/setting.ts";
import { inSystem, rowsOf, type Database, type Tx } from "../database/index.ts";
import type { Step } from "./port.ts";

export type SpokenGreeting = Pick<Greeting, "text" | "sound">;

/** A greeting that is in use; null where there is none of this key. */
export async function readGreeting(tx: Tx, tenantId: string, key: string): Promise<Greeting | null> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = ${`greeting:${key}`} AND NOT deleted`,
  );
  return row ? Greeting.parse(row.doc) : null;
}

/** What callers hear who reach nobody: the first in the tenant's order; null = it has recorded and written none. */
export async function mailboxGreeting(tx: Tx, tenantId: string): Promise<Greeting | null> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings
        WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = 'greeting' AND doc->>'use' = 'mailbox'
          AND doc->>'archived' = 'false' ORDER BY (doc->>'order')::float8, id LIMIT 1`,
  );
  return row ? Greeting.parse(row.doc) : null;
}

/** @param sounds where carriers find our sounds */
export function stepsOf({ text, sound }: SpokenGreeting, tenantId: string, sounds: string): Step[] {
  if (sound === "") return [{ do: "say", text }];
  return [{ do: "play", url: `${sounds}/${encodeURIComponent(tenantId)}/${sound}.wav`, times: 1 }];
}

/** Nobody guesses 24 random bytes: whoever knows the key may fetch the sound, as carriers do. */
const soundKey = /^[\w-]{32}$/u;

export type GreetingSounds = ReturnType<typeof keepGreetingSounds>;

/** Recorded greetings as files, `<tenant>/<key>.wav`. A recording that is made anew has a new key. */
export function keepGreetingSounds(dir: string) {
  const fileOf = (tenantId: string, key: string) => join(dir, encodeURIComponent(tenantId), `${key}.wav`);
  return {
    /** @returns the key, once the sound is on the disk */
    async write(tenantId: string, wav: Uint8Array): Promise<string> {
      const key = randomBytes(24).toString("base64url");
      const file = fileOf(tenantId, key);
      await mkdir(join(file, ".."), { recursive: true });
      await writeFile(`${file}.part`, wav, { flush: true, mode: 0o600 });
      await rename(`${file}.part`, file);
      return key;
    },
    /** Null: nothing is kept under this key. Both may come from an address: a tenant of dots is a folder above. */
    read: async (tenantId: string, key: string) =>
      soundKey.test(key) && !/^\.+$/u.test(tenantId)
        ? readFile(fileOf(tenantId, key)).catch(() => null)
        : null,
    /** Removes what no greeting has any more, and what was never finished. */
    async tidy(db: Database, now: Date): Promise<void> {
      const used = new Set(await inSystem(db, readSoundKeys));
      for (const path of await readdir(dir, { recursive: true }).catch(() => [])) {
        const isUsed = used.has(basename(path, ".wav"));
        const file = join(dir, path);
        const found = isUsed ? null : await stat(file).catch(() => null);
        // A carrier may have been told to fetch it, and one that is being written has no greeting yet.
        if (found?.isFile() && found.mtimeMs < now.getTime() - unusedKeptMs) await rm(file, { force: true });
      }
    },
  };
}

const unusedKeptMs = 86_400_000;

async function readSoundKeys(tx: Tx): Promise<string[]> {
  const rows = await rowsOf<{ sound: string }>(
    tx,
    sql`SELECT doc->>'sound' AS sound FROM settings WHERE NOT deleted AND doc->>'kind' = 'greeting'`,
  );
  return rows.map(({ sound }) => sound);
}
