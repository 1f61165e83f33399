import type { SimRow } from "./sim-server.ts";

/** Something a person typed and the desk said was kept. `token` stands nowhere else in the world; `seen` is what it was typed over. */
export type Entry = {
  collection: string;
  id: string;
  field: string;
  token: string;
  desk: string;
  seen?: string;
};

export type Ledger = {
  nextToken(prefix: string): string;
  note(entry: Entry): void;
  entries(): readonly Entry[];
};

export function createLedger(): Ledger {
  const entries: Entry[] = [];
  let made = 0;
  return {
    nextToken: (prefix) => `${prefix}-${(made += 1)}z`,
    note: (entry) => void entries.push(entry),
    entries: () => entries,
  };
}

/** Where a value ended: in the record (or what it kept), or in the record's history. */
export function findFate(
  entry: Entry,
  rows: readonly SimRow[],
  history: readonly SimRow[],
): "record" | "history" | null {
  const row = rows.find(({ id }) => id === entry.id);
  if (row && JSON.stringify(row.doc).includes(entry.token)) return "record";
  const told = history.some(
    ({ doc }) => isAbout(doc, entry) && JSON.stringify(doc["changes"]).includes(entry.token),
  );
  return told ? "history" : null;
}

/** How often the history says that the field became this very value. */
export function countWrites(entry: Entry, history: readonly SimRow[]): number {
  return history
    .filter(({ doc }) => doc["kind"] === "change" && isAbout(doc, entry))
    .flatMap(({ doc }) => doc["changes"] as { field: string; to: unknown }[])
    .filter(({ field, to }) => field === entry.field && to === entry.token).length;
}

/** How often a value stands at once in its field, at the most: a line of notes or a tag may have been put in twice. */
export function countAtOnce(
  { collection, id, field, token }: Entry,
  rows: readonly SimRow[],
  history: readonly SimRow[],
): number {
  const held = rows.filter((row) => row.id === id).map(({ doc }) => doc[field]);
  const told = history
    .filter(({ doc }) => isAbout(doc, { collection, id }))
    .flatMap(({ doc }) => doc["changes"] as { field: string; to: unknown }[])
    .flatMap((change) => (change.field === field ? [change.to] : []));
  const standings = [...held, ...told].map((value) => partsOf(value).filter((part) => part === token).length);
  return Math.max(0, ...standings);
}

function partsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === "string" ? value.split("\n") : [];
}

function isAbout(
  doc: Record<string, unknown>,
  { collection, id }: Pick<Entry, "collection" | "id">,
): boolean {
  const subject = doc["subject"] as { collection: string; id: string } | null;
  return subject
    ? subject.collection === collection && subject.id === id
    : collection === "leads" && doc["leadId"] === id;
}

/**
 * Values that were overwritten by somebody on another desk who had not seen them, and that their record did not keep
 * ([EDIT-4]).
 */
export function findDropped(
  entries: readonly Entry[],
  rows: readonly SimRow[],
  history: readonly SimRow[],
): string[] {
  const byToken = new Map(entries.map((entry) => [entry.token, entry]));
  return history
    .filter(({ doc }) => doc["kind"] === "change")
    .flatMap(({ doc }) => doc["changes"] as { from: unknown; to: unknown }[])
    .flatMap(({ from, to }) => {
      const winner = byToken.get(String(to));
      const loser = byToken.get(String(from));
      if (!winner?.seen || !loser || winner.seen === loser.token || winner.desk === loser.desk) return [];
      const kept = rows.find(({ id }) => id === winner.id)?.doc["kept"] as { value: unknown }[] | undefined;
      return kept?.some(({ value }) => value === loser.token)
        ? []
        : [`${loser.token} was dropped for ${winner.token}`];
    });
}
