import { sql } from "drizzle-orm";
import type { CallEventOf } from "../../../shared/calls/call-event.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { withholdsWords, type Line } from "../line.ts";
import type { NoticeOf } from "../notices.ts";
import { answerOf, placeUtterance } from "./place-utterance.ts";

type Consent = Pick<CallEventOf<"consent">, "how" | "number" | "at">;

/**
 * Whether what was said may not be kept: somebody has still to agree, or has refused; or it was said while somebody who
 * had been asked in had still to agree, in whole or in part, and is only told now that they have.
 */
export async function isWithheld(
  tx: Tx,
  line: Line,
  told: NoticeOf<"transcript">,
  receivedAt: Date,
): Promise<boolean> {
  if (withholdsWords(line)) return true;
  if (line.call.consent !== "given" || !told.final) return false;
  const answeredAt = answerOf(line.call, line.legs);
  const { startMs, endMs } = placeUtterance(told, answeredAt, receivedAt);
  const atMs = (ms: number) => answeredAt.getTime() + ms;
  return spansWithheld(await readConsent(tx, line)).some(
    ({ fromMs, toMs }) => atMs(startMs) < toMs && atMs(endMs) > fromMs,
  );
}

/** By the server's own clock, in order. */
function readConsent(tx: Tx, { call: { tenantId, callId } }: Line): Promise<Consent[]> {
  return rowsOf(
    tx,
    sql`SELECT event->>'how' AS how, event->>'number' AS number, event->>'at' AS at FROM call_events
        WHERE tenant_id = ${tenantId} AND call_id = ${callId} AND event->>'type' = 'consent'
          AND event->>'source' LIKE 'server:%'
        ORDER BY (event->>'seq')::int`,
  );
}

/** From when somebody who was asked in was there until all agreed. Before a customer's own yes nobody writes words down. */
function spansWithheld(consents: readonly Consent[]): { fromMs: number; toMs: number }[] {
  return consents.flatMap(({ how, number, at }, index) => {
    const answer = consents
      .slice(index + 1)
      .find((later) => later.how === "given" || later.how === "refused");
    if (how !== "needed" || !number || answer?.how !== "given") return [];
    return [{ fromMs: Date.parse(at), toMs: Date.parse(answer.at) }];
  });
}
