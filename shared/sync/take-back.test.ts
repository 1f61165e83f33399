import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FieldValue } from "../entities/fields.ts";
import { applyEdit, type Master } from "./apply-edit.ts";
import { authorise, type Actor } from "./authorise.ts";
import type { Edit } from "./edit.ts";

const at = "2026-01-05T09:00:00.000Z";
const agent = (userId: string): Actor => ({ userId, role: "agent", teamIds: ["north"] });
const base = { editId: "e", collection: "leads", id: "r", at };
const make = (ownerId: string) =>
  ({ ...base, rev: 0, kind: "create", fields: { ownerId, teamId: "north", city: "" } }) as unknown as Edit;
const set = (values: Record<string, FieldValue>, rev = 99, from: FieldValue = null) => {
  const changes = Object.entries(values).map(([field, to]) => [field, { from, to }]);
  return { ...base, rev, kind: "update", changes: Object.fromEntries(changes) } as unknown as Edit;
};
const other = (kind: "delete" | "restore", rev = 99) => ({ ...base, rev, kind }) as unknown as Edit;

/** What the server makes of an edit; null = refused. */
function take(master: Master | null, who: string, edit: Edit): Master | null {
  if (authorise(agent(who), edit, master?.doc ?? null, master?.touched)) return null;
  const applied = applyEdit(master, edit, { userId: who, deviceId: `${who}'s` } as never, at);
  return applied.outcome === "refused" ? null : applied.master;
}

/** A record as Ana's, Ben's and Tom's deeds made it; each of them is taken. */
function after(...deeds: [who: string, edit: Edit][]): Master {
  let master: Master | null = null;
  for (const [who, edit] of deeds) {
    master = take(master, who, edit);
    if (master === null) throw new Error(`${who}: ${JSON.stringify(edit)} was refused`);
  }
  return master as Master;
}

const gave: [string, Edit][] = [
  ["ana", make("ana")],
  ["ana", set({ ownerId: "ben", teamId: "south" })],
];
const back = set({ ownerId: "ana", teamId: "north" });

