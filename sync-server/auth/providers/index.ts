import type { FastifyInstance } from "fastify";
import { createOutwardFetch } from "../../http/index.ts";
import { createSealer } from "../../seal.ts";
import type { AuthDeps } from "../deps.ts";
import type { ProviderDeps } from "./deps.ts";
import { createOpenId } from "./openid.ts";
import { addProviderPages } from "./page-routes.ts";
import { openProviderRecords } from "./provider-records.ts";
import { addProviderRoutes } from "./routes.ts";

// Signing in at a provider that a tenant has chosen (OpenID Connect).
export { redirectUriOf, type ProviderDeps } from "./deps.ts";
export type { ProviderChange, ProviderRecord } from "./provider-records.ts";

export type ProviderOptions = { privateProviders: boolean; signInsPerMinute: number };

/** Adds its endpoints and pages. @returns what administration needs of it */
export async function startProviders(
  app: FastifyInstance,
  auth: AuthDeps,
  { privateProviders, signInsPerMinute }: ProviderOptions,
): Promise<ProviderDeps> {
  const sealer = createSealer(auth.secret);
  const fetch = createOutwardFetch({ mayReachInside: privateProviders });
  const failed = (error: unknown) => app.log.info({ err: error }, "a sign-in at an identity provider failed");
  const openId = createOpenId({ fetch, allowHttp: privateProviders, failed });
  const deps: ProviderDeps = { ...auth, sealer, openId, records: openProviderRecords(sealer) };
  addProviderRoutes(app, deps, signInsPerMinute);
  await addProviderPages(app, deps);
  return deps;
}
