import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Readable } from "node:stream";
import { z } from "zod";
import {
  ArchiveName,
  archiveType,
  ImportedRecordings,
  RecordingImport,
  RecordingImports,
  recordingImportsPath as path,
  RecordingsQuery,
  StartImport,
} from "../../../shared/calls/recording-import-wire.ts";
import { newRecordId, RecordId } from "../../../shared/entities/id.ts";
import { WireError } from "../../../shared/sync/wire.ts";
import { audit, originOf, requireSameOrigin } from "../../auth/index.ts";
import { inTenant, schema, type Tx } from "../../database/index.ts";
import { identified, Refused, requireStorable, type Identify, type Identity } from "../../http/index.ts";
import { addJob } from "../../jobs/index.ts";
import { forgetArchive, keepArchive, type ImportId } from "./archive-folder.ts";
import { findAgent } from "./find-agent.ts";
import { lookJob, takeJob, undoJob, type ImportDeps } from "./import-jobs.ts";
import { discardImport, moveImport, readImport, readImports, readRecordings } from "./import-rows.ts";
import { beginUndo } from "./undo-import.ts";

type Deps = ImportDeps & { identify: Identify };

const refusals = { "4xx": WireError, "5xx": WireError };
const about = { tags: ["recording-imports"], security: [{ bearer: [] }], description: "For admin." };
const Params = z.strictObject({ id: RecordId });
const one = `${path}/:id`;

/** Recordings in bulk, for admins: an archive is kept and looked at, then taken when they say so, and taken out again. */
export async function addImportRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(async (plain) => {
    // The archive is written to the disk as it comes.
    plain.addContentTypeParser(archiveType, (_request, body, done) => done(null, body));
    addReads(plain, deps);
    addArchiveRoute(plain, deps);
    addDeeds(plain, deps);
  });
}

function addReads(app: FastifyInstance, deps: Deps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    path,
    { schema: { ...about, summary: "Imports of recordings, newest first", response: { 200: RecordingImports, ...refusals } } }, // prettier-ignore
    async (request) => {
      const { tenantId } = await requireAdmin(deps, request);
      return { imports: await inTenant(deps.db, { tenantId }, (tx) => readImports(tx, tenantId)) };
    },
  );
  routes.get(
    one,
    { schema: { ...about, summary: "An import of recordings", params: Params, response: { 200: RecordingImport, ...refusals } } }, // prettier-ignore
    async (request) => {
      const id = idOf(await requireAdmin(deps, request), request.params.id);
      return inTenant(deps.db, id, (tx) => readKnown(tx, id));
    },
  );
  routes.get(
    `${one}/recordings`,
    { schema: { ...about, summary: "Recordings of an import, by what becomes of them", params: Params, querystring: RecordingsQuery, response: { 200: ImportedRecordings, ...refusals } } }, // prettier-ignore
    async (request) => {
      const id = idOf(await requireAdmin(deps, request), request.params.id);
      return inTenant(deps.db, id, async (tx) => {
        await readKnown(tx, id);
        return readRecordings(tx, id, request.query);
      });
    },
  );
}

function addArchiveRoute(app: FastifyInstance, deps: Deps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    path,
    { preHandler: requireSameOrigin, schema: { ...about, summary: "Bring an archive of recordings to be looked at", querystring: ArchiveName, response: { 201: RecordingImport, ...refusals } } }, // prettier-ignore
    async (request, reply) => {
      const identity = await requireAdmin(deps, request);
      const id = idOf(identity, newRecordId());
      const { name } = request.query;
      if (request.headers["content-type"] !== archiveType)
        throw new Refused("bad-request", `Send the archive as ${archiveType}.`);
      const brought = {
        ...{ name, bytes: request.body as Readable },
        length: Number(request.headers["content-length"] ?? 0),
      };
      const kept = await keepArchive(deps.importsDir, id, brought);
      if (!kept.ok) throw new Refused("bad-request", kept.error);
      const begun = await inTenant(deps.db, id, async (tx) => {
        const { tenantId, importId } = id;
        const startedAt = deps.now();
        const row = {
          tenantId,
          id: importId,
          source: name,
          total: kept.value,
          byId: identity.userId,
          startedAt,
        };
        await tx.insert(schema.recordingImports).values({ ...row, state: "looking" });
        await addJob(tx, { tenantId, kind: lookJob, key: importId, dueAt: startedAt });
        return readKnown(tx, id);
      });
      return reply.status(201).send(begun);
    },
  );
}

