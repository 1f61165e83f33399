import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { sql } from "drizzle-orm";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openAiAccountRecords } from "./ai/accounts/index.ts";
import { readConfig } from "./config.ts";
import { inSystem, openDatabase, rowsOf, schema, type Database } from "./database/index.ts";
import { rotateSecret } from "./rotate-secret.ts";
import { createSealer } from "./seal.ts";
import { readSecret } from "./secret.ts";

const [before, after] = [
  "the secret until now, thirty-two letters",
  "the secret from now on, thirty-two letters",
];
const owner = { tenantId: "north", userId: null };
const now = new Date("2026-11-21T12:00:00Z");
let dataDir = "";

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "ringside-rotate-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase({ kind: "embedded", dataDir });
  return work(db).finally(() => db.close());
}

/** One of everything that a secret seals. @returns the AI account's id */
function seal(db: Database, secret: string): Promise<string> {
  const sealer = createSealer(secret);
  const keyId = sealer.keyId;
  return inSystem(db, async (tx) => {
    const credentials = sealer.seal("line", "telephony_accounts/north/l");
    await tx.insert(schema.telephonyAccounts).values({ tenantId: "north", id: "l", provider: "sip", config: {}, credentials, keyId }); // prettier-ignore
    await tx.execute(sql`INSERT INTO tenants (id, name) VALUES ('north', 'North')`);
    const clientSecret = sealer.seal("door", "identity_providers/north/p");
    await tx.insert(schema.identityProviders).values({ tenantId: "north", id: "p", name: "P", issuer: "https://p", clientSecret, keyId }); // prettier-ignore
    const payload = { sealed: sealer.seal("letter", "letters/k"), keyId };
    await tx.insert(schema.jobs).values({ tenantId: "", kind: "letter.send", key: "k", payload, dueAt: now });
    await tx.execute(sql`RESET ROLE`);
    await tx.execute(sql`INSERT INTO users (id, name, email) VALUES ('u', 'U', 'u@x.example')`);
    const [codes, factor] = await Promise.all(["codes", "factor"].map((data) => symmetricEncrypt({ key: secret, data }))); // prettier-ignore
    await tx
      .insert(schema.twoFactors)
      .values({ id: "f", userId: "u", secret: factor ?? "", backupCodes: codes ?? "" });
    const account = { kind: "openai", label: "", baseUrl: "https://m.example", apiVersion: null } as const;
    return openAiAccountRecords(sealer).create(tx, owner, { ...account, apiKey: "key", now });
  });
}

/** What opens with a secret, of everything that is sealed. */
function open(db: Database, secret: string, id: string): Promise<unknown[]> {
  const sealer = createSealer(secret);
  const take = (work: () => string) => {
    try {
      return work();
    } catch {
      return null;
    }
  };
  return inSystem(db, async (tx) => {
    const [row] = await rowsOf<Record<"line" | "door" | "letter" | "factor" | "codes", string>>(
      tx,
      sql`SELECT (SELECT credentials FROM telephony_accounts) AS line, (SELECT client_secret FROM identity_providers) AS door,
        (SELECT payload->>'sealed' FROM jobs) AS letter, (SELECT secret FROM two_factors) AS factor,
        (SELECT backup_codes FROM two_factors) AS codes`,
    );
    if (!row) expect.fail();
    const factor = (data: string) => symmetricDecrypt({ key: secret, data }).catch(() => null);
    return [
      take(() => sealer.open(row.line, "telephony_accounts/north/l")),
      take(() => sealer.open(row.door, "identity_providers/north/p")),
      take(() => sealer.open(row.letter, "letters/k")),
      await factor(row.factor),
      await factor(row.codes),
      (await openAiAccountRecords(sealer).open(tx, { ...owner, id }))?.apiKey ?? null,
    ];
  });
}

const everything = ["line", "door", "letter", "factor", "codes", "key"];
const nothing = everything.map(() => null);

describe("another secret", () => {
  test("opens everything that the one before had sealed, and that one opens nothing any more", async () => {
    const id = await inDatabase((db) => seal(db, before));
    const config = readConfig({ DATA_DIR: dataDir, RINGSIDE_SECRET: after });
    expect(await rotateSecret(config, before)).toEqual({ credentials: 3, letters: 1, secondFactors: 1 });
    expect(await inDatabase((db) => open(db, after, id))).toEqual(everything);
    expect(await inDatabase((db) => open(db, before, id))).toEqual(nothing);
    // A second time there is nothing left to do, and nothing is spoilt.
    expect(await rotateSecret(config, before)).toEqual({ credentials: 0, letters: 0, secondFactors: 0 });
    expect(await inDatabase((db) => open(db, after, id))).toEqual(everything);
  });

  test("a secret that is kept in the folder is made anew, and takes its place at the end", async () => {
    const config = readConfig({ DATA_DIR: dataDir });
    const kept = await readSecret(config);
    const id = await inDatabase((db) => seal(db, kept));
    await rotateSecret(config, null);
    const made = await readFile(join(dataDir, "secret"), "utf8");
    expect(made).not.toBe(kept);
    expect(await readdir(dataDir)).not.toContain("secret.next");
    expect(await inDatabase((db) => open(db, made, id))).toEqual(everything);
  });

  test("nobody guesses which secret it was before", async () => {
    const config = readConfig({ DATA_DIR: dataDir, RINGSIDE_SECRET: after });
    await expect(rotateSecret(config, null)).rejects.toThrow("RINGSIDE_SECRET_BEFORE");
    await expect(rotateSecret(readConfig({ DATA_DIR: dataDir }), null)).rejects.toThrow(
      "no server has run there",
    );
  });
});
