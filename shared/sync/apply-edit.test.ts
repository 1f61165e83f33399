import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldValue } from "../entities/fields.ts";
import type { DeviceId, UserId } from "../entities/id.ts";
import { applyEdit, overlay, type Author, type HistoryEntry, type Master } from "./apply-edit.ts";
import type { Edit } from "./edit.ts";
import { readField, type Doc } from "./fields.ts";

const at = "2026-01-01T09:00:00.000Z";
const author = (name: string): Author => ({ userId: name as UserId, deviceId: `device-${name}` as DeviceId });
const [ana, ben] = [author("ana"), author("ben")];

let made = 0;
/** An edit of lead-1. */
function make(kind: string, rest: Record<string, unknown>, rev = 0): Edit {
  made += 1;
  return {
    editId: `edit-${made}`,
    collection: "leads",
    id: "lead-1",
    at,
    rev,
    kind,
    ...rest,
  } as unknown as Edit;
}

function change(rev: number, changes: Record<string, [FieldValue, FieldValue]>): Edit {
  const named = Object.entries(changes).map(([field, [from, to]]) => [field, { from, to }]);
  return make("update", { changes: Object.fromEntries(named) as unknown }, rev);
}

function take(master: Master | null, edit: Edit, by: Author) {
  const applied = applyEdit(master, edit, by, at);
  if (applied.outcome === "refused") throw new Error(applied.refusal.message);
  return applied;
}

const created = () =>
  take(null, make("create", { fields: { name: "Maria", city: "Bern", notes: "", tags: [] } }), ana).master;

describe("one edit", () => {
  test("[EDIT-2] [EDIT-3] changes only what it names", () => {
    const { master, outcome } = take(created(), change(1, { city: ["Bern", "Basel"] }), ana);
    expect(outcome).toBe("accepted");
    expect(master.doc).toMatchObject({ name: "Maria", city: "Basel", rev: 2 });
  });

  test("[EDIT-4] a value that loses is kept, with who wrote it and who won", () => {
    const theirs = take(created(), change(1, { city: ["Bern", "Basel"] }), ben).master;
    const { master, outcome, history } = take(theirs, change(1, { city: ["Bern", "Biel"] }), ana);
    expect(outcome).toBe("merged");
    expect(master.doc.kept).toMatchObject([
      { field: "city", value: "Basel", byId: "ben", wonById: "ana", settledAt: null },
    ]);
    expect(history.find(({ kind }) => kind === "merge")?.changes).toEqual([
      { field: "city", from: "Basel", to: "Biel" },
    ]);
  });

  test("[EDIT-4] a value that the server wrote in nobody's name is kept as nobody's", () => {
    const theirs = take(created(), change(1, { city: ["Bern", "Basel"] }), author("")).master;
    const { master } = take(theirs, change(1, { city: ["Bern", "Biel"] }), ana);
    expect(master.doc.kept).toMatchObject([{ value: "Basel", byId: null, wonById: "ana" }]);
  });

  test("[EDIT-3] what stood beneath a device's own unanswered edit is kept when that edit is typed over", () => {
    const own = take(created(), change(1, { city: ["Bern", "Basel"] }), ana).master;
    const theirs = take(own, change(2, { city: ["Basel", "Biel"] }), ben).master;
    // Ana's desk has Ben's record and lays its own edit over it, whose answer it never heard.
    const { master } = take(theirs, change(3, { city: ["Basel", "Brig"] }), ana);
    expect(master.doc).toMatchObject({ city: "Brig", kept: [{ field: "city", value: "Biel", byId: "ben" }] });
  });

  test("[EDIT-6] an edit beats a deletion that had not seen it, in both orders", () => {
    const edited = take(created(), change(1, { city: ["Bern", "Basel"] }), ben).master;
    const editFirst = take(edited, make("delete", {}, 1), ana);
    expect(editFirst).toMatchObject({
      outcome: "merged",
      master: { deleted: false, doc: { kept: [{ field: "deleted" }] } },
    });
    const deleted = take(created(), make("delete", {}, 1), ana).master;
    const deleteFirst = take(deleted, change(1, { city: ["Bern", "Basel"] }), ben);
    expect(deleteFirst).toMatchObject({
      outcome: "merged",
      master: { deleted: false, doc: { city: "Basel" } },
    });
  });

  test("[EDIT-7] what was made, taken back and made again stands as it was made last, with nothing kept", () => {
    const deleted = take(created(), make("delete", {}, 1), ana).master;
    const fields = { name: "Maria", city: "Basel", notes: "", tags: [] };
    const { master, outcome } = take(deleted, make("create", { fields }), ana);
    expect(outcome).toBe("accepted");
    expect(master).toMatchObject({ deleted: false, doc: { ...fields, kept: [] } });
  });

  test("[EDIT-6] joining somebody's unseen line does not make a later deletion see it", () => {
    const theirs = take(created(), change(1, { notes: ["", "ben's line"] }), ben).master;
    const joined = take(theirs, change(1, { notes: ["", "ana's line"] }), ana).master;
    expect(joined.doc["notes"]).toBe("ana's line\nben's line");
    expect(take(joined, make("delete", {}, 1), ana)).toMatchObject({
      outcome: "merged",
      master: { deleted: false },
    });
  });

  test("[EDIT-3] what was joined into a device's first edit survives its second one", () => {
    const theirs = take(created(), change(1, { notes: ["", "ben's line"], tags: [[], ["vip"]] }), ben).master;
    const first = take(theirs, change(1, { notes: ["", "an"], tags: [[], ["bank"]] }), ana).master;
    const second = take(
      first,
      change(1, { notes: ["an", "ana's line"], tags: [["bank"], ["bank", "new"]] }),
      ana,
    ).master;
    expect(String(second.doc["notes"]).split("\n").sort()).toEqual(["ana's line", "ben's line"]);
    expect(second.doc["tags"]).toEqual(["bank", "new", "vip"]);
  });

  test("[EDIT-7] creating an id that exists counts as an update", () => {
    const again = make("create", { fields: { name: "Maria K", city: "Bern", notes: "", tags: [] } });
    expect(take(created(), again, ana)).toMatchObject({
      outcome: "accepted",
      master: { doc: { name: "Maria K", rev: 2 } },
    });
  });

  test("[EDIT-8] restoring brings back every field", () => {
    const before = created();
    const deleted = take(before, make("delete", {}, 1), ana).master;
    const { master } = take(deleted, make("restore", {}, 2), ana);
    expect(master).toMatchObject({ deleted: false, doc: { name: "Maria", city: "Bern" } });
  });

  test("[EDIT-9] settling marks a kept value and leaves it there", () => {
    const theirs = take(created(), change(1, { city: ["Bern", "Basel"] }), ben).master;
    const merged = take(theirs, change(1, { city: ["Bern", "Biel"] }), ana).master;
    const keptId = merged.doc.kept[0]?.id;
    const { master } = take(merged, make("settle", { keptId }, 3), ana);
    expect(master.doc.kept).toMatchObject([{ value: "Basel", settledAt: at }]);
    expect(take(master, make("settle", { keptId }, 3), ana).master).toBe(master);
  });

  test("no edit writes what is the server's", () => {
    const refused = { outcome: "refused", refusal: { code: "unknown-field" } };
    expect(applyEdit(created(), change(1, { rev: [1, 9] }), ana, at)).toMatchObject(refused);
    expect(applyEdit(null, make("create", { fields: { name: "x", kept: [] } }), ana, at)).toMatchObject(
      refused,
    );
    expect(applyEdit(null, change(1, { city: ["", "x"] }), ana, at)).toMatchObject({
      refusal: { code: "not-found" },
    });
  });
});

