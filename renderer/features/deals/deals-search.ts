export interface DealsSearch {
  /** The deal that is open. */
  open?: string;
  /** Whose deals: a person's id; everybody's without it. */
  of?: string;
}

/** What an address of the deals says. Anything else in it is ignored. */
export function readDealsSearch(search: Record<string, unknown>): DealsSearch {
  const { open, of } = search;
  return { ...(typeof open === "string" ? { open } : {}), ...(typeof of === "string" ? { of } : {}) };
}
