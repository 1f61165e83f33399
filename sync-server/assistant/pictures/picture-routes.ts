import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  DrawAnswer,
  DrawRequest,
  picturePaths,
  UsedPicture,
  PutPicture,
} from "../../../shared/assistant/listings/picture-wire.ts";
import { RecordId } from "../../../shared/entities/id.ts";
import { WireError } from "../../../shared/sync/wire.ts";
import { askedByPerson } from "../../auth/index.ts";
import { inTenant } from "../../database/index.ts";
import { identityOf, Refused, type Identity } from "../../http/index.ts";
import type { AssistantDeps } from "../deps.ts";
import { readSeen } from "../read-story.ts";
import { startDrawing, type Drawing } from "./draw-job.ts";
import { findPicture, findUsed, readFile, putPicture, type Kept } from "./kept-pictures.ts";

const mostAMinute = 120;

const common = { tags: ["assistant"], security: [{ bearer: [] }] };
const refusals = { "4xx": WireError, "5xx": WireError };
const listingParam = z.strictObject({ listingId: RecordId });

/** Pictures of listings: drawn, looked at, and put to the listing. */
export function addPictureRoutes(app: FastifyInstance, deps: AssistantDeps): { stop(): Promise<void> } {
  const drawing = startDrawing(app, deps);
  addDrawRoute(app, deps, drawing);
  addFileRoute(app, deps);
  addUsedRoutes(app, deps);
  return drawing;
}

function addDrawRoute(app: FastifyInstance, deps: AssistantDeps, drawing: Drawing): void {
  // A desk whose connection broke asks again while the model still draws.
  const underWay = new Map<string, Promise<DrawAnswer>>();
  app.withTypeProvider<ZodTypeProvider>().post(
    picturePaths.draw,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        ...common,
        summary: "Draw a picture of a listing. To ask again with the id of one that was drawn draws no other",
        body: DrawRequest,
        response: { 200: DrawAnswer, ...refusals },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const { id, listingId } = request.body;
      const key = JSON.stringify([identity.tenantId, identity.userId, listingId, id]);
      const going =
        underWay.get(key) ?? draw(deps, drawing, identity, request.body).finally(() => underWay.delete(key));
      underWay.set(key, going);
      return going;
    },
  );
}

/** What is drawn is paid for and kept, also where the desk has stopped waiting: it asks again for the same. */
async function draw(
  { db }: AssistantDeps,
  drawing: Drawing,
  identity: Identity,
  request: DrawRequest,
): Promise<DrawAnswer> {
  const { id, listingId } = request;
  const before = await inTenant(db, identity, async (tx) => {
    await readSeen(tx, identity, "listings", listingId);
    const found = await findPicture(tx, identity, id);
    if (found === null) await drawing.want(tx, identity, request);
    return found;
  });
  if (before) return answerOf(requireOf(listingId, before));
  await drawing.finish(identity, id);
  const kept = await inTenant(db, identity, (tx) => findPicture(tx, identity, id));
  if (kept === null) throw new Refused("not-found", "The listing was deleted while it was drawn.");
  return answerOf(requireOf(listingId, kept));
}

function requireOf(listingId: string, picture: Kept): Kept {
  if (picture.listingId === listingId) return picture;
  throw new Refused("conflict", "This picture is of another listing.");
}

function answerOf({ requestId, instead, ...picture }: Kept): DrawAnswer {
  const { by, model } = picture;
  return { requestId, by, model, instead, picture };
}

function addFileRoute(app: FastifyInstance, { db, identify }: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    picturePaths.file(":id").replace("%3A", ":"),
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        ...common,
        summary: "A picture's file; it never changes",
        params: z.strictObject({ id: RecordId }),
        response: { 200: z.unknown().describe("The picture"), ...refusals },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      const file = await inTenant(db, identity, (tx) => readFile(tx, identity, request.params.id));
      if (file === null) throw noPicture();
      void reply.type(file.mimeType).header("cache-control", "private, max-age=31536000, immutable");
      // Opened by itself, too, a card is a picture and no page.
      void reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      return reply.send(file.bytes);
    },
  );
}

function addUsedRoutes(app: FastifyInstance, { db, clock, identify }: AssistantDeps): void {
  const path = picturePaths.used(":listingId").replace("%3A", ":");
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    path,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        ...common,
        summary: "The picture that a listing has",
        params: listingParam,
        response: { 200: UsedPicture, ...refusals },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const { listingId } = request.params;
      return inTenant(db, identity, async (tx) => {
        await readSeen(tx, identity, "listings", listingId);
        return { picture: await findUsed(tx, identity, listingId) };
      });
    },
  );
  routes.post(
    path,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        ...common,
        summary: "Put a picture to a listing, or take it away. Who sees a listing may change it",
        params: listingParam,
        body: PutPicture,
        response: { 200: UsedPicture, ...refusals },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const { listingId } = request.params;
      const { id } = request.body;
      const at = new Date(clock.now()).toISOString();
      return inTenant(db, identity, async (tx) => {
        await readSeen(tx, identity, "listings", listingId);
        const picture = id === null ? null : await findPicture(tx, identity, id);
        if (id !== null && picture?.listingId !== listingId) throw noPicture();
        await putPicture(tx, identity, listingId, id, at);
        return { picture: await findUsed(tx, identity, listingId) };
      });
    },
  );
}

function noPicture(): Refused {
  return new Refused("not-found", "There is no such picture.");
}
