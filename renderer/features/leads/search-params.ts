export interface LeadsSearch {
  /** Which view the list shows, and which list J and K walk through on a profile. */
  view?: string;
}

/** What an address of the leads says. Anything else in it is ignored. */
export function readLeadsSearch(search: Record<string, unknown>): LeadsSearch {
  return typeof search["view"] === "string" ? { view: search["view"] } : {};
}
