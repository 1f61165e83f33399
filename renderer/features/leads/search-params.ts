export interface LeadsSearch {
  /** Which view the list shows, and which list J and K walk through on a profile. */
  view?: string;
  /** What a profile is opened for. */
  do?: ProfileDeed;
  /** The call that is written about. */
  about?: string;
  /** The key of the suggestion that is followed by writing. */
  suggested?: string;
}
const deeds = ["note", "task", "email", "message", "after-call"] as const;
export type ProfileDeed = (typeof deeds)[number];

/** What an address of the leads says. Anything else in it is ignored. */
export function readLeadsSearch(search: Record<string, unknown>): LeadsSearch {
  const { view, do: wanted, about, suggested } = search;
  const deed = deeds.find((one) => one === wanted);
  return {
    ...(typeof view === "string" ? { view } : {}),
    ...(deed ? { do: deed } : {}),
    ...(typeof about === "string" ? { about } : {}),
    ...(typeof suggested === "string" ? { suggested } : {}),
  };
}
