import { sql } from "drizzle-orm";
import { applyChange } from "../../../shared/entities/partial-change.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, admins, type Routes } from "../route.ts";
import { AiRetention, ChangeAiRetention } from "./wire.ts";

const { aiRetention } = schema;
const path = "/ai/retention";

/** For how long an organisation keeps what its AI leaves behind: at most as long as the server does. */
export function addRetentionRoutes(routes: Routes): void {
  const { keeps: server } = routes.deps.ai;
  addRoute(
    routes,
    { method: "GET", path, summary: "For how long requests and conversations of nobody are kept", roles: admins, answer: AiRetention }, // prettier-ignore
    async ({ tx, identity: { tenantId } }) => ({ ...(await readRetention(tx, tenantId)), server }),
  );
  addRoute(
    routes,
    { method: "PATCH", path, summary: "Keep them for less long, or as long as the server does", roles: admins, body: ChangeAiRetention, answer: AiRetention }, // prettier-ignore
    async ({ tx, identity: { tenantId }, body, note }) => {
      for (const what of ["requestDays", "chatDays"] as const)
        if ((body[what] ?? 0) > server[what])
          throw new Refused("bad-request", `This server keeps them for ${server[what]} days at most.`);
      const before = await readRetention(tx, tenantId);
      const after = applyChange(before, body);
      await tx
        .insert(aiRetention)
        .values({ tenantId, ...after })
        .onConflictDoUpdate({ target: aiRetention.tenantId, set: after });
      await note("ai-retention.change", "ai-retention", { before, after });
      return { ...after, server };
    },
  );
}

type Retention = Pick<AiRetention, "requestDays" | "chatDays">;

async function readRetention(tx: Tx, tenantId: string): Promise<Retention> {
  const [row] = await rowsOf<Retention>(
    tx,
    sql`SELECT request_days AS "requestDays", chat_days AS "chatDays" FROM ai_retention WHERE tenant_id = ${tenantId}`,
  );
  return row ?? { requestDays: null, chatDays: null };
}
