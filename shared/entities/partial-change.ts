// A change names the fields that it changes, in a record within the record too: lists and plain values are replaced as
// a whole. So two people who change different things at once undo nothing of each other's.

type Fields = Readonly<Record<string, unknown>>;

/** The record as it stands after a change. */
export function applyChange<T extends object>(record: T, change: object): T {
  const stood = new Map(Object.entries(record));
  const changed = Object.entries(change).map(([field, next]) => {
    const before = stood.get(field);
    return [field, isFields(next) && isFields(before) ? applyChange(before, next) : next];
  });
  return { ...record, ...Object.fromEntries(changed) };
}

/** What stands in the fields that a change names: as a change itself, it takes the other back. */
export function whatStood(record: object, change: object): Fields {
  const stood = new Map(Object.entries(record));
  const named = Object.entries(change).map(([field, next]) => {
    const before = stood.get(field);
    return [field, isFields(next) && isFields(before) ? whatStood(before, next) : before];
  });
  return Object.fromEntries(named);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
