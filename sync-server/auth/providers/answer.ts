import { and, eq, gt, isNull } from "drizzle-orm";
import { randomBytes } from "node:crypto";
import { ok, type Result } from "../../../shared/result/result.ts";
import { inSystem, schema } from "../../database/index.ts";
import { beginSession, type Began } from "../begin-session.ts";
import type { Origin } from "../deps.ts";
import { fail, type Failure } from "../failure.ts";
import { hashOf } from "../session-token.ts";
import { admit } from "./admit.ts";
import { aboutOf } from "./begin.ts";
import { redirectUriOf, type ProviderDeps } from "./deps.ts";

const { providerSignIns } = schema;
type SignIn = typeof providerSignIns.$inferSelect;

/** A browser is signed in; for a desk the person is asked whether it is theirs. */
export type Answered =
  | { for: "browser"; began: Began }
  | { for: "desk"; confirm: string; code: string; deskName: string; person: string };

/** What came back in the browser. */
export type ProviderAnswer = {
  providerId: string;
  query: URLSearchParams;
  browserText: string | null;
  origin: Origin;
};

const over = () =>
  fail("not-found", "This sign-in took too long, or was finished already. Begin again in Ringside.");

const broken = "Something went wrong in the server. Begin again in a little while.";

/** The provider has sent somebody back: finds out who it is and lets them in, once. */
export async function takeAnswer(
  deps: ProviderDeps,
  answer: ProviderAnswer,
): Promise<Result<Answered, Failure>> {
  const signIn = await takeSignIn(deps, answer);
  if (signIn === null) return over();
  const person = await identify(deps, signIn, answer).catch(async (error: unknown) => {
    // The desk that waits for it is told too; where not even that can be kept, it hears that it took too long.
    await keep(deps, signIn, { failure: broken }).catch(() => {});
    throw error;
  });
  if (!person.ok) {
    await keep(deps, signIn, { failure: person.error.message });
    return person;
  }
  return signIn.deskHash === null
    ? enterBrowser(deps, signIn, person.value, answer.origin)
    : askPerson(deps, signIn, person.value);
}

/** Of the request that the state names; an answer counts once. */
async function takeSignIn(deps: ProviderDeps, { providerId, query }: ProviderAnswer): Promise<SignIn | null> {
  const now = new Date(deps.clock.now());
  const [taken] = await inSystem(deps.db, (tx) =>
    tx
      .update(providerSignIns)
      .set({ answeredAt: now })
      .where(
        and(
          eq(providerSignIns.stateHash, hashOf(query.get("state") ?? "")),
          eq(providerSignIns.providerId, providerId),
          isNull(providerSignIns.answeredAt),
          gt(providerSignIns.expiresAt, now),
        ),
      )
      .returning(),
  );
  return taken ?? null;
}

async function identify(
  deps: ProviderDeps,
  signIn: SignIn,
  { providerId, query, browserText, origin }: ProviderAnswer,
): Promise<Result<string, Failure>> {
  // Nobody is signed in by a link that somebody else has sent them.
  if (signIn.browserHash !== null && signIn.browserHash !== hashOf(browserText ?? ""))
    return fail("forbidden", "This sign-in was begun in another browser. Begin it in this one.");
  const provider = await inSystem(deps.db, (tx) => deps.records.open(tx, providerId));
  if (!provider?.usable) return fail("not-found", "This way to sign in is not offered any more.");
  const came = new URL(`${redirectUriOf(deps.publicUrl(), providerId)}?${query.toString()}`);
  const claims = await deps.openId.finish(provider, came, {
    state: query.get("state") ?? "",
    nonce: signIn.nonce,
    pkce: deps.sealer.open(signIn.pkce, aboutOf(signIn.id)),
  });
  if (!claims.ok) return fail("forbidden", claims.error);
  return inSystem(deps.db, (tx) => admit(deps, tx, { provider, claims: claims.value, origin }));
}

async function enterBrowser(
  deps: ProviderDeps,
  signIn: SignIn,
  userId: string,
  origin: Origin,
): Promise<Result<Answered, Failure>> {
  await inSystem(deps.db, (tx) => tx.delete(providerSignIns).where(eq(providerSignIns.id, signIn.id)));
  const began = await enter(deps, signIn, userId, { kind: "browser" }, origin);
  return began.ok ? ok({ for: "browser", began: began.value }) : began;
}

/** Last step for browsers and desks alike: a session in the provider's tenant and in no other. */
export async function enter(
  deps: ProviderDeps,
  { tenantId }: SignIn,
  userId: string,
  client: Parameters<typeof beginSession>[1]["client"],
  origin: Origin,
): Promise<Result<Began, Failure>> {
  const { internalAdapter } = await deps.auth.$context;
  const session = await internalAdapter.createSession(userId);
  return beginSession(deps, { userId, sessionText: session.token, client, tenantId, by: "provider", origin });
}

/**
 * A desk's request may have been begun by somebody who sent its address around, to be let in as whoever follows it.
 * So the person says that the desk is theirs, by a code that only it shows.
 */
async function askPerson(
  deps: ProviderDeps,
  signIn: SignIn,
  userId: string,
): Promise<Result<Answered, Failure>> {
  const confirm = randomBytes(32).toString("base64url");
  await keep(deps, signIn, { userId, confirmHash: hashOf(confirm) });
  const [user] = await deps.db.owner
    .select({ name: schema.users.name, email: schema.users.email })
    .from(schema.users)
    .where(eq(schema.users.id, userId));
  const person = `${user?.name} (${user?.email})`;
  return ok({ for: "desk", confirm, code: signIn.code, deskName: signIn.deskName, person });
}

/** What the person said on that page. @returns false: nothing was asked, or it took too long */
export async function takeConfirmation(
  deps: ProviderDeps,
  confirm: string,
  isTheirs: boolean,
): Promise<boolean> {
  const now = new Date(deps.clock.now());
  const said = isTheirs ? { confirmedAt: now } : { failure: "It was refused in the browser." };
  const found = await inSystem(deps.db, (tx) =>
    tx
      .update(providerSignIns)
      .set({ ...said, confirmHash: null })
      .where(and(eq(providerSignIns.confirmHash, hashOf(confirm)), gt(providerSignIns.expiresAt, now)))
      .returning({ id: providerSignIns.id }),
  );
  return found.length === 1;
}

async function keep(
  deps: ProviderDeps,
  { id }: SignIn,
  what: Partial<Pick<SignIn, "failure" | "userId" | "confirmHash">>,
): Promise<void> {
  await inSystem(deps.db, (tx) => tx.update(providerSignIns).set(what).where(eq(providerSignIns.id, id)));
}
