import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  AddedEntries,
  AddEntries,
  CallListStates,
  EntriesQuery,
  EntryMove,
  LeadsOut,
  ListedEntries,
  ListKey,
  NextAnswer,
  NextRequest,
  outboundPaths,
  RemovedEntries,
} from "../../../shared/calls/outbound/wire.ts";
import { RecordId } from "../../../shared/entities/id.ts";
import { WireError } from "../../../shared/sync/wire.ts";
import { requireSameOrigin } from "../../auth/index.ts";
import { inTenant, type Tx } from "../../database/index.ts";
import { identified, requireStorable, type Identify, type Identity } from "../../http/index.ts";
import { untilThrough } from "../attempts.ts";
import { nowOf, type TelephonyDeps } from "../deps.ts";
import { addLeads, listFor, moveEntry, removeLeads } from "./change-entries.ts";
import { createListStates, readEntries, type ListStates } from "./list-states.ts";
import { giveNext } from "./next-lead.ts";

type Deps = TelephonyDeps & { identify: Identify };
type RouteDeps = Deps & { states: ListStates };

const tags = ["telephony"];
const security = [{ bearer: [] }];
const refusals = { "4xx": WireError, "5xx": WireError };
const ofList = z.strictObject({ key: ListKey });
const ofEntry = z.strictObject({ id: RecordId });
const asPattern = (path: string) => path.replace("%3A", ":");

/** What desks and the console ask about call lists (shared/calls/outbound/wire.ts). */
export function addOutboundRoutes(app: FastifyInstance, deps: Deps): void {
  const own = { ...deps, states: createListStates() };
  addListRoutes(app, own);
  addEntryRoutes(app, own);
}

function addListRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    outboundPaths.lists,
    { schema: { tags, security, summary: "Call lists as they stand", response: { 200: CallListStates, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = await identified(deps.identify, request);
      return { lists: await inOne(deps, identity, (tx) => deps.states.read(tx, identity, nowOf(deps))) };
    },
  );
  routes.get(
    asPattern(outboundPaths.entries(":key")),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "People of a call list", params: ofList, querystring: EntriesQuery, response: { 200: ListedEntries, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      return inOne(deps, identity, async (tx) => {
        const list = await listFor(tx, identity, request.params.key);
        return readEntries(tx, identity, list, request.query, nowOf(deps));
      });
    },
  );
  routes.post(
    asPattern(outboundPaths.entries(":key")),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "Adds people to a call list", params: ofList, body: AddEntries, response: { 200: AddedEntries, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      return changing(deps, identity, async (tx) => {
        const list = await listFor(tx, identity, request.params.key);
        return addLeads(tx, identity, list, request.body, nowOf(deps));
      });
    },
  );
  routes.post(
    asPattern(outboundPaths.remove(":key")),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "Takes people out of a call list", params: ofList, body: LeadsOut, response: { 200: RemovedEntries, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      return changing(deps, identity, async (tx) => {
        const list = await listFor(tx, identity, request.params.key);
        return { removed: await removeLeads(tx, identity, list, request.body.leadIds, nowOf(deps)) };
      });
    },
  );
}

function addEntryRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    outboundPaths.next,
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "Whom to call next", body: NextRequest, response: { 200: NextAnswer, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      const answer = await giveNext(deps, identity, request.body.list);
      deps.states.forget(identity.tenantId);
      return answer;
    },
  );
  routes.post(
    asPattern(outboundPaths.entry(":id")),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "Puts somebody of a call list back, off or out", params: ofEntry, body: EntryMove, response: { 204: z.null(), ...refusals } }, // prettier-ignore
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      await changing(deps, identity, (tx) =>
        moveEntry(tx, identity, request.params.id, request.body, nowOf(deps)),
      );
      return reply.status(204).send(null);
    },
  );
}

function inOne<T>({ db }: RouteDeps, identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T> {
  return untilThrough(() => inTenant(db, identity, work));
}

async function changing<T>(deps: RouteDeps, identity: Identity, work: (tx: Tx) => Promise<T>): Promise<T> {
  const done = await inOne(deps, identity, work);
  deps.states.forget(identity.tenantId);
  return done;
}
