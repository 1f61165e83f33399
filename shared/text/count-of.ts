/** "1 day", "3 days": for sentences; what people read as a figure on a screen is grouped by `renderer/ui/format`. */
export function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
