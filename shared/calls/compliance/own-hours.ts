import { rulesFor } from "./calling-window.ts";
import { defaultWindows } from "./default-rules.ts";
import type { Where, WindowRule } from "./dial-rules.ts";
import { isEmptyWeek, meetWeeks, withoutWeek } from "./week.ts";

/** The rules that are kept to: a tenant's own take the place of Ringside's for the same `where`. */
export function windowsInForce(own: readonly WindowRule[]): WindowRule[] {
  const decided = new Set(own.map(({ where }) => where));
  return [...defaultWindows.filter(({ where }) => !decided.has(where)), ...own];
}

/** When people of one place may be dialled, and by which rules, the narrowest first. */
export type PlaceHours = Pick<WindowRule, "days" | "onHolidays"> & { rules: WindowRule[] };

/** @param windows at least one rule for everywhere */
export function hoursAt(where: Where, windows: readonly WindowRule[]): PlaceHours {
  const isRegion = where.includes("-");
  const rules = rulesFor({ country: where.slice(0, 2), regions: isRegion ? [where] : [] }, windows);
  return {
    rules,
    days: meetWeeks(rules.map(({ days }) => days)),
    onHolidays: rules.some(({ onHolidays }) => onHolidays === "closed") ? "closed" : "open",
  };
}

/** Hours in which a tenant dials people of a place and Ringside's own rules would not. */
export type WiderHours = Pick<WindowRule, "days"> & {
  /** On holidays too, which Ringside's rules keep free. */
  onHolidays: boolean;
  /** Whose rules forbid it. */
  sources: string[];
};

/** Null = nowhere wider. */
export function widerThanOurs(where: Where, own: readonly WindowRule[]): WiderHours | null {
  const [ours, theirs] = [hoursAt(where, defaultWindows), hoursAt(where, windowsInForce(own))];
  const days = withoutWeek(theirs.days, ours.days);
  const onHolidays = theirs.onHolidays === "open" && ours.onHolidays === "closed";
  if (isEmptyWeek(days) && !onHolidays) return null;
  const forbids = (rule: WindowRule) =>
    !isEmptyWeek(withoutWeek(days, rule.days)) || (onHolidays && rule.onHolidays === "closed");
  return { days, onHolidays, sources: ours.rules.filter(forbids).map(({ source }) => source) };
}
