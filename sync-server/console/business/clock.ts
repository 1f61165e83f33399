export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "9", "9:30", "930", "9.30", "5pm", "17:00" → "HH:MM"; null: not understood. */
export function parseClock(typed: string): string | null {
  const found = /^(\d{1,2})(?:[:.h]?([0-5]\d))?\s*([ap])?\.?m?\.?$/iu.exec(typed.trim());
  if (!found) return null;
  const half = found[3]?.toLowerCase();
  const said = Number(found[1]);
  if (half !== undefined && (said < 1 || said > 12)) return null;
  const hour = half === undefined ? said : (said % 12) + (half === "p" ? 12 : 0);
  return hour > 23 ? null : `${String(hour).padStart(2, "0")}:${found[2] ?? "00"}`;
}

/** What somebody may not have meant: hours that go on into the next day. Null: they do not. */
export function sayOvernight(opens: string, closes: string): string | null {
  if (closes > opens) return null;
  if (closes === opens) return "Day and night";
  return closes === "00:00" ? "Until midnight" : "The next day";
}
