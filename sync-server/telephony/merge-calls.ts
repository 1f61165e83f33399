import { inTenant, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";
import { untilThrough } from "./attempts.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { agentLegOf, type Line } from "./line.ts";
import { mergedLegOf, partLines, startMerge, stateOfMerge, type Lines } from "./merge-lines.ts";
import { lockLines, writeLines } from "./store.ts";
import { noSuchCall } from "./supervision.ts";

/**
 * Brings two calls of one person together: answers when all are in one room and heard. What the carrier has not begun
 * with in time is taken back; what may be under way goes on, and the refusal says so.
 * @param withinMs how long the carrier may take
 * @throws Refused
 */
export async function mergeCalls(
  deps: TelephonyDeps,
  identity: Identity,
  { callId, withId }: { callId: string; withId: string },
  withinMs: number,
): Promise<void> {
  const { tenantId, userId } = identity;
  const inBoth = <T>(work: (tx: Tx, lines: Lines) => Promise<T>): Promise<T> =>
    untilThrough(() =>
      inTenant(deps.db, identity, async (tx) => {
        const lines = await lockLines(tx, tenantId, [callId, withId]);
        const [into, from] = [lines.get(callId), lines.get(withId)];
        if (!into || !from) throw noSuchCall();
        return work(tx, { into, from });
      }),
    );
  const write = (tx: Tx, before: Lines, after: Lines) =>
    writeLines(tx, tenantId, new Map([[callId, before.into], [withId, before.from]]), [after.into, after.from], nowOf(deps)); // prettier-ignore

  await inBoth(async (tx, lines) => {
    requireOwn(lines, userId);
    const started = startMerge(lines, userId);
    if (!started.ok) throw new Refused("conflict", started.error.message, { code: started.error.code });
    await write(tx, lines, started.value);
  });
  await deps.jobs.finish(tenantId, "call.settle", callId, withinMs);
  await inBoth(async (tx, lines) => {
    const state = stateOfMerge(lines.into, withId);
    switch (state.is) {
      case "done":
        return null;
      case "parted":
        return parted;
      case "goes-on":
        return late("The carrier has not done it yet. The calls are brought together as soon as it does.");
      case "not-begun":
        await write(tx, lines, partLines(lines, state.leg.id));
        return late("The carrier has not done it in time. Nothing was changed: try again.");
    }
  }).then((refused) => {
    if (refused) throw refused;
  });
}

const parted = new Refused("conflict", "The calls could not be brought together: they are two as before.", { code: "not-possible" }); // prettier-ignore

function late(message: string): Refused {
  return new Refused("unavailable", message);
}

/** To everybody else neither exists. Of the second nothing may be left of them but that it went over. */
function requireOwn({ into, from }: Lines, userId: string): void {
  const has = (line: Line) => agentLegOf(line)?.agentId === userId;
  if (!has(into) || (!has(from) && !mergedLegOf(into, from.call.callId))) throw noSuchCall();
}
