import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { ApprovalAnswer, ApprovalRequest, assistantPaths } from "../../shared/assistant/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askForApproval } from "../ai/index.ts";
import { askedByPerson, audit, originOf } from "../auth/index.ts";
import { inTenant, type Tx } from "../database/index.ts";
import { identityOf, type Identity } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { readSeen } from "./read-story.ts";

const mostAMinute = 60;

/** A letter that is held asks for a second person here; what becomes of it comes to the desk by sync. */
export function addApprovalRoute(
  app: FastifyInstance,
  { db, clock, identify }: Pick<AssistantDeps, "db" | "clock" | "identify">,
): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    assistantPaths.approvals,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Ask somebody else to approve a letter. To ask twice is to ask once",
        body: ApprovalRequest,
        response: { 200: ApprovalAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const now = new Date(clock.now()).toISOString();
      return inTenant(db, identity, (tx) => ask(tx, identity, request.body, { now, ip: ipOf(request) }));
    },
  );
}

async function ask(
  tx: Tx,
  identity: Identity,
  { letter, draftId, flagged }: ApprovalRequest,
  { now, ip }: { now: string; ip: string | null },
): Promise<ApprovalAnswer> {
  const { tenantId, userId } = identity;
  const lead = await readSeen(tx, identity, "leads", letter.leadId);
  const teamId = lead.teamId ?? identity.teamIds[0] ?? null;
  const asked = await askForApproval(tx, {
    ...{ tenantId, letter, draftId, flagged, askedById: userId, teamId, now },
  });
  if (asked.isNew) {
    const details = { letter: asked.title, to: lead.name };
    await audit(tx, { tenantId, actorId: userId, action: "ai-approval.ask", subject: `ai-approvals/${asked.id}`, details, ip }); // prettier-ignore
  }
  return ApprovalAnswer.parse({ id: asked.id });
}

function ipOf(request: FastifyRequest): string | null {
  return originOf(request).ip;
}