describe("many edits of several devices", () => {
  type EditStep = { kind: "edit"; device: number; field: "city" | "notes" | "tags"; value: number };
  type Step =
    | EditStep
    | { kind: "delete"; device: number }
    | { kind: "send"; device: number }
    | { kind: "pull"; device: number };
  const device = fc.nat({ max: 2 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("edit" as const),
        device,
        field: fc.constantFrom("city" as const, "notes" as const, "tags" as const),
        value: fc.nat({ max: 99 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), device }) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("send" as const, "pull" as const), device }) },
  );

  test("nothing that anybody typed is lost: it stands, is kept, or was changed by somebody who saw it", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const world = play(steps);
        const found = JSON.stringify([world.master.doc, world.history]);
        for (const token of world.typed) expect(found, `${token} is nowhere`).toContain(token);
      }),
      { numRuns: 3_000 },
    );
  });

  test("a tag or a line that one person added stays unless somebody who saw it took it away", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (all) => {
        // Everybody only ever adds here, so whatever is missing was dropped by the merge.
        const steps = all.filter(({ kind }) => kind !== "delete");
        const { doc } = play(steps).master;
        const standing = JSON.stringify([doc["tags"], doc["notes"]]);
        steps.forEach((one, n) => {
          if (one.kind === "edit" && one.field !== "city") expect(standing).toContain(token(one, n));
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test("everybody who has sent and pulled sees the server's record", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const world = play(steps);
        for (const { seen, unsent } of world.devices) {
          expect(unsent).toEqual([]);
          expect(overlay(seen.deleted ? null : seen.doc, [])).toEqual(
            world.master.deleted ? null : world.master.doc,
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  function token(one: EditStep, n: number): string {
    return `t${n}-${one.value}-${one.device}`;
  }

  /** Devices edit what they see, send one edit after another, and pull, in the given order; then all do both. */
  function play(steps: readonly Step[]) {
    let master = created();
    const history: HistoryEntry[] = [];
    const typed: string[] = [];
    const devices = ["a", "b", "c"].map((name) => ({ by: author(name), seen: master, unsent: [] as Edit[] }));
    const send = (from: (typeof devices)[number]) => {
      const edit = from.unsent.shift();
      if (edit === undefined) return;
      const applied = take(master, edit, from.by);
      master = applied.master;
      history.push(...applied.history);
      // [PUSH-6] The answer carries the record; what is still unsent was typed over what was seen before.
      from.seen = master;
    };

    steps.forEach((one, n) => {
      const at = devices[one.device];
      if (at === undefined) return;
      const doc = overlay(at.seen.deleted ? null : at.seen.doc, at.unsent);
      if (one.kind === "send") send(at);
      else if (one.kind === "pull") at.seen = master;
      else if (doc === null) return;
      else if (one.kind === "delete") at.unsent.push(make("delete", {}, at.seen.doc.rev));
      else {
        const text = token(one, n);
        typed.push(text);
        at.unsent.push(
          change(at.seen.doc.rev, {
            [one.field]: [readField(doc, one.field), typeInto(doc, one.field, text)],
          }),
        );
      }
    });
    for (const at of devices) while (at.unsent.length > 0) send(at);
    for (const at of devices) at.seen = master;
    return { master, history, typed, devices };
  }

  /** Cities are replaced, notes get a line, tags get one more. */
  function typeInto(doc: Doc, field: "city" | "notes" | "tags", text: string): FieldValue {
    if (field === "city") return text;
    if (field === "tags") return [...(doc["tags"] as string[]), text].sort();
    return doc["notes"] === "" ? text : `${doc["notes"] as string}\n${text}`;
  }
});
