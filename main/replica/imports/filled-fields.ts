/** A row of the file that makes a lead, by its number from 1; or a lead of the replica, by its id. */
export type LeadOfFile = number | string;

/** Which fields of a lead hold something by what a file has said so far. */
export type FilledFields = {
  of(lead: LeadOfFile): ReadonlySet<string>;
  add(lead: LeadOfFile, paths: readonly string[]): void;
};

const nothing: ReadonlySet<string> = new Set();

/** Most rows fill the same fields: each set of them is kept once, and four bytes for a row of a file of a million. */
export function createFilledFields(): FilledFields {
  const sets: ReadonlySet<string>[] = [nothing];
  const placeByPaths = new Map<string, number>([["", 0]]);
  const placeById = new Map<string, number>();
  let placeByRow = new Uint32Array(1_024);

  function of(lead: LeadOfFile): ReadonlySet<string> {
    const place = typeof lead === "string" ? placeById.get(lead) : placeByRow[lead];
    return sets[place ?? 0] ?? nothing;
  }
  function placeOf(paths: ReadonlySet<string>): number {
    const said = [...paths].sort().join("\n");
    const place = placeByPaths.get(said) ?? sets.push(paths) - 1;
    placeByPaths.set(said, place);
    return place;
  }
  function makeRoom(row: number): void {
    if (row < placeByRow.length) return;
    const larger = new Uint32Array(2 * row);
    larger.set(placeByRow);
    placeByRow = larger;
  }

  return {
    of,
    add(lead, paths) {
      const place = placeOf(new Set([...of(lead), ...paths]));
      if (typeof lead === "string") return void placeById.set(lead, place);
      makeRoom(lead);
      placeByRow[lead] = place;
    },
  };
}
