import type { Parameters } from "./parameters.ts";

/** Every word of `search` stands in one of the texts; no words match everything. For collections that need no index. */
export function searchSql(search: string, texts: readonly string[], parameters: Parameters): string {
  const words = search.trim().split(/\s+/u).filter(Boolean);
  const conditions = words.map((word) => {
    const pattern = parameters.add(`%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`);
    return `(${texts.map((text) => `${text} ilike ${pattern}`).join(" or ")})`;
  });
  return conditions.join(" and ") || "true";
}
