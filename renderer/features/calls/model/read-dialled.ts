import { isEmergencyNumber, withoutMarks } from "../../../../shared/calls/compliance/short-numbers.ts";
import { parsePhone } from "../../../ui/format/phones.ts";

/** A number as the phone is given it. */
export type Dialled = { number: string; isEmergency: boolean };

/**
 * What was typed as a number to dial; null where it is none. Whether it may be dialled is the server's to say.
 * @param country ISO 3166 of numbers without a prefix
 */
export function readDialled(typed: string, country: string): Dialled | null {
  // First of all: no plan lists them as somebody's number, and nothing may stand between a person and help.
  if (isEmergencyNumber(typed)) return { number: withoutMarks(typed), isEmergency: true };
  const { phone, valid } = parsePhone(typed, country);
  return valid ? { number: phone, isEmergency: false } : null;
}
