import type { CustomValue } from "../entities/fields.ts";
import type { FieldType } from "../entities/setting.ts";
import { err, ok, type Result } from "../result/result.ts";
import { normalisePhone, phoneProblems } from "../phone/normalise-phone.ts";
import { fold } from "../text/fold.ts";
import { parseAmount } from "../text/parse-amount.ts";
import { parseDay, type DateOrder } from "./parse-day.ts";

export type ParseContext = {
  country: string;
  /** Null: a date that can be read two ways is an error. */
  dateOrder: DateOrder | null;
};

/** A cell as the value of a field; the error is one short sentence, the same for all cells with that trouble. */
export function parseValue(
  text: string,
  type: Exclude<FieldType, "select" | "multi-select">,
  { country, dateOrder }: ParseContext,
): Result<CustomValue, string> {
  const trimmed = text.trim();
  switch (type) {
    case "text":
      return ok(trimmed.slice(0, 10_000));
    case "number":
    case "money":
      return parseAmount(trimmed, type);
    case "date":
      return parseDay(trimmed, dateOrder);
    case "boolean":
      return parseBoolean(trimmed);
    case "phone": {
      const phone = normalisePhone(trimmed, country);
      return phone.ok ? ok(phone.e164) : err(phoneProblems[phone.problem]);
    }
    case "email":
      return isEmail(trimmed) ? ok(trimmed.toLowerCase()) : err("Not an e-mail address");
    case "url":
      return parseUrl(trimmed);
  }
}

const yes = new Set(["yes", "y", "true", "t", "1", "x", "on", "ja", "j", "oui", "si", "sim", "da"]);
const no = new Set(["no", "n", "false", "f", "0", "off", "nein", "non", "nao", "net", "-"]);

function parseBoolean(text: string): Result<boolean, string> {
  const word = fold(text);
  if (yes.has(word)) return ok(true);
  return no.has(word) ? ok(false) : err("Neither yes nor no");
}

export function isEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@,;<>"]+@[^\s@,;<>".]+(?:\.[^\s@,;<>".]+)+$/u.test(text);
}

function parseUrl(text: string): Result<string, string> {
  const url = /^https?:\/\//iu.test(text) ? text : `https://${text}`;
  return /^https?:\/\/[^\s/.]+\.[^\s]+$/iu.test(url) && url.length <= 2_000
    ? ok(url)
    : err("Not a web address");
}
