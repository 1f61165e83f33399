import fastifyStatic from "@fastify/static";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { mkdir } from "node:fs/promises";
import { relative } from "node:path";
import { z } from "zod";
import {
  CallControl,
  DemoCallers,
  DemoCallRequest,
  DialPermit,
  DialRequest,
  LineAccess,
  telephonyPaths,
  TransferPermit,
  TransferRequest,
} from "../../shared/calls/server-wire.ts";
import { RecordId } from "../../shared/entities/id.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { originOf, requireSameOrigin } from "../auth/index.ts";
import { inTenant, rowsOf } from "../database/index.ts";
import { identified, Refused, requireStorable, type Identify, type Identity } from "../http/index.ts";
import type { Connected } from "./accounts.ts";
import { untilThrough } from "./attempts.ts";
import { controlCall } from "./control-call.ts";
import { ensureDemoLine, readOwnNumber, type DemoCarrier } from "./demo.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { permitDial, type DialRefusal } from "./dial.ts";
import { addOutboundRoutes } from "./outbound/routes.ts";
import { permitTransfer } from "./permit-transfer.ts";
import type { CarrierAccount } from "./port.ts";
import { callOfKey, recordingFile } from "./recordings.ts";

export type RouteDeps = TelephonyDeps & { identify: Identify; demo: DemoCarrier | null };

const tags = ["telephony"];
const security = [{ bearer: [] }];
const refusals = { "4xx": WireError, "5xx": WireError };

/** What desks ask about calls (shared/calls/server-wire.ts). */
export async function addTelephonyRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  addLineRoute(app, deps);
  addCallRoutes(app, deps);
  addDemoRoutes(app, deps);
  addOutboundRoutes(app, deps);
  await addRecordingRoute(app, deps);
}

function addLineRoute(app: FastifyInstance, deps: RouteDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    telephonyPaths.line,
    {
      schema: {
        tags,
        security,
        summary: "Opens this person's line",
        response: { 200: LineAccess, ...refusals },
      },
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      const { account, carrier, line } = await lineOf(deps, identity);
      // The first call of a server must not wait until its carrier's library has been loaded, which takes a second.
      void line().catch(() => {});
      const agent = { userId: identity.userId, name: await readName(deps, identity) };
      const access = await carrier.openLine(account, agent, nowOf(deps));
      if (access === null)
        throw new Refused("not-found", "You have no line at the exchange yet. An admin gives you one.");
      return access;
    },
  );
}

/** What whoever is called may read. */
async function readName({ db }: RouteDeps, identity: Identity): Promise<string> {
  const [user] = await inTenant(db, identity, (tx) =>
    rowsOf<{ name: string }>(tx, sql`SELECT name FROM users WHERE id = ${identity.userId}`),
  );
  return user?.name ?? "";
}

function addCallRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    telephonyPaths.calls,
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "May this number be dialled now?", body: DialRequest, response: { 200: DialPermit, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      const { account } = await lineOf(deps, identity);
      const origin = { ip: originOf(request).ip, now: nowOf(deps) };
      const permit = await untilThrough(() =>
        inTenant(deps.db, identity, (tx) => permitDial(tx, account, identity, request.body, origin)),
      );
      if (!permit.ok) throw refusedDial(permit.error);
      return permit.value;
    },
  );
  routes.post(
    telephonyPaths.transfer(":callId").replace("%3A", ":"),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: {
        ...{ tags, security, summary: "May this call be given to them by its desk?" },
        params: z.strictObject({ callId: RecordId }),
        body: TransferRequest,
        response: { 200: TransferPermit, ...refusals },
      },
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      const connected = await lineOf(deps, identity);
      const origin = { ip: originOf(request).ip, now: nowOf(deps) };
      const asked = { callId: request.params.callId, target: request.body.target };
      const permit = await inTenant(deps.db, identity, (tx) =>
        permitTransfer(tx, connected, identity, asked, origin),
      );
      if (!permit.ok) throw new Refused("conflict", permit.error, { code: "not-possible" });
      return permit.value;
    },
  );
  routes.post(
    telephonyPaths.control(":callId").replace("%3A", ":"),
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: {
        ...{ tags, security, summary: "Does to a call what only the carrier can" },
        params: z.strictObject({ callId: RecordId }),
        body: CallControl,
        response: { 204: z.null(), ...refusals },
      },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      await controlCall(deps, identity, request.params.callId, request.body, originOf(request).ip);
      return reply.status(204).send(null);
    },
  );
}

