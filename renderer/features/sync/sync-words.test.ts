import { describe, expect, test } from "vitest";
import type { OpenKept, RefusedEdit, WaitingEdit } from "../../../shared/rpc/contract/sync.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { createDirectory } from "../../client/directory.ts";
import { keptWords } from "./kept-words.ts";
import {
  amendable,
  connectionWords,
  editWords,
  nextTryWords,
  offlineWords,
  progressWords,
  refusalWords,
  statusBarWords,
  type SyncStatus,
} from "./sync-words.ts";

const now = new Date(2026, 10, 18, 14, 22, 10);
const clock = (hour: number, minute: number, second = 0): string =>
  new Date(2026, 10, 18, hour, minute, second).toISOString();
const directory = createDirectory([]);

function status(fields: Partial<SyncStatus> = {}): SyncStatus {
  return {
    phase: "live",
    trouble: null,
    progress: null,
    waiting: 0,
    refused: 0,
    openKept: 0,
    lastSyncedAt: clock(14, 21, 58),
    offlineSince: null,
    nextTryAt: null,
    leadsOnDevice: 0,
    roundTripMs: null,
    ...fields,
  };
}

function edit(fields: Partial<WaitingEdit>): WaitingEdit {
  const base = {
    editId: "e1",
    collection: "leads",
    id: "l1",
    title: "Wei Chen",
    leadId: "l1",
    allDay: false,
    at: clock(14, 20),
  } as const;
  return { ...base, kind: "update", fields: [], label: "", ...fields };
}

describe("the state of the connection in words", () => {
  test("while all is well", () => {
    expect(connectionWords(status(), now)).toEqual({
      text: "Connected, last change 14:21:58",
      shape: "connected",
    });
    expect(statusBarWords(status(), now)).toEqual(["Synced 12 s ago"]);
    expect(offlineWords(status(), now)).toBeNull();
  });

  test("while nobody changes anything for a while", () => {
    const quiet = status({ lastSyncedAt: clock(14, 14) });
    expect(statusBarWords(quiet, now)).toEqual(["Synced, last change 8 min ago"]);
  });

  test("during the first sync", () => {
    const first = status({
      phase: "first-sync",
      progress: { collection: "leads", done: 61_240, total: 100_412, leftMs: 118_000 },
      waiting: 4,
      refused: 1,
      openKept: 2,
    });
    expect(statusBarWords(first, now)).toEqual(["First sync 60%", "5 unsent", "3 need you"]);
    expect(progressWords(first, (term) => (term === "leads" ? "prospects" : term))).toEqual({
      label: "First sync",
      unit: "prospects",
    });
  });

  test("offline: what works, since when, and when it tries again", () => {
    const offline = status({
      phase: "offline",
      // Nobody changed anything for hours: that is not how long the connection is gone.
      lastSyncedAt: clock(6, 14),
      offlineSince: clock(12, 20),
      nextTryAt: clock(14, 22, 50),
      refused: 1,
    });
    expect(connectionWords(offline, now)).toEqual({ text: "Offline since 12:20", shape: "off" });
    expect(statusBarWords(offline, now)).toEqual(["Offline since 12:20", "1 unsent", "1 needs you"]);
    expect(offlineWords(offline, now)).toEqual({
      title: "Working from this device",
      detail: "no connection since 12:20",
    });
    expect(nextTryWords(offline, now)).toBe("next try in 40 s");
    expect(offlineWords({ ...offline, trouble: "The server answered with an error." }, now)?.detail).toBe(
      "The server answered with an error.",
    );
  });

  test("offline since another day, and since before the desk was opened", () => {
    const yesterday = new Date(2026, 10, 17, 22, 5).toISOString();
    const offline = status({ phase: "offline", lastSyncedAt: clock(12, 20), offlineSince: yesterday });
    expect(statusBarWords(offline, now)).toEqual(["Offline since yesterday 22:05"]);
    const fromTheStart = { ...offline, offlineSince: null };
    expect(statusBarWords(fromTheStart, now)).toEqual(["Offline"]);
    expect(connectionWords(fromTheStart, now).text).toBe("Offline, last synced 2 h ago");
    expect(offlineWords(fromTheStart, now)?.detail).toBe("last synced 2 h ago");
  });

  test("a paused sync says who paused it and plans nothing", () => {
    const paused = status({ phase: "paused", offlineSince: clock(14, 20), nextTryAt: clock(14, 23) });
    expect(offlineWords(paused, now)?.detail).toBe("sync is paused, no connection since 14:20");
    expect(connectionWords(paused, now).text).toBe("Paused by you");
    expect(nextTryWords(paused, now)).toBe("paused");
  });
});

