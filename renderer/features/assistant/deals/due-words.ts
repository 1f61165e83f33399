/** "today", "in 3 days": when a step of a deal is due. */
export function dueWords(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : `in ${days} days`;
}
