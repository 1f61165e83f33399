import { sql } from "drizzle-orm";
import { z } from "zod";
import { decide } from "../../ai/approvals/index.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { Refused } from "../../http/index.ts";
import { addRoute, found, managers, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { Approval, Approvals, Decide } from "./wire.ts";

const mostShown = 500;

/** What waits for somebody before it is sent, and what became of the rest. */
export function addApprovalRoutes(routes: Routes): void {
  const path = "/ai/approvals";
  addRoute(
    routes,
    { method: "GET", path, summary: "What waits for a decision, then what was decided", roles: managers, answer: Approvals }, // prettier-ignore
    async ({ tx, identity: { tenantId } }) => ({ approvals: await readApprovals(tx, tenantId, null) }),
  );
  addRoute(
    routes,
    { method: "POST", path: `${path}/:id/decision`, summary: "Let it be sent, or say why not", roles: managers, params: IdParam, body: Decide, answer: Approval }, // prettier-ignore
    async ({ tx, identity: { tenantId, userId }, params: { id }, body, now, note }) => {
      const before = await approvalOf(tx, tenantId, id);
      if (before.askedById === userId && body.approve)
        throw new Refused("forbidden", "Somebody else has to approve what you asked for.");
      const decided = await decide(tx, { tenantId, id }, { ...body, byId: userId, now: new Date(now) });
      if (!decided) throw new Refused("conflict", "This was decided already.");
      const { kind, title } = before;
      await note(body.approve ? "ai-approval.approve" : "ai-approval.reject", `ai-approvals/${id}`, { kind, title, reason: body.reason }); // prettier-ignore
      return approvalOf(tx, tenantId, id);
    },
  );
}

async function approvalOf(tx: Tx, tenantId: string, id: string): Promise<z.input<typeof Approval>> {
  return found((await readApprovals(tx, tenantId, id))[0], "approval");
}

function readApprovals(tx: Tx, tenantId: string, id: string | null): Promise<z.input<typeof Approval>[]> {
  return rowsOf<z.input<typeof Approval>>(
    tx,
    sql`SELECT a.id, a.kind, a.title, a.payload, a.asked_by_id AS "askedById", coalesce(u.name, '') AS "askedBy",
          ${isoText(sql`a.asked_at`)} AS "askedAt", a.state, d.name AS "decidedBy",
          ${isoText(sql`a.decided_at`)} AS "decidedAt", a.reason
        FROM ai_approvals a LEFT JOIN users u ON u.id = a.asked_by_id LEFT JOIN users d ON d.id = a.decided_by_id
        WHERE a.tenant_id = ${tenantId} AND (${id}::text IS NULL OR a.id = ${id})
        ORDER BY (a.state = 'waiting') DESC, a.asked_at DESC LIMIT ${mostShown}`,
  );
}
