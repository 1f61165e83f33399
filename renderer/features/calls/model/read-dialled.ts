import {
  isEmergencyNumber,
  isShortNumber,
  withoutMarks,
} from "../../../../shared/calls/compliance/short-numbers.ts";
import { parsePhone } from "../../../ui/format/phones.ts";

/** A number as the phone is given it. `extension`: somebody inside of the company. */
export type Dialled = { number: string; kind: "emergency" | "extension" | "public" | "short" };

/** @param country ISO 3166 of numbers without a prefix; `atExchange`: dialled by way of the company's own */
type Dialling = { country: string; atExchange: boolean };

/**
 * What was typed as a number to dial; null where it is none, whichever line it is dialled by. Whether it may be dialled
 * is the server's to say, as of a short number that no exchange of the company's connects.
 */
export function readDialled(typed: string, { country, atExchange }: Dialling): Dialled | null {
  const digits = withoutMarks(typed);
  // First of all: no plan lists them as somebody's number, and nothing may stand between a person and help.
  if (isEmergencyNumber(typed)) return { number: digits, kind: "emergency" };
  const isShort = isShortNumber(typed);
  // Numbers outside may be as short in the country's plan: inside of an exchange they are an extension.
  if (isShort && atExchange) return { number: digits, kind: "extension" };
  const { phone, valid } = parsePhone(typed, country);
  if (valid) return { number: phone, kind: "public" };
  return isShort ? { number: digits, kind: "short" } : null;
}
