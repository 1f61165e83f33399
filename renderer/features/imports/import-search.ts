export interface ImportSearch {
  /** The import that is open; none = choose a file. */
  id?: string;
}

export function readImportSearch(search: Record<string, unknown>): ImportSearch {
  return typeof search["id"] === "string" ? { id: search["id"] } : {};
}
