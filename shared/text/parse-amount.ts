import { err, ok, type Result } from "../result/result.ts";

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
  // Also by twos, as in India: "1,50,000".
  if (/^\d{1,3}(?:,\d{3})+$|^\d{1,2}(?:,\d{2})+,\d{3}$/u.test(ungrouped))
    return ungrouped.replaceAll(",", "");
  if (/^\d{1,3}(?:\.\d{3}){2,}$/u.test(ungrouped) || (isSum && /^[1-9]\d{0,2}\.\d{3}$/u.test(ungrouped)))
    return ungrouped.replaceAll(".", "");
  return ungrouped.replace(",", ".");
}

/** One group of three digits behind a point or a comma: elsewhere the same text says a thousandth, or a thousandfold. */
export function readsTwoWays(text: string): boolean {
  return /^\D*[1-9]\d{0,2}[.,]\d{3}\D*$/u.test(text) && !/\d\s*(?:k|m|mio|mn|b|bn)\b/iu.test(text);
}
