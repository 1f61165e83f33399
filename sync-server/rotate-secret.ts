import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { eq, sql } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { WrongSettings, type ServerConfig } from "./config.ts";
import {
  describeRunning,
  inSystem,
  openDatabase,
  rowsOf,
  schema,
  type Database,
  type Tx,
} from "./database/index.ts";
import { createSealer, type Sealer } from "./seal.ts";

/** What was sealed anew, by where it stands. */
export type Resealed = { credentials: number; letters: number; secondFactors: number };

/**
 * Seals everything anew that the server's secret protects. With RINGSIDE_SECRET that is from RINGSIDE_SECRET_BEFORE to
 * it; a secret that is kept in the data folder is made anew. No server may run meanwhile.
 * @throws WrongSettings, FolderLocked
 */
export async function rotateSecret(config: ServerConfig, secretBefore: string | null): Promise<Resealed> {
  if (config.secret === null) return rotateKept(config);
  if (secretBefore === null)
    throw new WrongSettings("Name the secret that was used until now as RINGSIDE_SECRET_BEFORE.");
  return resealIn(config, secretBefore, config.secret);
}

/** Where it broke off half-way, the second time goes on: what the new secret has sealed is left alone. */
async function rotateKept(config: ServerConfig): Promise<Resealed> {
  const [kept, next] = [join(config.dataDir, "secret"), join(config.dataDir, "secret.next")];
  if (!existsSync(kept))
    throw new WrongSettings(`There is no secret in ${config.dataDir}: no server has run there.`);
  if (!existsSync(next))
    await writeFile(next, randomBytes(48).toString("base64url"), { mode: 0o600, flush: true });
  const [before, after] = await Promise.all(
    [kept, next].map(async (file) => (await readFile(file, "utf8")).trim()),
  );
  const resealed = await resealIn(config, before ?? "", after ?? "");
  await rename(next, kept);
  return resealed;
}

async function resealIn(config: ServerConfig, before: string, after: string): Promise<Resealed> {
  const db = await openDatabase(config.database);
  try {
    // It would go on sealing with the secret until now, which nothing opens afterwards.
    const running = await describeRunning(db);
    if (running) throw new WrongSettings(running);
    return await resealAll(db, before, after);
  } finally {
    await db.close();
  }
}

/** All or nothing. What neither secret has sealed stays as it is. */
export function resealAll(db: Database, before: string, after: string): Promise<Resealed> {
  const [from, to] = [createSealer(before), createSealer(after)];
  return inSystem(db, async (tx) => {
    let credentials = 0;
    for (const place of places) credentials += await resealColumn(tx, place, from, to);
    const letters = await resealLetters(tx, from, to);
    const secondFactors = await resealSecondFactors(tx, before, after);
    // Sign-ins that are at a provider now hold a sealed value for minutes: they begin anew.
    await tx.delete(schema.providerSignIns);
    return { credentials, letters, secondFactors };
  });
}

type Place = { table: string; column: string };

/** Each is sealed for `<table>/<tenant>/<id>`, with the key's name in `key_id`. */
const places: readonly Place[] = [
  { table: "telephony_accounts", column: "credentials" },
  { table: "identity_providers", column: "client_secret" },
  { table: "ai_accounts", column: "sealed_key" },
];

async function resealColumn(tx: Tx, { table, column }: Place, from: Sealer, to: Sealer): Promise<number> {
  const [name, value] = [sql.identifier(table), sql.identifier(column)];
  const rows = await rowsOf<{ tenantId: string; id: string; sealed: string }>(
    tx,
    sql`SELECT tenant_id AS "tenantId", id, ${value} AS sealed FROM ${name}
        WHERE key_id = ${from.keyId} AND ${value} IS NOT NULL FOR UPDATE`,
  );
  for (const { tenantId, id, sealed } of rows) {
    const about = `${table}/${tenantId}/${id}`;
    const anew = to.seal(from.open(sealed, about), about);
    await tx.execute(
      sql`UPDATE ${name} SET ${value} = ${anew}, key_id = ${to.keyId} WHERE tenant_id = ${tenantId} AND id = ${id}`,
    );
  }
  return rows.length;
}

async function resealLetters(tx: Tx, from: Sealer, to: Sealer): Promise<number> {
  const rows = await rowsOf<{ tenantId: string; key: string; sealed: string }>(
    tx,
    sql`SELECT tenant_id AS "tenantId", key, payload->>'sealed' AS sealed FROM jobs
        WHERE kind = 'letter.send' AND payload->>'keyId' = ${from.keyId} FOR UPDATE`,
  );
  for (const { tenantId, key, sealed } of rows) {
    const about = `letters/${key}`;
    const payload = { sealed: to.seal(from.open(sealed, about), about), keyId: to.keyId };
    await tx.execute(
      sql`UPDATE jobs SET payload = ${JSON.stringify(payload)}::jsonb
          WHERE tenant_id = ${tenantId} AND kind = 'letter.send' AND key = ${key}`,
    );
  }
  return rows.length;
}

/** Encrypted by better-auth, which names no key: what opens with the new secret already was turned before. */
async function resealSecondFactors(tx: Tx, before: string, after: string): Promise<number> {
  const { twoFactors } = schema;
  const turn = async (data: string) =>
    symmetricEncrypt({ key: after, data: await symmetricDecrypt({ key: before, data }) });
  let turned = 0;
  for (const { id, secret, backupCodes } of await tx.select().from(twoFactors).for("update")) {
    const opens = await symmetricDecrypt({ key: before, data: secret }).catch(() => null);
    if (opens === null) continue;
    await tx
      .update(twoFactors)
      .set({ secret: await turn(secret), backupCodes: await turn(backupCodes) })
      .where(eq(twoFactors.id, id));
    turned += 1;
  }
  return turned;
}
