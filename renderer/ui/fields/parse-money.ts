const units: Record<string, number> = { "": 1, k: 1e3, m: 1e6, bn: 1e9 };

/** "$450k", "1,200.50", "1.2m": a sum in major units, to two digits. Null: not a sum. */
export function parseMoney(typed: string): number | null {
  const match = /^(-?)[^\d.,-]{0,3}(-?)([\d,]*\.?\d+|[\d,]+)\s*(k|m|bn)?[^\d]{0,4}$/iu.exec(typed.trim());
  if (!match || (match[1] && match[2])) return null;
  const [, minus = "", secondMinus = "", digits = "", unit = ""] = match;
  const size = Number(digits.replaceAll(",", "")) * (units[unit.toLowerCase()] ?? 1);
  if (!Number.isFinite(size) || size > 1e12) return null;
  return Math.round((minus || secondMinus ? -size : size) * 100) / 100;
}