function addDeeds(app: FastifyInstance, deps: Deps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const preHandler = [requireSameOrigin, requireStorable];
  routes.post(
    `${one}/start`,
    { preHandler, schema: { ...about, summary: "Take the recordings that can be taken", params: Params, body: StartImport, response: { 200: RecordingImport, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = await requireAdmin(deps, request);
      const id = idOf(identity, request.params.id);
      const { agentId } = request.body;
      if (agentId !== null && !(await findAgent(deps.db, id.tenantId, agentId)))
        throw new Refused("not-found", "There is no such person.");
      return inTenant(deps.db, id, async (tx) => {
        const { source } = await readKnown(tx, id);
        if (!(await moveImport(tx, id, "ready", { state: "taking", agentId })))
          throw new Refused("conflict", "It has begun already, or is still being looked at.");
        await addJob(tx, { tenantId: id.tenantId, kind: takeJob, key: id.importId, dueAt: deps.now() });
        await audit(tx, {
          ...auditOf(identity, id, request),
          action: "recordings.import",
          details: { source },
        });
        return readKnown(tx, id);
      });
    },
  );
  routes.post(
    `${one}/undo`,
    { preHandler, schema: { ...about, summary: "Take an import out again, for good", params: Params, response: { 200: RecordingImport, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = await requireAdmin(deps, request);
      const id = idOf(identity, request.params.id);
      return inTenant(deps.db, id, async (tx) => {
        const { state, total } = await readKnown(tx, id);
        // One that a command began may have been broken off: nobody knows whether it goes on.
        if (state !== "done" && !(state === "taking" && total === null))
          throw new Refused("conflict", "Only what has come in can be taken out again.");
        const { actorId, ip } = auditOf(identity, id, request);
        await beginUndo(tx, { ...id, now: deps.now(), actorId, ip });
        await addJob(tx, { tenantId: id.tenantId, kind: undoJob, key: id.importId, dueAt: deps.now() });
        return readKnown(tx, id);
      });
    },
  );
  routes.delete(
    one,
    { preHandler, schema: { ...about, summary: "Discard an archive that was not taken", params: Params, response: { 204: z.null(), ...refusals } } }, // prettier-ignore
    async (request, reply) => {
      const id = idOf(await requireAdmin(deps, request), request.params.id);
      await inTenant(deps.db, id, async (tx) => {
        await readKnown(tx, id);
        if (!(await discardImport(tx, id)))
          throw new Refused("conflict", "It has begun: take it out again instead.");
      });
      await forgetArchive(deps.importsDir, id);
      return reply.status(204).send(null);
    },
  );
}

async function requireAdmin({ identify }: Deps, request: FastifyRequest): Promise<Identity> {
  const identity = await identified(identify, request);
  if (identity.role !== "admin") throw new Refused("forbidden", "This needs the role admin.");
  return identity;
}

function idOf({ tenantId }: Identity, importId: string): ImportId {
  return { tenantId, importId };
}

async function readKnown(tx: Tx, id: ImportId): Promise<RecordingImport> {
  const known = await readImport(tx, id);
  if (!known) throw new Refused("not-found", "There is no such import.");
  return known;
}

function auditOf({ userId }: Identity, { tenantId, importId }: ImportId, request: FastifyRequest) {
  return { tenantId, actorId: userId, subject: `recording-imports/${importId}`, ip: originOf(request).ip };
}
