import { describe, expect, test } from "vitest";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { DeviceId, EditId, RecordId, UserId } from "../../../shared/entities/id.ts";
import { applyEdit, overlay, type Master } from "../../../shared/sync/apply-edit.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { makeEdit } from "./make-edit.ts";
import { draftOfUndo } from "./undo-step.ts";

const at = "2026-01-05T09:00:00.000Z";
const ana = { userId: "ana" as UserId, deviceId: "desk of ana" as DeviceId };
const ben = { userId: "ben" as UserId, deviceId: "desk of ben" as DeviceId };
let made = 0;
const stamp = () => ({ editId: `edit-${(made += 1)}` as EditId, at });
const lead = { collection: "leads" as const, id: "lead-1" };

/** A lead of Ana's on the server; `city` and `notes` as she sees them. */
function leadOf(city: string, notes = ""): Master {
  const edit: Edit = { ...stamp(), ...lead, id: lead.id as RecordId, rev: 0, kind: "create", fields: fields.lead({ city, notes }) }; // prettier-ignore
  return taken(null, edit, ana);
}

function taken(master: Master | null, edit: Edit, author: typeof ana): Master {
  const applied = applyEdit(master, edit, author, at);
  if (applied.outcome === "refused") throw new Error(applied.refusal.message);
  return applied.master;
}

/** Whoever it is sees what the server has, and changes one field; `seen` as they began. */
function type(master: Master, field: string, to: FieldValue, seen?: FieldValue) {
  const draft = { kind: "update" as const, ...lead, set: { [field]: to }, ...(seen !== undefined && { seen: { [field]: seen } }) }; // prettier-ignore
  return makeEdit(draft, master.doc, stamp());
}

function typed(...what: Parameters<typeof type>) {
  const one = type(...what);
  if (!one?.undo) throw new Error("it changed nothing");
  return { edit: one.edit, undo: one.undo };
}

const keptIn = ({ doc }: Master) => doc.kept.map(({ field, value }) => [field, value]);

describe("what a colleague changes while somebody types", () => {
  test("is kept where only one value can stand", () => {
    const master = leadOf("Leeds");
    const changed = taken(master, typed(master, "city", "York").edit, ben);
    const edit = typed(changed, "city", "Leeds West", "Leeds").edit;
    const after = taken(changed, edit, ana);
    expect(after.doc["city"]).toBe("Leeds West");
    expect(keptIn(after)).toEqual([["city", "York"]]);
  });

  test("is not called a conflict where they had seen it, or set it by one click", () => {
    const master = leadOf("Leeds");
    const changed = taken(master, typed(master, "city", "York").edit, ben);
    for (const seen of ["York", undefined]) {
      expect(keptIn(taken(changed, typed(changed, "city", "Hull", seen).edit, ana))).toEqual([]);
    }
  });

  test("joins in where lines can: on the screen at once, and the same on the server", () => {
    const master = leadOf("Leeds", "Parking: six\nRent: open");
    const changed = taken(master, typed(master, "notes", "Parking: six\nRent: open\nFriday").edit, ben);
    const { edit } = typed(changed, "notes", "Parking: eight\nRent: open", "Parking: six\nRent: open");
    const after = taken(changed, edit, ana);
    expect(after.doc["notes"]).toBe("Parking: eight\nRent: open\nFriday");
    expect(overlay(changed.doc, [edit])?.["notes"]).toBe(after.doc["notes"]);
    expect(keptIn(after)).toEqual([]);
  });

  test("stays joined in while they type on in the same field, which shows what they typed alone", () => {
    const master = leadOf("Leeds", "a");
    const theirs = taken(master, typed(master, "notes", "a\nBen").edit, ben);
    const once = taken(theirs, typed(theirs, "notes", "a\nAna", "a").edit, ana);
    const twice = taken(once, typed(once, "notes", "a\nAna was here", "a\nAna").edit, ana);
    expect(readField(twice.doc, "notes")).toContain("Ben");
    expect(readField(twice.doc, "notes")).toContain("Ana was here");
  });

  test("comes back when they take back what they typed over it", () => {
    const master = leadOf("Leeds");
    const changed = taken(master, typed(master, "city", "York").edit, ben);
    const { edit, undo } = typed(changed, "city", "Leeds West", "Leeds");
    const after = taken(changed, edit, ana);
    expect(
      draftOfUndo(undo, after.doc, { userId: "ana" as never, name: "Ana", role: "agent", teamIds: [] }),
    ).toMatchObject({ set: { city: "York" } });
  });
});

test("who types back what they saw has changed nothing, whatever stands there now", () => {
  const master = leadOf("Leeds");
  const changed = taken(master, typed(master, "city", "York").edit, ben);
  expect(type(changed, "city", "Leeds", "Leeds")).toBeNull();
  expect(type(changed, "city", "York", "Leeds")).toBeNull();
});

describe("[PUSH-10] what was given to somebody, and is here no more,", () => {
  const lefts: [from: string | null, to: string, teamIds: string[], why: string][] = [
    [null, "ben", [], "is taken back by who is in no team"],
    [null, "ben", ["north"], "is taken back where it was of no team"],
    ["south", "ben", ["north"], "is taken back where it was of another team"],
    ["north", "ben", [], "is taken back by who has left its team"],
  ];
  test.each(lefts)("team %s, to %s, by somebody of %j: %s", (team, to, teamIds) => {
    const changes = { ownerId: { from: to, to: null } };
    expect(undoneIn(team, to, teamIds)).toEqual({ ...lead, kind: "take-back", changes });
  });

  test("is deleted where their team, or they themselves, would see it still", () => {
    expect(undoneIn("north", "ben", ["north"])).toBeNull();
    expect(undoneIn(null, "ana", ["north"])).toBeNull();
  });

  function undoneIn(teamId: string | null, to: string, teamIds: string[]) {
    const { undo } = typed(inTeam(teamId), "ownerId", to);
    const me = { userId: ana.userId, name: "Ana", role: "agent" as const, teamIds: teamIds as never };
    return draftOfUndo(undo, null, me);
  }

  function inTeam(teamId: string | null): Master {
    const { doc, ...rest } = leadOf("Leeds");
    return { ...rest, doc: { ...doc, teamId } };
  }
});