function refusedDial(refusal: DialRefusal): Refused {
  return refusal.code === "busy"
    ? new Refused("conflict", refusal.message, { code: "busy" })
    : new Refused("forbidden", refusal.message, refusal.details);
}

function addDemoRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    telephonyPaths.demoCallers,
    {
      schema: {
        tags,
        security,
        summary: "Who can be asked to call",
        response: { 200: DemoCallers, ...refusals },
      },
    },
    async (request) => {
      const { demo, account } = await demoOf(deps, await identified(deps.identify, request));
      return { callers: await demo.callers(account) };
    },
  );
  routes.post(
    telephonyPaths.demoCall,
    {
      preHandler: [requireSameOrigin, requireStorable],
      schema: { tags, security, summary: "Lets somebody of the demo call this person", body: DemoCallRequest, response: { 204: z.null(), ...refusals } }, // prettier-ignore
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      const { demo, account, number } = await demoOf(deps, identity);
      if (!(await demo.call(account, number, request.body)))
        throw new Refused("not-found", "There is no such caller in the demo.");
      return reply.status(204).send(null);
    },
  );
}

type Demo = { demo: DemoCarrier; account: CarrierAccount; number: string };

async function demoOf(deps: RouteDeps, identity: Identity): Promise<Demo> {
  const none = new Refused("not-found", "There is no demo for this organisation.");
  const connected = await ensureDemoLine(deps, identity.tenantId);
  if (connected?.account.provider !== "simulator" || !deps.demo) throw none;
  const number = await inTenant(deps.db, identity, (tx) =>
    readOwnNumber(tx, identity.tenantId, identity.userId),
  );
  if (number === null) throw none;
  return { demo: deps.demo, account: connected.account, number };
}

/** The tenant's account; the demo's is made where it is missing. */
async function lineOf(deps: RouteDeps, { tenantId }: Identity): Promise<Connected> {
  const connected = await ensureDemoLine(deps, tenantId);
  if (!connected)
    throw new Refused("not-found", "No telephone line is set up. An admin does that in the console.");
  return connected;
}

/** Two-channel sound in pieces, as players ask for it. */
async function addRecordingRoute(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  await mkdir(deps.recordingsDir, { recursive: true });
  await app.register(async (files) => {
    await files.register(fastifyStatic, { root: deps.recordingsDir, serve: false });
    files.withTypeProvider<ZodTypeProvider>().get(
      telephonyPaths.recording(":key").replace("%3A", ":"),
      {
        preHandler: [requireSameOrigin, requireStorable],
        schema: { tags, security, summary: "A call's recording, with ranges", params: z.strictObject({ key: z.string().min(1).max(200) }), response: refusals }, // prettier-ignore
      },
      async (request, reply) => {
        const identity = await identified(deps.identify, request);
        const { key } = request.params;
        await requireMayHear(deps, identity, key);
        const file = recordingFile(deps.recordingsDir, identity.tenantId, key);
        reply.header("cache-control", "private, max-age=31536000, immutable");
        return (reply as unknown as { sendFile(path: string): never }).sendFile(
          relative(deps.recordingsDir, file),
        );
      },
    );
  });
}

/** Whoever sees the call may hear it. */
async function requireMayHear(deps: RouteDeps, identity: Identity, key: string): Promise<void> {
  const found = await inTenant(deps.db, identity, (tx) =>
    rowsOf(
      tx,
      sql`SELECT 1 FROM calls WHERE tenant_id = ${identity.tenantId} AND id = ${callOfKey(key)} AND NOT deleted
            AND audience && ${sql.param(keysOf(identity))}::text[] AND (EXISTS (
              SELECT FROM call_events e WHERE e.tenant_id = calls.tenant_id AND e.call_id = calls.id
                AND e.event->>'type' = 'recording-ready' AND e.event->>'recording' = ${key})
              OR EXISTS (
                SELECT FROM imported_recordings i WHERE i.tenant_id = calls.tenant_id AND i.call_id = calls.id
                  AND calls.doc->>'recording' = ${key}))`,
    ),
  );
  if (found.length === 0) throw new Refused("not-found", "There is no such recording.");
}
