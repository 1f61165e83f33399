import { applyReport, overlayReport } from "../calls/call-record.ts";
import type { CallEvent } from "../calls/call-event.ts";
import type { CollectionName } from "../entities/collections.ts";
import type { FieldValue, Instant } from "../entities/fields.ts";
import type { DeviceId, UserId } from "../entities/id.ts";
import { serverFields, type KeptValue } from "../entities/record.ts";
import { assertNever } from "../result/result.ts";
import type { Edit, EditOf, Refusal } from "./edit.ts";
import { readField, sameValue, writeField, type Doc } from "./fields.ts";
import { mergeField } from "./merge.ts";

/** Who wrote a field last, and in which `rev`: what tells a later edit from a concurrent one. */
export type Touch = {
  rev: number;
  deviceId: DeviceId;
  byId: UserId;
  at: Instant;
  /**
   * What it was written over: of another device, where this one had not seen it and the values were joined (later edits
   * of this device that were made before it heard of that have not seen it either), otherwise of another person, who
   * has worked on the record however much is typed over that ([PUSH-10]).
   */
  over?: Touch;
};

/** A record as the server holds it. */
export type Master = {
  doc: Doc;
  deleted: boolean;
  /** By field; `*` stands for every field since the record was made. */
  touched: Readonly<Record<string, Touch>>;
  /** Of a call: everything that was said of it ([CALL-2]). Absent where nobody asked for it. */
  log?: readonly CallEvent[];
};

export type Author = { userId: UserId; deviceId: DeviceId };

/** One line of the record's history. */
export type HistoryEntry = {
  kind: "created" | "change" | "merge" | "deleted" | "restored";
  changes: { field: string; from: FieldValue; to: FieldValue }[];
};

export type Applied =
  | { outcome: "accepted" | "merged"; master: Master; history: HistoryEntry[] }
  | { outcome: "refused"; refusal: Refusal };

const maxKept = 50;

/**
 * Applies one edit to one record: the rules [EDIT-1] to [EDIT-9] of SPEC.md.
 * Pure: the server runs it inside its transaction, the simulation runs the same.
 * Invariants:
 * - an edit changes only what it names, and only once (the caller drops edits that it has seen);
 * - what another device wrote and this one had not seen is never overwritten without being kept;
 * - an edit is stronger than a deletion that had not seen it, whichever arrives first;
 * - what was said of a call stays with it, whatever else the same push writes there.
 *
 * @param now the server's clock
 */
export function applyEdit(master: Master | null, edit: Edit, author: Author, now: Instant): Applied {
  const touch: Touch = {
    rev: (master?.doc.rev ?? 0) + 1,
    deviceId: author.deviceId,
    byId: author.userId,
    at: now,
  };
  switch (edit.kind) {
    case "create":
      return create(master, edit, touch);
    case "update":
      return master ? update(master, edit, touch) : notFound;
    case "delete":
      return master ? remove(master, edit, touch) : notFound;
    case "restore":
      return master ? restore(master, touch) : notFound;
    case "settle":
      return master ? settle(master, edit, touch) : notFound;
    case "report":
      return report(master, edit, touch);
    default:
      return assertNever(edit);
  }
}

const notFound: Applied = {
  outcome: "refused",
  refusal: { code: "not-found", message: "This record is not on the server, or no longer yours to change." },
};

function create(master: Master | null, edit: EditOf<"create">, touch: Touch): Applied {
  const named = Object.keys(edit.fields).find((field) => serverFields.has(field));
  if (named) return refuse("unknown-field", `“${named}” is written by the server.`, named);
  // The id was made on one device, so a second creation is the same person trying again: later values count.
  if (master) return update(master.deleted ? revive(master) : master, asUpdate(edit), touch);
  const doc = {
    ...edit.fields,
    id: edit.id,
    rev: 1,
    createdAt: touch.at,
    updatedAt: touch.at,
    kept: [],
  } as Doc;
  return {
    outcome: "accepted",
    master: { doc, deleted: false, touched: { "*": touch } },
    history: [{ kind: "created", changes: [] }],
  };
}

function asUpdate(edit: EditOf<"create">): EditOf<"update"> {
  const { fields, ...rest } = edit;
  const { custom, ...own } = fields;
  const changes = [
    ...Object.entries(own),
    ...Object.entries((custom ?? {}) as Record<string, FieldValue>).map(
      ([key, value]) => [`custom.${key}`, value] as const,
    ),
  ].map(([field, to]) => [field, { from: null, to }] as const);
  return { ...rest, kind: "update", changes: Object.fromEntries(changes) };
}

