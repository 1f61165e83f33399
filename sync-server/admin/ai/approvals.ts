import { sql } from "drizzle-orm";
import type { z } from "zod";
import { decide, LetterPayload } from "../../ai/approvals/index.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { Refused, type Identity } from "../../http/index.ts";
import { addRoute, found, managers, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { Approval, Approvals, Decide } from "./wire.ts";

const mostShown = 500;

/** Letters that wait for somebody before they leave, and what became of the rest. */
export function addApprovalRoutes(routes: Routes): void {
  const path = "/ai/approvals";
  addRoute(
    routes,
    { method: "GET", path, summary: "What waits for a decision, then what was decided; of one's own teams", roles: managers, answer: Approvals }, // prettier-ignore
    async ({ tx, identity }) => ({ approvals: await readApprovals(tx, identity, null) }),
  );
  addRoute(
    routes,
    { method: "POST", path: `${path}/:id/decision`, summary: "Let it leave, or say why not", roles: managers, params: IdParam, body: Decide, answer: Approval }, // prettier-ignore
    async ({ tx, identity, params: { id }, body, now, note }) => {
      const { tenantId, userId } = identity;
      const { leadName, title, askedById, askedBy } = await approvalOf(tx, identity, id);
      if (askedById === userId)
        throw new Refused("forbidden", "Somebody else has to decide what you asked for.");
      const decided = await decide(tx, { tenantId, id }, { ...body, byId: userId, now });
      if (!decided) throw new Refused("conflict", "This was decided already.");
      const details = { letter: title, to: leadName, "asked by": askedBy, reason: body.reason };
      await note(body.approve ? "ai-approval.approve" : "ai-approval.reject", `ai-approvals/${id}`, details);
      return approvalOf(tx, identity, id);
    },
  );
}

type Shown = z.input<typeof Approval>;

async function approvalOf(tx: Tx, identity: Identity, id: string): Promise<Shown> {
  return found((await readApprovals(tx, identity, id))[0], "letter that waits");
}

/** Those that this person may decide on: all of an admin's organisation, of a manager what is their teams' or nobody's. */
async function readApprovals(tx: Tx, identity: Identity, id: string | null): Promise<Shown[]> {
  const { tenantId, role, teamIds } = identity;
  type Stored = Omit<Shown, "letter" | "flagged"> & { payload: unknown };
  const rows = await rowsOf<Stored>(
    tx,
    sql`SELECT a.id, a.title, a.payload, coalesce(l.doc->>'name', '') AS "leadName",
          a.asked_by_id AS "askedById", coalesce(u.name, '') AS "askedBy", ${isoText(sql`a.asked_at`)} AS "askedAt",
          a.state, d.name AS "decidedBy", ${isoText(sql`a.decided_at`)} AS "decidedAt", a.reason
        FROM ai_approvals a
          JOIN insights i ON i.tenant_id = a.tenant_id AND i.id = a.id AND NOT i.deleted
          LEFT JOIN leads l ON l.tenant_id = a.tenant_id AND l.id = i.parent_id
          LEFT JOIN users u ON u.id = a.asked_by_id LEFT JOIN users d ON d.id = a.decided_by_id
        WHERE a.tenant_id = ${tenantId} AND (${id}::text IS NULL OR a.id = ${id})
          AND (${role !== "manager"} OR i.doc->>'teamId' IS NULL
            OR i.doc->>'teamId' = ANY(${sql.param([...teamIds])}::text[]))
        ORDER BY (a.state = 'waiting') DESC, a.asked_at DESC LIMIT ${mostShown}`,
  );
  return rows.map(({ payload, ...row }) => {
    const { letter, flagged } = LetterPayload.parse(payload);
    return { ...row, letter, flagged };
  });
}
