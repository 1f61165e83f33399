/** Names for every column: empty ones get their place, repeated ones a number, so that each can be chosen. */
export function nameHeaders(cells: readonly string[], width: number): string[] {
  const used = new Set<string>();
  return Array.from({ length: Math.max(width, cells.length) }, (_, at) => {
    const name = (cells[at] ?? "").replaceAll(/\s+/gu, " ").trim().slice(0, 400) || `Column ${at + 1}`;
    let unique = name;
    for (let count = 2; used.has(unique); count += 1) unique = `${name} (${count})`;
    used.add(unique);
    return unique;
  });
}