describe("[PUSH-10] taking back", () => {
  test("whoever gave a record away may have it back, with its team, and give it to somebody else", () => {
    expect(take(after(...gave), "ana", back)?.doc).toMatchObject({ ownerId: "ana", teamId: "north" });
    expect(take(after(...gave), "ana", set({ ownerId: "tom" }))).not.toBeNull();
    expect(take(after(...gave), "ana", other("delete")), "she made it").not.toBeNull();
  });

  test("whoever marked a lead as not to be called may say that this was wrong, and no other agent", () => {
    const marked = after(["ana", make("ana")], ["ana", set({ doNotCall: true })]);
    const lifted = set({ doNotCall: false });
    expect(take(marked, "ana", lifted)?.doc).toMatchObject({ doNotCall: false });
    expect(take(marked, "ben", lifted)).toBeNull();
    const heardAgain = after(
      ["ana", make("ana")],
      ["ana", set({ doNotCall: true })],
      ["ben", set({ city: "Bern" })],
    );
    expect(take(heardAgain, "ana", lifted)).toBeNull();
  });

  test("nobody else may, and neither may who gave it away when somebody has worked on it since", () => {
    for (const edit of [back, set({ ownerId: "tom" }), set({ teamId: "east" }), other("delete")])
      expect(take(after(...gave), "tom", edit)).toBeNull();
    for (const since of [set({ city: "Bern" }), set({ ownerId: "tom" }), set({ teamId: "east" })]) {
      const worked = after(...gave, ["ben", since]);
      expect([take(worked, "ana", back), take(worked, "ana", other("delete"))]).toEqual([null, null]);
    }
  });

  test("somebody's work is theirs also where it was typed over, once or again", () => {
    const own = [set({ city: "Biel" }), set({ city: "Bern" })];
    const deeds = own.map((edit): [string, Edit] => ["ana", edit]);
    const worked = after(...gave, ["ben", set({ city: "Basel" })], ...deeds);
    expect([take(worked, "ana", back), take(worked, "ana", other("delete"))]).toEqual([null, null]);
  });

  test("what another's work was joined with is still their work", () => {
    const worked = after(...gave, ["ben", set({ city: "Bern" })], ["ana", set({ city: "Biel" }, 2)]);
    expect(worked.touched["city"]).toMatchObject({ byId: "ana", over: { byId: "ben" } });
    expect(take(worked, "ana", back)).toBeNull();
  });

  test("giving away one thing is no right to take another: an owner's lead keeps its team", () => {
    const given = after(
      ["ben", make("ben")],
      ["ben", set({ ownerId: "ana" })],
      ["ana", set({ ownerId: "ben" })],
    );
    expect(take(given, "ana", set({ ownerId: "ana" }))).not.toBeNull();
    expect(take(given, "ana", set({ ownerId: "ana", teamId: "east" }))).toBeNull();
    expect(take(given, "ana", other("delete"))).toBeNull();
  });

  test("who made a record for a colleague may remove it and bring it back, until they have touched it", () => {
    const made = after(["ana", make("ben")]);
    expect(take(made, "tom", other("delete"))).toBeNull();
    const removed = after(["ana", make("ben")], ["ana", other("delete")]);
    expect(take(removed, "ana", other("restore"))?.deleted).toBe(false);
    expect(take(removed, "tom", other("restore"))).toBeNull();
    expect(take(after(["ana", make("ben")], ["ben", other("delete")]), "ana", other("restore"))).toBeNull();
  });

  test("what Ringside itself writes takes nobody's right away, and gives nobody one", () => {
    const [made, given] = [after(["ana", make("ben")]), after(...gave)];
    const byNobody = { rev: 9, byId: "", deviceId: "server", at } as never;
    const scored = (master: Master) => ({ ...master, touched: { ...master.touched, score: byNobody } });
    expect([take(scored(made), "ana", other("delete")), take(scored(given), "ana", back)]).not.toContain(
      null,
    );
    expect(take({ ...given, touched: { "*": byNobody } }, "ana", back)).toBeNull();
  });

  test("a desk knows nobody who wrote: it refuses all but what is taken back, which the server judges", () => {
    const { doc } = after(...gave);
    expect(authorise(agent("ana"), back, doc)).toMatchObject({ code: "forbidden" });
    expect(authorise(agent("ana"), back, doc, "unknown")).toBeNull();
    expect(authorise(agent("ana"), other("delete"), doc, "unknown")).toBeNull();
  });

  test("no stranger ever takes, moves or removes a record, whatever they and its people do, seen or unseen", () => {
    const places = fc.record({
      ownerId: fc.constantFrom("ana", "ben"),
      teamId: fc.constantFrom("north", "south"),
    });
    const takes = fc.record({ ownerId: fc.constantFrom("tom", "ana", "ben", null), teamId: fc.constantFrom("north", "east") }, { requiredKeys: [] }); // prettier-ignore
    const writes = fc.record({ city: fc.constantFrom("", "Bern", "Biel") });
    const rev = fc.integer({ min: 0, max: 12 });
    const from = fc.constantFrom("ana", "ben", "tom", "", null);
    const edits = (fields: fc.Arbitrary<Record<string, FieldValue>>) =>
      fc.oneof(
        fc.tuple(fields, rev, from).map((given) => set(...given)),
        fc.tuple(writes, rev, from).map((given) => set(...given)),
        fc.tuple(fc.constantFrom("delete" as const, "restore" as const), rev).map((given) => other(...given)),
        fc.constantFrom("ana", "ben").map(make),
      );
    const deed = fc.oneof(
      fc.tuple(fc.constantFrom("ana", "ben"), edits(places)),
      fc.tuple(fc.constant("tom"), edits(takes)),
    );
    let handedOver = 0;
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 12 }), (deeds) => {
        let master = after(["ana", make("ana")]);
        for (const [who, edit] of deeds) {
          const next = take(master, who, edit);
          if (next === null) continue;
          const placeOf = ({ doc }: Master) => `${String(doc["ownerId"])} ${String(doc["teamId"])}`;
          const isMoved = placeOf(next) !== placeOf(master);
          // Editing brings back what somebody has deleted ([EDIT-6]).
          const isRemoved =
            next.deleted !== master.deleted && edit.kind !== "update" && edit.kind !== "create";
          if (who === "tom") expect(isMoved || isRemoved, JSON.stringify(edit)).toBe(false);
          else if (isMoved) handedOver += 1;
          master = next;
        }
        expect(master.doc["ownerId"]).not.toBe("tom");
      }),
      { numRuns: 1_000 },
    );
    expect(handedOver).toBeGreaterThan(100);
  });
});
