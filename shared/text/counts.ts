const grouped = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

/** "61,240". */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** "1 lead", "3 leads", "1,234 leads": the count with its noun. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
