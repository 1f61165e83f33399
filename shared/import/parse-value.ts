import type { CustomValue } from "../entities/fields.ts";
import type { FieldType } from "../entities/setting.ts";
import { err, ok, type Result } from "../result/result.ts";
import { normalisePhone, phoneProblems } from "../phone/normalise-phone.ts";
import { fold } from "../text/fold.ts";
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

const magnitudes: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, mio: 1e6, mn: 1e6, b: 1e9, bn: 1e9 };
const maxAmount = 1e12;

/** How people write currencies in words; three capitals are known as what they are. */
const currencyWord = "(?:Fr|kr|Rs)\\.?|euros?|eur|dollars?|usd|pounds?|gbp|francs?|franken|chf|zł";
/** Bracket or sign, currency, sign, digits with their groups, magnitude, currency or percent. */
const amount = new RegExp(
  String.raw`^(\()?([-+−])?\s*(?:[A-Z]{0,3}\p{Sc}|${currencyWord})?\s*([-+−])?(\d[\d.,'’\s]*|[.,]\d+)` +
    String.raw`\s*([a-z]*?)\s*(?:[\p{Sc}%]|${currencyWord})?\)?$`,
  "iu",
);

/**
 * `$480k`, `1.2m`, `1.234,50 €`, `(300)`, `12 %`: a number however it is dressed.
 * @param type a sum of `250.000` has a point between its thousands, as none has three digits behind it; a number has
 *   three decimals
 */
export function parseAmount(text: string, type: "number" | "money" = "number"): Result<number, string> {
  const match = amount.exec(
    text
      .replaceAll(/\s+/gu, " ")
      .replace(/\b[A-Z]{3}\b/u, "")
      .trim(),
  );
  const [, bracket, sign, innerSign, digits = "", suffix = ""] = match ?? [];
  const magnitude = suffix === "" ? 1 : magnitudes[suffix.toLowerCase()];
  const value = Number(plainNumber(digits.trim(), type === "money" && suffix === ""));
  if (!match || (sign && innerSign) || magnitude === undefined || Number.isNaN(value))
    return err("Not a number");
  const negative = bracket !== undefined || /[-−]/u.test(`${sign ?? ""}${innerSign ?? ""}`);
  // 1.1 × 1,000,000 must not be 1100000.0000000002.
  const signed = Number((value * magnitude * (negative ? -1 : 1)).toPrecision(15));
  return Math.abs(signed) <= maxAmount ? ok(signed) : err("Number is too large");
}

/**
 * Takes out what groups digits; the last point or comma is the decimal one unless three digits say otherwise.
 * @param isSum one point before three digits groups them
 */
function plainNumber(digits: string, isSum: boolean): string {
  const ungrouped = digits.replaceAll(/['’\s]/gu, "");
  const lastComma = ungrouped.lastIndexOf(",");
  const lastPoint = ungrouped.lastIndexOf(".");
  if (lastComma !== -1 && lastPoint !== -1) {
    const [group, decimal] = lastComma > lastPoint ? [".", ","] : [",", "."];
    return ungrouped.replaceAll(group, "").replace(decimal, ".");
  }
  if (/^\d{1,3}(?:,\d{3})+$/u.test(ungrouped)) return ungrouped.replaceAll(",", "");
  if (/^\d{1,3}(?:\.\d{3}){2,}$/u.test(ungrouped) || (isSum && /^[1-9]\d{0,2}\.\d{3}$/u.test(ungrouped)))
    return ungrouped.replaceAll(".", "");
  return ungrouped.replace(",", ".");
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
