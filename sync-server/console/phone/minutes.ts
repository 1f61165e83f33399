const hour = 60;
const day = 24 * hour;

/** "45 min", "2 h", "3 days": the largest unit that comes out whole. */
export function sayMinutes(minutes: number): string {
  if (minutes % day === 0) return minutes === day ? "1 day" : `${minutes / day} days`;
  return minutes % hour === 0 ? `${minutes / hour} h` : `${minutes} min`;
}

const units: readonly (readonly [pattern: RegExp, minutes: number])[] = [
  [/^(?:|m|min|mins|minutes?)$/u, 1],
  [/^(?:h|hrs?|hours?)$/u, hour],
  [/^(?:d|days?)$/u, day],
];

/** "30", "2 h", "1.5 hours", "3 days" → whole minutes; null: not understood. */
export function parseMinutes(typed: string): number | null {
  const [, count = "", unit = ""] =
    /^(\d+(?:[.,]\d+)?)\s*(\p{L}*)\.?$/u.exec(typed.trim().toLowerCase()) ?? [];
  const minutes = units.find(([pattern]) => pattern.test(unit))?.[1];
  if (count === "" || minutes === undefined) return null;
  return Math.round(Number(count.replace(",", ".")) * minutes);
}
