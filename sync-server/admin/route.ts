import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Role } from "../../shared/entities/setting.ts";
import { WireError } from "../../shared/sync/wire.ts";
import type { Ai } from "../ai/index.ts";
import type { AiAccountRecords } from "../ai/accounts/index.ts";
import type { Connect } from "../ai/catalogue/index.ts";
import { audit, originOf, requireSameOrigin, type Auth, type Origin } from "../auth/index.ts";
import { inSystem, inTenant, type Tx } from "../database/index.ts";
import { identified, Refused, requireStorable, type Identity } from "../http/index.ts";
import type { Accounts } from "../telephony/index.ts";
import type { PromptTask } from "./ai/try-prompt.ts";

export type AdminDeps = Auth & {
  /** Telephone accounts, whose secrets only they can open. */
  accounts: Accounts;
  ai: AdminAi;
  /** When this node started, ms since the epoch. */
  nodeStartedAt: number;
};

/** What the pages about models need of the gateway. */
export type AdminAi = {
  /** Accounts with providers, whose keys only they can open. */
  accounts: AiAccountRecords;
  connect: Connect;
  gateway: Ai;
  /** What prompts are for, by their names. */
  tasks: readonly PromptTask[];
  /** The model that the server's settings name. */
  environment: { model: string; price: { input: number; output: number } | null } | null;
  /** The model that listens to calls, where the server's settings name a provider of speech-to-text. */
  listensWith: string | null;
  /** How long the server keeps lines of requests, and conversations of nobody, in days. */
  keeps: { requestDays: number; chatDays: number };
  /** Where `npm run eval -- --json FILE` is to write for the page that shows it. */
  evaluationFile: string;
};

/** One address of the administration API: everything about it that can be said without code. */
export type RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below /api/v1. */
  path: string;
  summary: string;
  roles: readonly Role[];
  params?: P;
  query?: Q;
  body?: B;
  /** Null = 204, nothing to say. */
  answer: A | null;
  status?: 200 | 201;
  /** `server`: the transaction sees all tenants, so that the handler must name its own. */
  as?: "tenant" | "server";
};

/** A request, checked and inside its transaction: throwing undoes everything, its audit entry included. */
export type Call<P, Q, B> = {
  tx: Tx;
  identity: Identity;
  params: P;
  query: Q;
  body: B;
  /** The server's clock. */
  now: string;
  origin: Origin;
  /** Writes to the audit log what was done; never a secret. */
  note(action: string, subject: string, details?: Record<string, unknown>): Promise<void>;
};

export const apiRoot = "/api/v1";
export const everybody: readonly Role[] = ["operator", "admin", "manager", "agent"];
export const managers: readonly Role[] = ["admin", "manager"];
export const admins: readonly Role[] = ["admin"];
export const operators: readonly Role[] = ["operator"];

/** What each role may ask, as `GET /people`: filled as routes are added, shown by `GET /me`. */
export type Directory = { method: string; path: string; roles: readonly Role[] }[];
export type Routes = { app: FastifyInstance; deps: AdminDeps; directory: Directory };

const nothing = z.strictObject({});

export function addRoute<
  A extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  routes: Routes,
  spec: RouteSpec<P, Q, B, A>,
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A> | void>,
): void {
  const { deps } = routes;
  serve(routes, spec, (identity, request) => {
    const work = (tx: Tx) => handle(callOf(deps, tx, identity, request) as never);
    return spec.as === "server" ? inSystem(deps.db, work) : inTenant(deps.db, identity, work);
  });
}

/** A request that asks a carrier, or ends with its transaction behind it: it begins its own. */
export type OpenCall<P, Q, B> = Omit<Call<P, Q, B>, "tx" | "note"> & {
  inTransaction<T>(work: (call: Call<P, Q, B>) => Promise<T>): Promise<T>;
};

/** As `addRoute`, for what must not hold a transaction while others are asked. */
export function addOpenRoute<
  A extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  routes: Routes,
  spec: Omit<RouteSpec<P, Q, B, A>, "as">,
  handle: (call: OpenCall<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A> | void>,
): void {
  const { deps } = routes;
  serve(routes, spec, (identity, request) =>
    handle({
      ...(factsOf(deps, identity, request) as OpenCall<never, never, never>),
      inTransaction: (work) =>
        inTenant(deps.db, identity, (tx) => work(callOf(deps, tx, identity, request) as never)),
    }),
  );
}

function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  { app, deps, directory }: Routes,
  spec: Omit<RouteSpec<P, Q, B, A>, "as">,
  handle: (identity: Identity, request: FastifyRequest) => Promise<unknown>,
): void {
  const { method, path, summary, roles, params = nothing, query = nothing, body, answer } = spec;
  directory.push({ method, path, roles });
  const done = answer === null ? 204 : (spec.status ?? 200);
  // Types come from the spec; the app's compilers check the same schemas at run time.
  app.route({
    method,
    url: apiRoot + path,
    preHandler: [requireSameOrigin, requireStorable],
    schema: {
      tags: [path.split("/")[1] ?? ""],
      summary,
      description: `For ${roles.join(", ")}.`,
      security: [{ bearer: [] }],
      params,
      querystring: query,
      ...(body === undefined ? {} : { body }),
      response: { [done]: answer ?? z.null(), "4xx": WireError, "5xx": WireError },
    },
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const identity = await identified(deps.identify, request);
      if (!roles.includes(identity.role))
        throw new Refused("forbidden", `This needs the role ${roles.join(" or ")}.`);
      const result = await handle(identity, request);
      return reply.status(done).send(answer === null ? null : result);
    },
  });
}

function callOf(
  deps: AdminDeps,
  tx: Tx,
  identity: Identity,
  request: FastifyRequest,
): Call<unknown, unknown, unknown> {
  const facts = factsOf(deps, identity, request);
  const { tenantId, userId } = identity;
  return {
    tx,
    ...facts,
    note: (action, subject, details = {}) =>
      audit(tx, { tenantId, actorId: userId, action, subject, details, ip: facts.origin.ip }),
  };
}

function factsOf(deps: AdminDeps, identity: Identity, request: FastifyRequest) {
  return {
    identity,
    params: request.params,
    query: request.query,
    body: request.body,
    now: new Date(deps.clock.now()).toISOString(),
    origin: originOf(request),
  };
}

/** The first row, or the end of the request. */
export function found<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Refused("not-found", `There is no such ${what}.`);
  return value;
}
