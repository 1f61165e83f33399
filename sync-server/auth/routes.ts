import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  AcceptInvitation,
  ChangePassword,
  ConfirmCode,
  ConfirmPassword,
  DemoPeople,
  DemoSignInRequest,
  InvitationInfo,
  LinkToken,
  RequestReset,
  ResetPassword,
  SecondFactorRequest,
  SecondFactorSetup,
  SessionInfo,
  sessionPath,
  SignedIn,
  SignInRequest,
  SignInResponse,
  type SignInClient,
} from "../../shared/sync/session-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { inSystem } from "../database/index.ts";
import { identified, Refused, requireStorable, type Identify } from "../http/index.ts";
import type { Began } from "./begin-session.ts";
import { cookieOf } from "./cookie.ts";
import { isOnThisMachine, listDemoPeople, signInDemo } from "./demo-sign-in.ts";
import type { AuthDeps, Origin } from "./deps.ts";
import { endSessions } from "./end-sessions.ts";
import { orRefuse } from "./failure.ts";
import { acceptInvitation, readInvitation } from "./invitations.ts";
import { changePassword, requestReset, resetPassword } from "./passwords.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { confirmSecondFactor, removeSecondFactor, setUpSecondFactor } from "./second-factor.ts";
import { readSessionInfo } from "./session-info.ts";
import { signIn, verifySecondFactor, type SignInOutcome } from "./sign-in.ts";

export type AuthRoutesDeps = AuthDeps & { identify: Identify; listensOn: string; signInsPerMinute: number };

const tags = ["sign-in"];
const signedIn = [{ bearer: [] }];
const nothing = z.null();
const checks = [requireSameOrigin, requireStorable];
const refusals = { "4xx": WireError, "5xx": WireError };
const Link = z.strictObject({ token: LinkToken });

/** The endpoints of shared/sync/session-wire.ts, for desks and browsers alike. */
export function addAuthRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  addSignInRoutes(app, deps);
  addDemoRoutes(app, deps);
  addLinkRoutes(app, deps);
  addOwnRoutes(app, deps);
}

/** Guesses are counted by throttle.ts; this one only keeps a loop from burning the processor with hashing. */
function limited({ signInsPerMinute }: AuthRoutesDeps) {
  return { rateLimit: { max: signInsPerMinute, timeWindow: "1 minute" } };
}

function addSignInRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    `${sessionPath}/sign-in`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        summary: "Sign in",
        body: SignInRequest,
        response: { 200: SignInResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const outcome = orRefuse(await signIn(deps, request.body, originOf(request)));
      return answer(outcome, request.body.client, request, reply);
    },
  );
  routes.post(
    `${sessionPath}/second-factor`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        summary: "Sign in, second step",
        body: SecondFactorRequest,
        response: { 200: SignedIn, ...refusals },
      },
    },
    async (request, reply) => {
      const began = orRefuse(await verifySecondFactor(deps, request.body, originOf(request)));
      return handOver(began, request.body.client, request, reply);
    },
  );
}

function addDemoRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const requireThisMachine = (request: FastifyRequest) => {
    if (!isOnThisMachine(deps.listensOn, request))
      throw new Refused("not-found", "There is no demo on this server.");
  };
  routes.get(
    `${sessionPath}/demo`,
    {
      schema: {
        tags,
        summary: "Whom one may become in the demo",
        response: { 200: DemoPeople, ...refusals },
      },
    },
    async (request) => {
      requireThisMachine(request);
      return orRefuse(await listDemoPeople(deps));
    },
  );
  routes.post(
    `${sessionPath}/demo`,
    {
      preHandler: checks,
      schema: {
        tags,
        summary: "Become somebody in the demo",
        body: DemoSignInRequest,
        response: { 200: SignedIn, ...refusals },
      },
    },
    async (request, reply) => {
      requireThisMachine(request);
      const began = orRefuse(await signInDemo(deps, request.body, originOf(request)));
      return handOver(began, request.body.client, request, reply);
    },
  );
}

function addLinkRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    `${sessionPath}/invitations/:token`,
    {
      config: limited(deps),
      schema: {
        tags,
        summary: "What an invitation says",
        params: Link,
        response: { 200: InvitationInfo, ...refusals },
      },
    },
    async (request) => orRefuse(await readInvitation(deps, request.params.token)),
  );
  routes.post(
    `${sessionPath}/invitations/:token`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        summary: "Accept an invitation",
        params: Link,
        body: AcceptInvitation,
        response: { 200: SignInResponse, ...refusals },
      },
    },
    async (request, reply) => {
      const { token } = request.params;
      const outcome = orRefuse(await acceptInvitation(deps, token, request.body, originOf(request)));
      return answer(outcome, request.body.client, request, reply);
    },
  );
  routes.post(
    `${sessionPath}/password-reset`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        summary: "Ask for a link that sets a new password",
        body: RequestReset,
        response: { 202: nothing, ...refusals },
      },
    },
    async (request, reply) => {
      orRefuse(await requestReset(deps, request.body.email, originOf(request)));
      return reply.status(202).send(null);
    },
  );
  routes.post(
    `${sessionPath}/password-reset/:token`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        summary: "Set a new password",
        params: Link,
        body: ResetPassword,
        response: { 204: nothing, ...refusals },
      },
    },
    async (request, reply) => {
      orRefuse(await resetPassword(deps, request.params.token, request.body.password, originOf(request)));
      return reply.status(204).send(null);
    },
  );
}

function addOwnRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const security = signedIn;
  routes.get(
    sessionPath,
    { schema: { tags, security, summary: "Who is signed in", response: { 200: SessionInfo, ...refusals } } },
    async (request) => {
      const { sessionId } = await identified(deps.identify, request);
      const info = await inSystem(deps.db, (tx) => readSessionInfo(tx, sessionId));
      if (info === null) throw new Refused("revoked", "This sign-in has ended. Sign in again.");
      return info;
    },
  );
  routes.post(
    `${sessionPath}/sign-out`,
    {
      preHandler: checks,
      schema: { tags, security, summary: "Sign out", response: { 204: nothing, ...refusals } },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      await endSessions(deps, identity, { sessionIds: [identity.sessionId] }, originOf(request));
      reply.header("set-cookie", cookieOf("", isSecure(request), new Date(0)));
      return reply.status(204).send(null);
    },
  );
  routes.post(
    `${sessionPath}/password`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        security,
        summary: "Change one's password",
        body: ChangePassword,
        response: { 204: nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await changePassword(deps, identity, request.body, originOf(request)));
      return reply.status(204).send(null);
    },
  );
  addSecondFactorRoutes(app, deps);
}

function addSecondFactorRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const security = signedIn;
  routes.post(
    `${sessionPath}/second-factor/setup`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        security,
        summary: "Set up a second factor",
        body: ConfirmPassword,
        response: { 200: SecondFactorSetup, ...refusals },
      },
    },
    async (request) => {
      const identity = await identified(deps.identify, request);
      return orRefuse(await setUpSecondFactor(deps, identity, request.body.password, originOf(request)));
    },
  );
  routes.post(
    `${sessionPath}/second-factor/confirm`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        security,
        summary: "Prove the second factor",
        body: ConfirmCode,
        response: { 204: nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await confirmSecondFactor(deps, identity, request.body.code, originOf(request)));
      return reply.status(204).send(null);
    },
  );
  routes.post(
    `${sessionPath}/second-factor/remove`,
    {
      config: limited(deps),
      preHandler: checks,
      schema: {
        tags,
        security,
        summary: "Remove the second factor",
        body: ConfirmPassword,
        response: { 204: nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await removeSecondFactor(deps, identity, request.body.password, originOf(request)));
      return reply.status(204).send(null);
    },
  );
}

export function originOf(request: FastifyRequest): Origin {
  return { ip: request.ip, userAgent: request.headers["user-agent"] ?? "" };
}

function answer(
  outcome: SignInOutcome,
  client: SignInClient,
  request: FastifyRequest,
  reply: FastifyReply,
): SignInResponse {
  return outcome.outcome === "second-factor" ? outcome : handOver(outcome.began, client, request, reply);
}

/** A desk gets the token in the answer, a browser as a cookie that no script can read. */
function handOver(
  { token, session }: Began,
  client: SignInClient,
  request: FastifyRequest,
  reply: FastifyReply,
): SignedIn {
  reply.header("cache-control", "no-store");
  if (client.kind === "desk") return { outcome: "signed-in", token, session };
  reply.header("set-cookie", cookieOf(token, isSecure(request), new Date(session.expiresAt)));
  return { outcome: "signed-in", token: null, session };
}

function isSecure(request: FastifyRequest): boolean {
  return request.protocol === "https";
}