describe("what an edit did", () => {
  test.each<[Partial<WaitingEdit>, string]>([
    [{ fields: [{ field: "city", from: "Oslo", to: "Bergen" }] }, "City, Oslo to Bergen"],
    [{ fields: [{ field: "email", from: "", to: "a@b.example" }] }, "E-mail, empty to a@b.example"],
    [{ fields: [{ field: "notes", from: "a\nb", to: "a\nc" }] }, "Notes, one line"],
    [
      {
        fields: [
          { field: "city", from: "", to: "x" },
          { field: "title", from: "", to: "y" },
        ],
      },
      "City and 1 more field",
    ],
    [{ collection: "tasks", fields: [{ field: "doneAt", from: null, to: clock(14, 0) }] }, "Task done"],
    [{ kind: "create", collection: "deals" }, "Deal added"],
    [{ kind: "delete" }, "Deleted"],
    [
      {
        kind: "create",
        collection: "activities",
        fields: [
          { field: "kind", from: null, to: "note" },
          { field: "text", from: null, to: "one\ntwo" },
        ],
      },
      "Note added, 2 lines",
    ],
  ])("%j", (fields, words) => {
    expect(editWords(edit(fields), directory, now)).toBe(words);
  });
});

test("a refusal says what happened and what was kept", () => {
  const refusal = { code: "invalid" as const, message: "One digit short for a US number" };
  const refused: RefusedEdit = { ...edit({}), refusal };
  expect(refusalWords(refused)).toBe("One digit short for a US number. Kept here, not sent.");
  expect(refusalWords({ ...refused, refusal: { ...refusal, message: "Gone." } })).toBe(
    "Gone. Kept here, not sent.",
  );
});

describe("what of a refused edit can be given again on the spot", () => {
  const refused = (field: string | undefined, more: Partial<WaitingEdit>): RefusedEdit => ({
    ...edit(more),
    refusal: { code: "invalid", message: "No.", ...(field === undefined ? {} : { field }) },
  });
  const name = { field: "name", from: null, to: "Vera" };
  const rooms = { field: "custom.rooms", from: null, to: ["many"] };

  test("of a new record the named field, one of the tenant's own too, and what is not in it", () => {
    const made = { kind: "create" as const, fields: [name, rooms] };
    expect(amendable(refused("custom.rooms", made))).toEqual(rooms);
    expect(amendable(refused("custom.seating", made))).toEqual({
      field: "custom.seating",
      from: null,
      to: null,
    });
    expect(amendable(refused("name", { ...made, fields: [rooms] }))?.field).toBe("name");
  });

  test("of a change what it changed, and nothing that is picked from other records", () => {
    expect(amendable(refused(undefined, { fields: [name] }))).toEqual(name);
    expect(amendable(refused("city", { fields: [name, rooms] }))).toBeNull();
    expect(amendable(refused("leadId", { kind: "create", fields: [name] }))).toBeNull();
    expect(amendable(refused(undefined, { kind: "delete", fields: [] }))).toBeNull();
  });
});

describe("two values of one field", () => {
  const item = (byId: string, wonById: string, field = "city"): OpenKept =>
    ({
      collection: "leads",
      id: "l1",
      title: "Maria Kowalski",
      leadId: "l1",
      allDay: false,
      stands: "Bergen",
      kept: {
        id: "k1",
        field,
        value: "Oslo",
        byId,
        wonById,
        at: clock(13, 58),
        wonEdit: "e2",
        settledAt: null,
      },
    }) as OpenKept;

  test("the reader's own value comes first, whichever stands", () => {
    expect(
      keptWords(item("ana", "ben"), directory, "ana", now).sides.map(({ value, use }) => [value, use]),
    ).toEqual([
      ["Oslo", true],
      ["Bergen", false],
    ]);
    expect(
      keptWords(item("ben", "ana"), directory, "ana", now).sides.map(({ value, use }) => [value, use]),
    ).toEqual([
      ["Bergen", false],
      ["Oslo", true],
    ]);
  });

  test("long texts are told apart by their authors", () => {
    const long = { ...item("ana", "ben"), stands: "one\ntwo" } as OpenKept;
    expect(keptWords(long, createDirectory([]), "ana", now).sides.map((side) => side.action)).toEqual([
      "Use your version",
      "Use Somebody who left’s version",
    ]);
  });

  test("a task for a whole day is due on one of two days, at no hour", () => {
    const own = item("ana", "ben", "dueAt");
    const kept = { ...own.kept, value: dueOfDay("2026-11-24") };
    const due: OpenKept = { ...own, collection: "tasks", allDay: true, kept, stands: dueOfDay("2026-11-25") };
    expect(keptWords(due, directory, "ana", now).sides.map(({ value }) => value)).toEqual([
      "24 Nov",
      "25 Nov",
    ]);
    const fields = [{ field: "dueAt", from: kept.value, to: due.stands }];
    expect(editWords(edit({ collection: "tasks", allDay: true, fields }), directory, now)).toBe(
      "Due, 24 Nov to 25 Nov",
    );
  });

  test("a deletion that lost is a choice between two acts", () => {
    const { field, sides } = keptWords(item("ben", "ana", "deleted"), directory, "max", now);
    expect(field).toBe("Deleted by one, changed by another");
    expect(sides.map((side) => side.action)).toEqual(["Delete it", "Keep it"]);
  });
});
