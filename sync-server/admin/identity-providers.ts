import { sql } from "drizzle-orm";
import { v7 } from "uuid";
import type { z } from "zod";
import { applyChange } from "../../shared/entities/partial-change.ts";
import { redirectUriOf, type ProviderRecord } from "../auth/index.ts";
import { inSystem, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { addOpenRoute, addRoute, admins, found, type Routes } from "./route.ts";
import {
  ChangeIdentityProvider,
  ForgottenPeople,
  IdentityProvider,
  IdentityProviders,
  IdParam,
  KeepClientSecret,
  NewIdentityProvider,
  TestedProvider,
} from "./wire.ts";

const path = "/identity-providers";
const one = `${path}/:id`;
const mostProviders = 10;

/** Where anybody gets an address: whoever could speak for these could speak for everybody. */
const publicDomains: ReadonlySet<string> = new Set([
  ...[
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "msn.com",
    "yahoo.com",
    "ymail.com",
  ],
  ...[
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "gmx.com",
    "gmx.net",
    "gmx.de",
    "web.de",
    "mail.com",
    "mail.ru",
  ],
  ...[
    "proton.me",
    "protonmail.com",
    "zoho.com",
    "yandex.com",
    "yandex.ru",
    "qq.com",
    "163.com",
    "fastmail.com",
  ],
]);

/** A tenant's identity providers. Client secrets come in here and never go out: see auth/providers/provider-records.ts. */
export function addIdentityProviderRoutes(routes: Routes): void {
  const { providers } = routes.deps;
  const { records } = providers;
  addRoute(
    routes,
    { method: "GET", path, summary: "Identity providers, without their secrets", roles: admins, answer: IdentityProviders }, // prettier-ignore
    async ({ tx, identity }) => ({
      providers: (await records.list(tx, identity.tenantId)).map((record) => asWire(routes, record)),
    }),
  );
  addRoute(
    routes,
    { method: "POST", path, summary: "Add an identity provider; nobody is offered it yet", roles: admins, body: NewIdentityProvider, answer: IdentityProvider, status: 201 }, // prettier-ignore
    async ({ tx, identity: { tenantId }, body, now, note }) => {
      await lock(tx, tenantId);
      if ((await records.list(tx, tenantId)).length >= mostProviders)
        throw new Refused("conflict", `There are ${mostProviders} providers. Remove one that is not used.`);
      const id = v7();
      await records.create(tx, { tenantId, id, ...body, now: new Date(now) });
      await note("identity-provider.create", subjectOf(id), { after: body });
      return asWire(routes, await recordOf(routes, tx, tenantId, id));
    },
  );
  addRoute(
    routes,
    { method: "PATCH", path: one, summary: "Change an identity provider", roles: admins, params: IdParam, body: ChangeIdentityProvider, answer: IdentityProvider }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, body, note }) => {
      await lock(tx, tenantId);
      const before = await recordOf(routes, tx, tenantId, id);
      requireOwnDomains(body.domains ?? []);
      requireUsable(applyChange(before, body));
      const taken = await records.change(tx, { tenantId, id }, body);
      if (taken.length > 0)
        throw new Refused(
          "conflict",
          `Another provider of this server has ${taken.join(", ")}. A domain leads to one.`,
        );
      const after = await recordOf(routes, tx, tenantId, id);
      await note("identity-provider.change", subjectOf(id), { before: shown(before), after: shown(after) });
      return asWire(routes, after);
    },
  );
  addRoute(
    routes,
    { method: "PUT", path: `${one}/secret`, summary: "Replace the client secret", roles: admins, params: IdParam, body: KeepClientSecret, answer: IdentityProvider }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, body: { secret }, note }) => {
      const before = await recordOf(routes, tx, tenantId, id);
      await records.keepSecret(tx, { tenantId, id }, secret);
      const after = await recordOf(routes, tx, tenantId, id);
      const [was, is] = [before.secret, after.secret];
      await note("identity-provider.secret", subjectOf(id), { before: was, after: is });
      return asWire(routes, after);
    },
  );
  addEndRoutes(routes);
}

function addEndRoutes(routes: Routes): void {
  const { db, providers, publicUrl } = routes.deps;
  const { records } = providers;
  addOpenRoute(
    routes,
    { method: "POST", path: `${one}/test`, summary: "Ask the provider whether this would work", roles: admins, params: IdParam, answer: TestedProvider }, // prettier-ignore
    async ({ params: { id }, inTransaction }) => {
      const { secret } = await inTransaction(({ tx, identity }) =>
        recordOf(routes, tx, identity.tenantId, id),
      );
      if (secret === "lost")
        return { ok: false, says: "The client secret does not open any more. Give it anew." };
      const provider = found(await inSystem(db, (tx) => records.open(tx, id)), "provider");
      const tested = await providers.openId.test(provider, redirectUriOf(publicUrl(), id));
      return tested.ok ? { ok: true, says: tested.value } : { ok: false, says: tested.error };
    },
  );
  addRoute(
    routes,
    { method: "POST", path: `${one}/forget-people`, summary: "Know people by their address again when they come next", roles: admins, params: IdParam, answer: ForgottenPeople }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, note }) => {
      await recordOf(routes, tx, tenantId, id);
      const forgotten = await records.forgetPeople(tx, { tenantId, id });
      await note("identity-provider.forget", subjectOf(id), { forgotten });
      return { forgotten };
    },
  );
  addRoute(
    routes,
    { method: "DELETE", path: one, summary: "Remove an identity provider", roles: admins, params: IdParam, answer: null }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, note }) => {
      const before = await recordOf(routes, tx, tenantId, id);
      await records.remove(tx, { tenantId, id });
      await note("identity-provider.remove", subjectOf(id), { before: shown(before) });
    },
  );
}

/** Until the transaction ends nobody else adds or changes a provider of this tenant. */
async function lock(tx: Tx, tenantId: string): Promise<void> {
  const name = `identity providers of ${tenantId}`;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`);
}

async function recordOf({ deps }: Routes, tx: Tx, tenantId: string, id: string): Promise<ProviderRecord> {
  const all = await deps.providers.records.list(tx, tenantId);
  return found(
    all.find((record) => record.id === id),
    "provider",
  );
}

function requireOwnDomains(domains: readonly string[]): void {
  const everybodys = domains.filter((domain) => publicDomains.has(domain));
  if (everybodys.length > 0)
    throw new Refused(
      "bad-request",
      `Anybody can have an address at ${everybodys.join(", ")}: name your own domains.`,
    );
}

function requireUsable({
  enabled,
  clientId,
  domains,
}: Pick<ProviderRecord, "enabled" | "clientId" | "domains">): void {
  if (!enabled) return;
  if (clientId === "") throw new Refused("conflict", "Enter the client id before people are offered it.");
  if (domains.length === 0)
    throw new Refused("conflict", "Name at least one e-mail domain before people are offered it.");
}

function asWire({ deps }: Routes, record: ProviderRecord): z.input<typeof IdentityProvider> {
  return { ...record, redirectUri: redirectUriOf(deps.publicUrl(), record.id) };
}

function shown({
  name,
  issuer,
  clientId,
  domains,
  joinsAs,
  enabled,
}: ProviderRecord): Record<string, unknown> {
  return { name, issuer, clientId, domains, joinsAs, enabled };
}

function subjectOf(id: string): string {
  return `identity-providers/${id}`;
}
