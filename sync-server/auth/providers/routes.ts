import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  BeginAtProvider,
  BegunAtProvider,
  FindProviders,
  FinishAtProvider,
  FinishedAtProvider,
  SignInProviders,
} from "../../../shared/sync/session-wire.ts";
import { addAuthRoute } from "../auth-route.ts";
import { providerCookieOf } from "../cookie.ts";
import { orRefuse } from "../failure.ts";
import { handOver, isSecure, originOf } from "../hand-over.ts";
import { beginAtProvider, offerProviders } from "./begin.ts";
import { pagesPath, type ProviderDeps } from "./deps.ts";
import { finishAtProvider } from "./finish.ts";

const Named = z.strictObject({ id: z.string().regex(/^[\w-]{1,64}$/u) });

/** What desks and browsers ask of a sign-in at a provider; what the provider's answer meets is in page-routes.ts. */
export function addProviderRoutes(app: FastifyInstance, deps: ProviderDeps, perMinute: number): void {
  addAuthRoute(
    app,
    { method: "POST", path: "/providers", summary: "Providers for an address", body: FindProviders, answer: SignInProviders, perMinute }, // prettier-ignore
    async ({ body }) => ({ providers: await offerProviders(deps, body.email) }),
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/providers/:id/begin", summary: "Begin a sign-in at a provider", params: Named, body: BeginAtProvider, answer: BegunAtProvider, perMinute }, // prettier-ignore
    async ({ params, body, request, reply }) => {
      const { browserText, ...begun } = orRefuse(await beginAtProvider(deps, params.id, body));
      reply.header("cache-control", "no-store");
      const ends = new Date(begun.expiresAt);
      if (browserText !== null)
        reply.header("set-cookie", providerCookieOf(browserText, pagesPath, isSecure(request), ends));
      return begun;
    },
  );
  addAuthRoute(
    app,
    { method: "POST", path: "/providers/finish", summary: "Finish a desk’s sign-in at a provider", body: FinishAtProvider, answer: FinishedAtProvider }, // prettier-ignore
    async ({ body, request, reply }) => {
      const began = orRefuse(await finishAtProvider(deps, body, originOf(request)));
      if (began === null) return { outcome: "waiting" as const };
      return handOver(began, body.client, request, reply);
    },
  );
}
