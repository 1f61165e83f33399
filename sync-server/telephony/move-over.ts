import type { Leg, Line } from "./line.ts";
import type { Answered, CarrierLine } from "./port.ts";
import { scriptFor } from "./scripts.ts";

/**
 * Sends a leg out of its own call into this one's room. What is kept of it ends first: in the other room it would be of
 * people who may not have agreed. Where the carrier refuses to end that, there is as a rule nothing to be ended.
 */
export async function moveOver(carrier: CarrierLine, line: Line, { id, ...leg }: Leg): Answered<void> {
  const sid = leg.sid ?? "";
  for (const ending of [() => carrier.record(sid, id, "off"), () => carrier.stopListening(sid, id)]) {
    const ended = await ending();
    if (!ended.ok && ended.error.why !== "refused") return ended;
  }
  return carrier.redirect(sid, scriptFor(line, { id, ...leg }, null));
}
