import { lt, sql } from "drizzle-orm";
import { randomBytes, randomInt } from "node:crypto";
import { v7 } from "uuid";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { BeginAtProvider, BegunAtProvider, SignInProvider } from "../../../shared/sync/session-wire.ts";
import { inSystem, rowsOf, schema } from "../../database/index.ts";
import { fail, type Failure } from "../failure.ts";
import { hashOf } from "../session-token.ts";
import { domainOf } from "./admit.ts";
import { redirectUriOf, type ProviderDeps } from "./deps.ts";

export const signInLifeMs = 10 * 60_000;

/**
 * The providers for somebody who has typed an address. Before anybody has, those of the only organisation of this
 * server: where there are several, who is a customer here is nobody's business.
 */
export function offerProviders(deps: ProviderDeps, email: string | null): Promise<SignInProvider[]> {
  const only = sql`(SELECT count(*) FROM tenants WHERE kind <> 'operations' AND suspended_at IS NULL) = 1`;
  const theirs = sql`p.id = (SELECT provider_id FROM identity_provider_domains WHERE domain = ${domainOf(email ?? "")})`;
  return inSystem(deps.db, (tx) =>
    rowsOf<SignInProvider>(
      tx,
      sql`SELECT p.id, p.name, t.name AS organisation
          FROM identity_providers p JOIN tenants t ON t.id = p.tenant_id AND t.suspended_at IS NULL
          WHERE p.enabled AND ${email === null ? only : theirs} ORDER BY p.created_at, p.id LIMIT 5`,
    ),
  );
}

export type Begun = BegunAtProvider & {
  /** For the cookie of the browser that began; null where a desk did. */
  browserText: string | null;
};

/** Sends somebody to a provider: says where, and keeps what their way back is judged by. */
export async function beginAtProvider(
  deps: ProviderDeps,
  providerId: string,
  { client, email }: BeginAtProvider,
): Promise<Result<Begun, Failure>> {
  const provider = await inSystem(deps.db, (tx) => deps.records.open(tx, providerId));
  if (!provider?.usable) return fail("not-found", "This way to sign in is not offered any more.");
  const redirectUri = redirectUriOf(deps.publicUrl(), providerId);
  const begun = await deps.openId.begin(provider, { redirectUri, loginHint: email });
  if (!begun.ok) return fail("unavailable", begun.error);
  const { url, state, nonce, pkce } = begun.value;
  const id = v7();
  const browserText = client.kind === "browser" ? randomBytes(32).toString("base64url") : null;
  const code = client.kind === "browser" ? "" : readableCode();
  const expiresAt = new Date(deps.clock.now() + signInLifeMs);
  const { tenantId } = provider;
  await inSystem(deps.db, async (tx) => {
    const { providerSignIns } = schema;
    await tx
      .delete(providerSignIns)
      .where(lt(providerSignIns.expiresAt, new Date(deps.clock.now() - signInLifeMs)));
    await tx.insert(providerSignIns).values({
      ...{ tenantId, id, providerId, nonce, code, expiresAt, stateHash: hashOf(state) },
      pkce: deps.sealer.seal(pkce, aboutOf(id)),
      browserHash: browserText && hashOf(browserText),
      deskHash: client.kind === "desk" ? client.verifierHash : null,
      deskName: client.kind === "desk" ? client.name : "",
    });
  });
  return ok({ requestId: id, url, code: code || null, expiresAt: expiresAt.toISOString(), browserText });
}

/** What a sealed verifier belongs to. */
export function aboutOf(id: string): string {
  return `provider_sign_ins/${id}`;
}

/** Letters and digits that are not taken for each other. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

function readableCode(): string {
  const letters = Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `${letters.slice(0, 3)}-${letters.slice(3)}`;
}
