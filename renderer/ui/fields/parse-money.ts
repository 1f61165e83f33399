import { parseAmount, readsTwoWays } from "../../../shared/text/parse-amount.ts";
import { currencySymbol, formatMoney } from "../format/numbers.ts";

/**
 * "$450k", "1,200.50", "1.2m", "250.000": a sum in major units, to two digits, as imports read it. Null: not a sum.
 * @param currency whose sign may stand in front, as forms show it
 */
export function parseMoney(typed: string, currency: string): number | null {
  const sum = parseAmount(withoutSign(typed.trim(), currencySymbol(currency)), "money");
  return sum.ok ? Math.round(sum.value * 100) / 100 : null;
}

/** How a sum is read that says something else elsewhere; null where it is plain, stands as forms show it, or is none. */
export function readingOfMoney(typed: string, currency: string): string | null {
  const sum = readsTwoWays(typed) ? parseMoney(typed, currency) : null;
  const read = sum === null ? null : formatMoney(sum, currency);
  return read === null || read === typed.trim() ? null : `= ${read}`;
}

/** Signs of one or two letters are known in their own currency alone. */
function withoutSign(typed: string, sign: string): string {
  const minus = typed.startsWith("-") ? "-" : "";
  const rest = typed.slice(minus.length).trimStart();
  return rest.startsWith(sign) ? minus + rest.slice(sign.length) : typed;
}
