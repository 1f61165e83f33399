import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { examplesOf } from "../../shared/coaching/playbook/meanings.ts";
import { coachingPaths, MeaningAnswer, MeaningRequest } from "../../shared/coaching/server-wire.ts";
import type { Playbook } from "../../shared/entities/setting.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { identityOf, Refused, type Identity } from "../http/index.ts";
import { compareMeanings } from "./compare-meanings.ts";
import type { CoachingDeps } from "./deps.ts";
import { readKnownOf } from "./read-call.ts";
import { requireTheirCall } from "./their-call.ts";

/** A desk asks every two seconds at most; one that asks more often is broken. */
const mostAMinute = 40;

/** What means the same as what a playbook listens for, for the desk that coaches the call. */
export function addMeaningRoute(app: FastifyInstance, deps: CoachingDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    coachingPaths.meaning,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        tags: ["coaching"],
        security: [{ bearer: [] }],
        summary: "Compares what was said with what a playbook listens for, by meaning",
        body: MeaningRequest,
        response: { 200: MeaningAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const { said } = request.body;
      const { examples, known } = await readAsked(deps, identity, request.body);
      if (examples.length === 0) return { state: "compared" as const, alike: [] };
      const { tenantId } = identity;
      const { state, alike } = await compareMeanings(
        { ai: deps.ai, tenantId, priority: "live", known },
        examples,
        said,
      );
      return { state, alike: alike.map((row) => [...row]) };
    },
  );
}

function readAsked({ db }: CoachingDeps, identity: Identity, { callId, playbookId }: MeaningRequest) {
  const { tenantId } = identity;
  return inTenant(db, identity, async (tx) => {
    const { leadId } = await requireTheirCall(tx, identity, callId);
    const playbook = await readPlaybook(tx, tenantId, playbookId);
    const known = await readKnownOf(tx, tenantId, { leadId, agentIds: [identity.userId] });
    return { examples: examplesOf(playbook), known };
  });
}

/** Those that every desk has: a draft is nobody's yet. */
async function readPlaybook(tx: Tx, tenantId: string, id: string): Promise<Playbook> {
  const [row] = await rowsOf<{ doc: Playbook }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = ${id} AND NOT deleted
          AND doc->>'kind' = 'playbook' AND doc->>'state' <> 'draft'`,
  );
  if (!row) throw new Refused("not-found", "There is no such playbook.");
  return row.doc;
}