function update(master: Master, edit: EditOf<"update">, touch: Touch): Applied {
  const named = Object.keys(edit.changes).find((field) => serverFields.has(field));
  if (named) return refuse("unknown-field", `“${named}” is written by the server.`, named);

  const revived = master.deleted;
  let doc = master.doc;
  const touched: Record<string, Touch> = { ...master.touched };
  const changes: HistoryEntry["changes"] = [];
  const lost: KeptValue[] = [];
  let isTouched = revived;

  for (const [field, change] of Object.entries(edit.changes)) {
    const stands = readField(doc, field);
    const last = master.touched[field] ?? master.touched["*"];
    const unseen = last && findUnseen(last, edit.rev, touch.deviceId, sameValue(change.from, stands));
    const merged = unseen ? mergeField(field, change.from, change.to, stands) : { value: change.to };
    if (merged.lost !== undefined && unseen) lost.push(keep(edit, field, merged.lost, unseen, touch));
    const stays = sameValue(merged.value, stands);
    if (stays && !isHeardAsWell(field, merged.value, last, touch)) continue;
    if (!stays) changes.push({ field, from: stands, to: merged.value });
    doc = writeField(doc, field, merged.value);
    const over = unseen ?? (last && lastOfOthers(last, touch.byId));
    if (stays && last) touched[field] = { ...last, over: touch };
    else touched[field] = over ? { ...touch, over } : touch;
    isTouched = true;
  }

  if (!isTouched) return { outcome: "accepted", master, history: [] };
  const history: HistoryEntry[] = [];
  if (revived) history.push({ kind: "restored", changes: [] });
  if (changes.length > 0) history.push({ kind: "change", changes });
  if (lost.length > 0) {
    history.push({
      kind: "merge",
      changes: lost.map(({ field, value }) => ({ field, from: value, to: readField(doc, field) })),
    });
  }
  return {
    outcome: lost.length > 0 || revived ? "merged" : "accepted",
    master: { ...master, doc: stamp(addKept(doc, lost), touch), deleted: false, touched },
    history,
  };
}

/**
 * [PUSH-10] That somebody must not be called is said again: neither whoever said so first nor who said it then can take
 * that back for both. So the first remains its writer, and the other stands behind them.
 */
function isHeardAsWell(field: string, value: FieldValue, last: Touch | undefined, touch: Touch): boolean {
  return field === "doNotCall" && value === true && last?.byId !== touch.byId;
}

/**
 * The other device's writing that an edit made at `rev` on this device had not seen; undefined = it had seen all.
 * A device whose own edit went up and whose answer was lost shows that edit over what came after it: it holds the
 * newer record, and its person has seen another value than the one that stands.
 *
 * @param isOver whether it was typed over what stands
 */
function findUnseen(last: Touch, rev: number, deviceId: DeviceId, isOver = true): Touch | undefined {
  const { over, ...written } = last;
  if (written.deviceId !== deviceId) return written.rev > rev || !isOver ? written : undefined;
  return over && over.rev > rev ? over : undefined;
}

function lastOfOthers({ over, ...written }: Touch, byId: UserId): Touch | undefined {
  return written.byId === byId ? over : written;
}

function remove(master: Master, edit: EditOf<"delete">, touch: Touch): Applied {
  if (master.deleted) return { outcome: "accepted", master, history: [] };
  const unseen = Object.values(master.touched)
    .map((last) => findUnseen(last, edit.rev, touch.deviceId))
    .find((other) => other !== undefined);
  if (unseen) {
    // Somebody wrote what the person who deletes had not seen: the record stays, and both learn of it.
    const attempt = keep(edit, "deleted", true, touch, unseen);
    const doc = stamp(addKept(master.doc, [attempt]), touch);
    return {
      outcome: "merged",
      master: { ...master, doc },
      history: [{ kind: "merge", changes: [{ field: "deleted", from: true, to: false }] }],
    };
  }
  return {
    outcome: "accepted",
    master: {
      ...master,
      doc: stamp(master.doc, touch),
      deleted: true,
      touched: { ...master.touched, deleted: touch },
    },
    history: [{ kind: "deleted", changes: [] }],
  };
}

function restore(master: Master, touch: Touch): Applied {
  if (!master.deleted) return { outcome: "accepted", master, history: [] };
  return {
    outcome: "accepted",
    master: {
      ...revive(master),
      doc: stamp(master.doc, touch),
      touched: { ...master.touched, deleted: touch },
    },
    history: [{ kind: "restored", changes: [] }],
  };
}

