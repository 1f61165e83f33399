import { and, eq, isNotNull, lte, or } from "drizzle-orm";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { FinishAtProvider } from "../../../shared/sync/session-wire.ts";
import { inSystem, schema } from "../../database/index.ts";
import type { Began } from "../begin-session.ts";
import type { Origin } from "../deps.ts";
import { fail, type Failure } from "../failure.ts";
import { hashOf } from "../session-token.ts";
import { enter } from "./answer.ts";
import type { ProviderDeps } from "./deps.ts";

/**
 * A desk asks whether its person is back from the provider. Only who knows the verifier of the request is answered, and
 * only once: the session is made now, and was nowhere before.
 * @returns null: not yet
 */
export async function finishAtProvider(
  deps: ProviderDeps,
  { requestId, verifier, client }: FinishAtProvider,
  origin: Origin,
): Promise<Result<Began | null, Failure>> {
  const { providerSignIns } = schema;
  const theirs = and(eq(providerSignIns.id, requestId), eq(providerSignIns.deskHash, hashOf(verifier)));
  const now = new Date(deps.clock.now());
  const { confirmedAt, failure, expiresAt } = providerSignIns;
  const isOver = or(isNotNull(confirmedAt), isNotNull(failure), lte(expiresAt, now));
  const [over, waits] = await inSystem(deps.db, async (tx) => {
    const [gone] = await tx.delete(providerSignIns).where(and(theirs, isOver)).returning();
    if (gone) return [gone, false] as const;
    const left = await tx.select({ id: providerSignIns.id }).from(providerSignIns).where(theirs);
    return [undefined, left.length > 0] as const;
  });
  if (waits) return ok(null);
  if (over?.failure) return fail("forbidden", over.failure);
  if (!over?.confirmedAt || over.userId === null || over.expiresAt <= now)
    return fail("not-found", "This sign-in took too long. Begin again.");
  return enter(deps, over, over.userId, client, origin);
}
