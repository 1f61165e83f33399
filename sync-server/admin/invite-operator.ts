import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import { writeInvitation, type AuthDeps } from "../auth/index.ts";
import { inSystem, rowsOf, schema, type Tx } from "../database/index.ts";

/**
 * The way in to a new server: a link with which somebody becomes its operator. For whoever can run commands on the
 * server; no request can do this.
 */
export async function inviteOperator(
  deps: Pick<AuthDeps, "db" | "clock" | "publicUrl">,
  email: string,
): Promise<{ link: string; expiresAt: Date }> {
  return inSystem(deps.db, async (tx) => {
    const tenantId = await ensureOperations(tx);
    return writeInvitation({ ...deps, letters: null }, tx, {
      tenantId,
      email,
      role: "operator",
      teamIds: [],
      invitedById: "",
    });
  });
}

async function ensureOperations(tx: Tx): Promise<string> {
  const [known] = await rowsOf<{ id: string }>(
    tx,
    sql`SELECT id FROM tenants WHERE kind = 'operations' ORDER BY created_at LIMIT 1`,
  );
  if (known) return known.id;
  const id = v7();
  await tx.insert(schema.tenants).values({ id, name: "Operations", kind: "operations" });
  return id;
}
