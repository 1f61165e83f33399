import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "../../shared/result/ports.ts";
import {
  oldestProtocol,
  protocolVersion,
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  type ScopeChanged,
  syncPaths,
  WireError,
} from "../../shared/sync/wire.ts";
import type { Database } from "../database/index.ts";
import {
  identityOf,
  Refused,
  requireIdentity,
  type DeviceIdentity,
  type Identify,
  type Identity,
} from "../http/index.ts";
import { pull } from "./pull.ts";
import { push } from "./push/push.ts";
import type { SyncMetrics } from "./metrics.ts";

export type SyncRoutesDeps = {
  db: Database;
  clock: Clock;
  identify: Identify;
  feedEpoch: string;
  metrics: SyncMetrics;
};

/** Room for 1,000 edits with long notes. */
const pushBodyLimit = 16 * 1024 * 1024;

/** Pull and push ([PULL-1] and following, [PUSH-1] and following of shared/sync/SPEC.md). */
export function addSyncRoutes(app: FastifyInstance, deps: SyncRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const security = [{ bearer: [] }];
  const tags = ["sync"];

  routes.post(
    syncPaths.pull,
    {
      schema: {
        tags,
        security,
        summary: "One page of a collection's feed",
        body: PullRequest,
        response: answers(PullResponse),
      },
      preParsing: requireIdentity(deps.identify),
      preValidation: requireProtocol,
    },
    async (request, reply) => {
      const identity = ofDevice(identityOf(request), request.body.device);
      const pulled = await pull(deps, identity, request.body);
      if (!pulled.ok) throw scopeChanged(pulled.error.scope);
      deps.metrics.pulled(request.body.collection, pulled.value);
      return asJson<PullResponse>(reply, pulled.value.body);
    },
  );

  routes.post(
    syncPaths.push,
    {
      bodyLimit: pushBodyLimit,
      schema: {
        tags,
        security,
        summary: "Takes edits, each once however often it comes",
        body: PushRequest,
        response: answers(PushResponse),
      },
      preParsing: requireIdentity(deps.identify),
      preValidation: requireProtocol,
    },
    async (request, reply) => {
      const identity = ofDevice(identityOf(request), request.body.device);
      const pushed = await push(deps, identity, request.body);
      if (!pushed.ok) throw scopeChanged(pushed.error.scope);
      deps.metrics.pushed(pushed.value.counts);
      return asJson<PushResponse>(reply, pushed.value.body);
    },
  );
}

function answers<T extends z.ZodType>(success: T) {
  return { 200: success, "4xx": WireError, "5xx": WireError };
}

function scopeChanged(scope: string): Refused {
  return new Refused("scope-changed", "What you may see has changed: pull from the start.", {
    scope,
  } satisfies ScopeChanged);
}

const Spoken = z.object({ protocol: z.int() });

/**
 * [SES-1] Looked at before the rest of a request: what a newer desk says more must not pass for a fault of its edits.
 * One that names no protocol at all is refused with the rest.
 */
async function requireProtocol({ body }: FastifyRequest): Promise<void> {
  const spoken = Spoken.safeParse(body);
  if (!spoken.success) return;
  if (spoken.data.protocol < oldestProtocol) {
    throw new Refused(
      "update-required",
      "This desk is too old for the server: update it. Your edits are kept.",
    );
  }
  if (spoken.data.protocol > protocolVersion) {
    throw new Refused(
      "update-required",
      "This desk is newer than the server: the server must be updated first. Your edits are kept.",
    );
  }
}

/** A token is good for the device that it was made for, and for no other. */
export function ofDevice(identity: Identity, device: string): DeviceIdentity {
  const { deviceId } = identity;
  if (deviceId === null || deviceId !== device)
    throw new Refused("forbidden", "This sign-in belongs to another device.");
  return { ...identity, deviceId };
}

/**
 * Sends JSON text as the value that it stands for: parsing it here to serialise it again would cost more than the
 * query that made it.
 */
function asJson<T>(reply: JsonReply, text: string): T {
  reply.type("application/json; charset=utf-8");
  reply.serializer((body) => body);
  return text as unknown as T;
}

type JsonReply = { type(mime: string): unknown; serializer(serialize: (body: string) => string): unknown };
