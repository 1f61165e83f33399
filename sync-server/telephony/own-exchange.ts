import { isOfOwnExchange } from "../../shared/calls/call.ts";
import { addLeg, lineOf, type Leg, type Line, type LineCall } from "./line.ts";
import type { CarrierAccount } from "./port.ts";

/** Calls of a company's own exchange run between it and a desk, which tells of them; the server steers none. */
export function runsThroughServer(account: Pick<CarrierAccount, "provider">): boolean {
  return !isOfOwnExchange(account);
}

/**
 * What the server keeps of a call that a desk places at the exchange: who was permitted to, for the limits of the next
 * one. No line is open here: nobody would ever report its end, and it would be ended in the middle of the talk.
 */
export function permittedLine(call: LineCall, leg: Pick<Leg, "id" | "role"> & Partial<Leg>, now: Date): Line {
  const over = { ...leg, state: "ended" as const, wanted: false, endedAt: now };
  return addLeg(lineOf({ ...call, overAt: now }, []), over, now);
}