function settle(master: Master, edit: EditOf<"settle">, touch: Touch): Applied {
  const open = master.doc.kept.some((value) => value.id === edit.keptId && value.settledAt === null);
  if (!open) return { outcome: "accepted", master, history: [] };
  const kept = master.doc.kept.map((value) =>
    value.id === edit.keptId ? { ...value, settledAt: touch.at } : value,
  );
  return {
    outcome: "accepted",
    master: { ...master, doc: stamp({ ...master.doc, kept }, touch) },
    history: [],
  };
}

/** [CALL-1] Adds to what was said of a call and tells the call anew. Nothing a person wrote is touched. */
function report(master: Master | null, { id, events }: EditOf<"report">, touch: Touch): Applied {
  return { outcome: "accepted", master: addToCall(master, id, events, touch), history: [] };
}

/** @returns the very same master where nothing new was said */
export function addToCall(
  master: Master | null,
  id: string,
  events: readonly CallEvent[],
  touch: Touch,
): Master {
  const said = applyReport(master?.doc ?? null, master?.log ?? [], events);
  if (said === null && master) return master;
  const { log, fields } = said ?? { log: [], fields: {} };
  if (!master) {
    const doc = {
      ...fields,
      id,
      rev: 1,
      createdAt: touch.at,
      updatedAt: touch.at,
      kept: [],
    } as unknown as Doc;
    return { doc, deleted: false, touched: { "*": touch }, log };
  }
  const changed = Object.keys(fields).filter((field) => !sameValue(master.doc[field], fields[field]));
  if (changed.length === 0) return { ...master, log };
  const doc = stamp({ ...master.doc, ...fields } as Doc, touch);
  const touched = { ...master.touched, ...Object.fromEntries(changed.map((field) => [field, touch])) };
  return { ...master, doc, touched, log };
}

function revive(master: Master): Master {
  return { ...master, deleted: false };
}

function keep(edit: Edit, field: string, value: FieldValue, loser: Touch, winner: Touch): KeptValue {
  return {
    id: `${edit.editId}:${field}`,
    field,
    value,
    byId: authorOf(loser),
    at: loser.at,
    wonById: authorOf(winner),
    wonEdit: edit.editId,
    settledAt: null,
  };
}

/** Null: the server wrote it in nobody's name, as webhooks make it do. */
function authorOf({ byId }: Touch): UserId | null {
  return (byId as string) === "" ? null : byId;
}

function addKept(doc: Doc, lost: KeptValue[]): Doc {
  if (lost.length === 0) return doc;
  return { ...doc, kept: [...doc.kept, ...lost].slice(-maxKept) };
}

function stamp(doc: Doc, touch: Touch): Doc {
  return { ...doc, rev: touch.rev, updatedAt: touch.at };
}

function refuse(code: Refusal["code"], message: string, field?: string): Applied {
  return { outcome: "refused", refusal: field === undefined ? { code, message } : { code, message, field } };
}

/**
 * The record as its person sees it: the server's state with the edits that it has not taken yet.
 * @returns null where the record is deleted, or was never made
 */
export function overlay(master: Doc | null, unsent: readonly Edit[]): Doc | null {
  let doc = master;
  let hidden: Doc | null = null;
  for (const edit of unsent) {
    switch (edit.kind) {
      case "create":
        doc ??= {
          ...edit.fields,
          id: edit.id,
          rev: 0,
          createdAt: edit.at,
          updatedAt: edit.at,
          kept: [],
        } as Doc;
        break;
      case "update":
        doc = doc && overlayUpdate(doc, edit);
        break;
      case "delete":
        hidden = doc;
        doc = null;
        break;
      case "restore":
        doc ??= hidden;
        break;
      case "settle":
        doc = doc && {
          ...doc,
          kept: doc.kept.map((value) =>
            value.id === edit.keptId ? { ...value, settledAt: edit.at } : value,
          ),
        };
        break;
      case "report":
        doc = {
          ...(doc ?? { id: edit.id, rev: 0, createdAt: edit.at, updatedAt: edit.at, kept: [] }),
          ...overlayReport(doc, edit.events),
        } as Doc;
        break;
      default:
        assertNever(edit);
    }
  }
  return doc;
}

function overlayUpdate(doc: Doc, edit: EditOf<"update">): Doc {
  let next = doc;
  for (const [field, { from, to }] of Object.entries(edit.changes)) {
    next = writeField(next, field, mergeField(field, from, to, readField(next, field)).value);
  }
  return { ...next, updatedAt: edit.at };
}

/** Which collection an edit's history belongs to is the caller's business; this names the pair. */
export type RecordKey = { collection: CollectionName; id: string };
