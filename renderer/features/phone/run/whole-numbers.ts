import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import { numberAtExchange } from "../../../../shared/phone/number-at-exchange.ts";
import type { PhoneEvent } from "../machine/model.ts";

/**
 * What a device tells, with the numbers that a company's own exchange writes as everybody else has them: nobody would be
 * found by them otherwise, here or in what is kept of the call.
 * @param country ISO 3166 of the tenant
 */
export function withWholeNumbers(event: PhoneEvent, country: string): PhoneEvent {
  // Only at an exchange a call is put through to this desk by whom it was with.
  if (event.type === "other-side") return { ...event, number: numberAtExchange(event.number, country) };
  if (event.type !== "offered" || !isOfOwnExchange(event.call)) return event;
  const { from, to } = event.call;
  const whole = { from: numberAtExchange(from, country), to: numberAtExchange(to, country) };
  return { ...event, call: { ...event.call, ...whole } };
}
