import { sql } from "drizzle-orm";
import type { Owner } from "../../ai/accounts/index.ts";
import { isOwnAllowed } from "../../ai/catalogue/index.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, admins, type Routes } from "../route.ts";
import { personalScope } from "./scope.ts";
import { OwnModels } from "./wire.ts";

const { aiOwnModels } = schema;
const path = "/ai/own-models";

/** Whether an organisation lets its people ask models of their own. */
export function addOwnModelRoutes(routes: Routes): void {
  const { roles } = personalScope;
  addRoute(
    routes,
    { method: "GET", path, summary: "Whether people may ask models of their own", roles, answer: OwnModels },
    async ({ tx, identity: { tenantId } }) => ({ allowed: await readAllowed(tx, tenantId) }),
  );
  addRoute(
    routes,
    { method: "PUT", path, summary: "Let people ask models of their own, or not any more", roles: admins, body: OwnModels, answer: OwnModels }, // prettier-ignore
    async ({ tx, identity: { tenantId }, body, note }) => {
      const before = { allowed: await readAllowed(tx, tenantId) };
      await tx
        .insert(aiOwnModels)
        .values({ tenantId, ...body })
        .onConflictDoUpdate({ target: aiOwnModels.tenantId, set: body });
      await note("ai-own-models.change", "ai-own-models", { before, after: body });
      return body;
    },
  );
}

/** Nobody sets up for themselves what would answer nothing. @throws Refused */
export async function requireAllowed(tx: Tx, { tenantId, userId }: Owner): Promise<void> {
  if (userId !== null && !(await readAllowed(tx, tenantId)))
    throw new Refused("forbidden", "Your organisation has not allowed models of one's own.");
}

async function readAllowed(tx: Tx, tenantId: string): Promise<boolean> {
  const [row] = await rowsOf<{ allowed: boolean }>(tx, sql`SELECT ${isOwnAllowed(tenantId)} AS allowed`);
  return row?.allowed ?? false;
}
