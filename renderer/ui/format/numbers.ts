import { formatCount } from "../../../shared/text/counts.ts";

const noCents = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

// The same in the sentences of the desk and the server.
export { countOf, formatCount } from "../../../shared/text/counts.ts";

/** A sum in full, as in a form: "$450,000", "€1,250.50". */
export function formatMoney(value: number, currency: string): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  return moneyFormat(currency, digits).format(value);
}

/** A sum where room is scarce: "$450k", "$1.2m"; below 10,000 in full. */
export function formatMoneyShort(value: number, currency: string): string {
  const scale = scaleOf(Math.abs(value));
  if (!scale) return formatMoney(value, currency);
  const digits = Math.abs(value) / scale.unit >= 100 ? 0 : 1;
  const scaled = Number((value / scale.unit).toFixed(digits));
  const symbol = currencySymbol(currency);
  return `${scaled < 0 ? "-" : ""}${symbol}${formatCount(Math.abs(scaled))}${scale.letter}`;
}

/** "78%", of whole percent. */
export function formatPercent(percent: number): string {
  return `${noCents.format(percent)}%`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${noCents.format(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function scaleOf(size: number): { unit: number; letter: string } | null {
  // From the point where rounding would say "1,000k" on, millions read better.
  if (size >= 999_500_000) return { unit: 1e9, letter: "bn" };
  if (size >= 999_500) return { unit: 1e6, letter: "m" };
  return size >= 10_000 ? { unit: 1e3, letter: "k" } : null;
}

export function currencySymbol(currency: string): string {
  const parts = moneyFormat(currency, 0).formatToParts(0);
  return parts.find((part) => part.type === "currency")?.value ?? currency;
}

/** A format costs milliseconds to make, and a list asks for one in every row. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
  const key = `${currency} ${digits}`;
  const known = moneyFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  moneyFormats.set(key, made);
  return made;
}
