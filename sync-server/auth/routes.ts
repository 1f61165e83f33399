import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
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
  SignedIn,
  SignInRequest,
  SignInResponse,
  type SignInClient,
} from "../../shared/sync/session-wire.ts";
import { inSystem } from "../database/index.ts";
import { identified, Refused, type Identify } from "../http/index.ts";
import { addAuthRoute } from "./auth-route.ts";
import { confirmWiped } from "./confirm-wiped.ts";
import { cookieOf } from "./cookie.ts";
import { isOnThisMachine, listDemoPeople, signInDemo } from "./demo-sign-in.ts";
import type { AuthDeps } from "./deps.ts";
import { endSessions } from "./end-sessions.ts";
import { orRefuse } from "./failure.ts";
import { handOver, isSecure, originOf } from "./hand-over.ts";
import { acceptInvitation, readInvitation } from "./invitations.ts";
import { changePassword, requestReset, resetPassword } from "./passwords.ts";
import { confirmSecondFactor, removeSecondFactor, setUpSecondFactor } from "./second-factor.ts";
import { readSessionInfo } from "./session-info.ts";
import { signIn, verifySecondFactor, type SignInOutcome } from "./sign-in.ts";

export type AuthRoutesDeps = AuthDeps & {
  identify: Identify;
  listensOn: string;
  /** Guesses are counted by throttle.ts; this only keeps a loop from burning the processor with hashing. */
  signInsPerMinute: number;
};

/** The endpoints of shared/sync/session-wire.ts, for desks and browsers alike. */
export function addAuthRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  addSignInRoutes(app, deps);
  addDemoRoutes(app, deps);
  addInvitationRoutes(app, deps);
  addResetRoutes(app, deps);
  addOwnRoutes(app, deps);
  addSecondFactorRoutes(app, deps);
}

const Link = z.strictObject({ token: LinkToken });

function addSignInRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const perMinute = deps.signInsPerMinute;
  addAuthRoute(
    app,
    {
      method: "POST",
      path: "/sign-in",
      summary: "Sign in",
      body: SignInRequest,
      answer: SignInResponse,
      perMinute,
    },
    async ({ body, request, reply }) => {
      const outcome = orRefuse(await signIn(deps, body, originOf(request)));
      return answer(outcome, body.client, request, reply);
    },
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/second-factor", summary: "Sign in, second step", body: SecondFactorRequest, answer: SignedIn, perMinute }, // prettier-ignore
    async ({ body, request, reply }) => {
      const began = orRefuse(await verifySecondFactor(deps, body, originOf(request)));
      return handOver(began, body.client, request, reply);
    },
  );
}

function addDemoRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const requireThisMachine = (request: FastifyRequest) => {
    if (!isOnThisMachine(deps.listensOn, request))
      throw new Refused("not-found", "There is no demo on this server.");
  };
  addAuthRoute(
    app,
    { method: "GET", path: "/demo", summary: "Whom one may become in the demo", answer: DemoPeople },
    async ({ request }) => {
      requireThisMachine(request);
      return orRefuse(await listDemoPeople(deps));
    },
  );
  addAuthRoute(
    app,
    {
      method: "POST",
      path: "/demo",
      summary: "Become somebody in the demo",
      body: DemoSignInRequest,
      answer: SignedIn,
    },
    async ({ body, request, reply }) => {
      requireThisMachine(request);
      const began = orRefuse(await signInDemo(deps, body, originOf(request)));
      return handOver(began, body.client, request, reply);
    },
  );
}

function addInvitationRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const path = "/invitations/:token";
  const perMinute = deps.signInsPerMinute;
  addAuthRoute(
    app,
    {
      method: "GET",
      path,
      summary: "What an invitation says",
      params: Link,
      answer: InvitationInfo,
      perMinute,
    },
    async ({ params }) => orRefuse(await readInvitation(deps, params.token)),
  );
  addAuthRoute(
    app,
    { method: "POST", path, summary: "Accept an invitation", params: Link, body: AcceptInvitation, answer: SignInResponse, perMinute }, // prettier-ignore
    async ({ params, body, request, reply }) => {
      const outcome = orRefuse(await acceptInvitation(deps, params.token, body, originOf(request)));
      return answer(outcome, body.client, request, reply);
    },
  );
}

function addResetRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const perMinute = deps.signInsPerMinute;
  addAuthRoute(
    app,
    { method: "POST", path: "/password-reset", summary: "Ask for a link that sets a new password", body: RequestReset, answer: null, status: 202, perMinute }, // prettier-ignore
    async ({ body, request }) => orRefuse(await requestReset(deps, body.email, originOf(request))),
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/password-reset/:token", summary: "Set a new password", params: Link, body: ResetPassword, answer: null, perMinute }, // prettier-ignore
    async ({ params, body, request }) =>
      orRefuse(await resetPassword(deps, params.token, body.password, originOf(request))),
  );
}

function addOwnRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const signedIn = true;
  addAuthRoute(
    app,
    { method: "GET", path: "", summary: "Who is signed in", answer: SessionInfo, signedIn },
    async ({ request }) => {
      const { sessionId } = await identified(deps.identify, request);
      const info = await inSystem(deps.db, (tx) => readSessionInfo(tx, sessionId));
      if (info === null) throw new Refused("revoked", "This sign-in has ended. Sign in again.");
      return info;
    },
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/sign-out", summary: "Sign out", answer: null, signedIn },
    async ({ request, reply }) => {
      const identity = await identified(deps.identify, request);
      await endSessions(deps, identity, { sessionIds: [identity.sessionId] }, originOf(request));
      reply.header("set-cookie", cookieOf("", isSecure(request), new Date(0)));
    },
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/wiped", summary: "Say that nothing is left on a device that was to be wiped", answer: null }, // prettier-ignore
    ({ request }) => confirmWiped(deps, request.headers),
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/password", summary: "Change one's password", body: ChangePassword, answer: null, signedIn, perMinute: deps.signInsPerMinute }, // prettier-ignore
    async ({ body, request }) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await changePassword(deps, identity, body, originOf(request)));
    },
  );
}

function addSecondFactorRoutes(app: FastifyInstance, deps: AuthRoutesDeps): void {
  const own = { method: "POST", signedIn: true, perMinute: deps.signInsPerMinute } as const;
  addAuthRoute(
    app,
    { ...own, path: "/second-factor/setup", summary: "Set up a second factor", body: ConfirmPassword, answer: SecondFactorSetup }, // prettier-ignore
    async ({ body, request }) => {
      const identity = await identified(deps.identify, request);
      return orRefuse(await setUpSecondFactor(deps, identity, body.password, originOf(request)));
    },
  );
  addAuthRoute(
    app,
    {
      ...own,
      path: "/second-factor/confirm",
      summary: "Prove the second factor",
      body: ConfirmCode,
      answer: null,
    },
    async ({ body, request }) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await confirmSecondFactor(deps, identity, body.code, originOf(request)));
    },
  );
  addAuthRoute(
    app,
    {
      ...own,
      path: "/second-factor/remove",
      summary: "Remove the second factor",
      body: ConfirmPassword,
      answer: null,
    },
    async ({ body, request }) => {
      const identity = await identified(deps.identify, request);
      orRefuse(await removeSecondFactor(deps, identity, body.password, originOf(request)));
    },
  );
}

function answer(
  outcome: SignInOutcome,
  client: SignInClient,
  request: FastifyRequest,
  reply: FastifyReply,
): SignInResponse {
  return outcome.outcome === "second-factor" ? outcome : handOver(outcome.began, client, request, reply);
}
