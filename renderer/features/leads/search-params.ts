export interface LeadsSearch {
  /** Which view the list shows, and which list J and K walk through on a profile. */
  view?: string;
  /** What a profile is opened for. */
  do?: "note" | "task";
}

/** What an address of the leads says. Anything else in it is ignored. */
export function readLeadsSearch(search: Record<string, unknown>): LeadsSearch {
  const { view, do: wanted } = search;
  return {
    ...(typeof view === "string" ? { view } : {}),
    ...(wanted === "note" || wanted === "task" ? { do: wanted } : {}),
  };
}
