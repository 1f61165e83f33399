import { describe, expect, test } from "vitest";
import { schemas, type CollectionName } from "../entities/collections.ts";
import type { Role } from "../entities/setting.ts";
import { authorise, type Actor } from "./authorise.ts";
import type { Edit } from "./edit.ts";
import type { Doc } from "./fields.ts";

const actor = (role: Role, userId = "me", teamIds: string[] = ["north"]): Actor => ({
  role,
  userId,
  teamIds,
});
const [agent, manager, admin] = [actor("agent"), actor("manager"), actor("admin")];
const record = (own: Record<string, unknown>) => ({ id: "r", rev: 1, ...own }) as unknown as Doc;

const base = { editId: "e", id: "r", at: "", rev: 1 };
const create = (collection: CollectionName, fields: object, id = "r") =>
  ({ ...base, id, collection, kind: "create", fields }) as Edit;
const remove = (collection: CollectionName) => ({ ...base, collection, kind: "delete" }) as Edit;
const set = (collection: CollectionName, values: Record<string, unknown>) => {
  const changes = Object.fromEntries(
    Object.entries(values).map(([field, to]) => [field, { from: null, to }]),
  );
  return { ...base, collection, kind: "update", changes } as Edit;
};

const may = (who: Actor, edit: Edit, current: Doc | null = null) => authorise(who, edit, current) === null;

describe("leads and what is worked on like them", () => {
  const mine = record({ ownerId: "me", teamId: "north" });
  const colleagues = record({ ownerId: "other", teamId: "north" });
  const foreign = record({ ownerId: "other", teamId: "south" });
  const nobodys = record({ ownerId: null, teamId: null });

  test("everybody creates and edits what they see", () => {
    for (const who of [agent, manager, admin]) {
      expect(may(who, create("leads", { ownerId: "other" }))).toBe(true);
      expect(may(who, set("leads", { city: "Bern" }), colleagues)).toBe(true);
    }
  });

  test.each([
    ["agent", agent, [true, false, false, true]],
    ["manager", manager, [true, true, false, true]],
    ["admin", admin, [true, true, true, true]],
  ] as const)(
    "deleting and handing over, as %s: own, a colleague's, another team's, nobody's",
    (_role, who, expected) => {
      const records = [mine, colleagues, foreign, nobodys];
      expect(records.map((current) => may(who, remove("leads"), current))).toEqual(expected);
      expect(records.map((current) => may(who, set("leads", { ownerId: "third" }), current))).toEqual(
        expected,
      );
      expect(records.map((current) => may(who, set("tasks", { teamId: "third" }), current))).toEqual(
        expected,
      );
    },
  );

  test("naming the same owner again hands nothing over", () => {
    expect(may(agent, set("leads", { ownerId: "other" }), colleagues)).toBe(true);
  });

  test("an agent may set do-not-call and never lift it", () => {
    expect(may(agent, set("leads", { doNotCall: true }), mine)).toBe(true);
    expect(
      authorise(agent, set("leads", { doNotCall: false }), record({ doNotCall: true, ownerId: "me" })),
    ).toMatchObject({
      code: "forbidden",
      field: "doNotCall",
    });
    expect(may(manager, set("leads", { doNotCall: false }), record({ doNotCall: true, ownerId: "me" }))).toBe(
      true,
    );
  });

  test("creating an id that exists is judged as the update that it is [EDIT-7]", () => {
    expect(may(agent, create("leads", { ownerId: "me" }), colleagues)).toBe(false);
    expect(
      may(agent, create("leads", { importId: "later" }), record({ importId: null, ownerId: "me" })),
    ).toBe(false);
  });
});

describe("what only Ringside writes", () => {
  test.each([
    ["segments", {}],
    ["insights", { kind: "report" }],
    ["insights", { kind: "approval" }],
    ["insights", { kind: "chat" }],
  ] as const)("%s %o: nobody, not even an admin", (collection, fields) => {
    for (const edit of [create(collection, fields), set(collection, { text: "x" }), remove(collection)]) {
      expect(may(admin, edit, edit.kind === "create" ? null : record(fields))).toBe(false);
    }
  });

  test("whom a conversation with a visitor was with is said by whoever sees it", () => {
    const chat = record({ kind: "chat", teamId: "north" });
    expect(may(agent, set("insights", { leadId: "lead-1" }), chat)).toBe(true);
    expect(may(admin, set("insights", { leadId: "lead-1", phase: "ended" }), chat)).toBe(false);
  });

  test("what people make of a call: comments are everybody's, coaching is a manager's, each in their own name", () => {
    const of = (kind: string, byId = "me") => ({ kind, byId, agentId: "tom", teamId: "north" });
    for (const kind of ["comment", "card-feedback", "card-shown", "item-tick"]) {
      const id = kind === "card-shown" ? "shown:r" : "r";
      expect([
        may(agent, create("insights", of(kind), id)),
        may(agent, create("insights", of(kind, "other"), id)),
      ]).toEqual([true, false]);
    }
    for (const kind of ["assignment", "scoring"])
      expect([agent, manager].map((who) => may(who, create("insights", of(kind))))).toEqual([false, true]);
    const given = record(of("assignment", "max"));
    const tom = actor("agent", "tom");
    expect(may(tom, set("insights", { status: "done" }), given)).toBe(true);
    expect(may(tom, set("insights", { text: "less" }), given)).toBe(false);
    expect(may(agent, set("insights", { status: "done" }), given)).toBe(false);
    expect(may(manager, set("insights", { text: "more" }), given)).toBe(true);
    expect(may(manager, set("insights", { agentId: "me" }), given)).toBe(false);
    expect(may(agent, set("insights", { text: "x" }), record(of("comment", "max")))).toBe(false);
    const dismiss = set("insights", { state: "dismissed" });
    const approval = record({ kind: "approval", agentId: "me", teamId: "north", state: "waiting" });
    expect(
      [of("card-shown"), of("card-shown", "max")].map((shown) => may(agent, dismiss, record(shown))),
    ).toEqual([true, false]);
    expect(may(admin, set("insights", { state: "approved" }), approval)).toBe(false);
  });

  test("insights that are known by their ids have them, and no others do", () => {
    const told = (kind: string) => create("insights", { kind, byId: "me" }, "shown:r");
    expect(["card-shown", "comment", "item-tick"].map((kind) => may(agent, told(kind)))).toEqual([true, false, false]); // prettier-ignore
    for (const id of ["r", "report:call-1", "chat:c"])
      expect(may(agent, create("insights", { kind: "card-shown", byId: "me" }, id)), id).toBe(false);
    for (const id of ["report:call-1", "chat:c"])
      expect(may(manager, create("insights", { kind: "comment", byId: "me" }, id)), id).toBe(false);
  });

  test("history is nobody's to write; a note is its author's", () => {
    expect(may(admin, create("activities", { kind: "change", byId: "me" }))).toBe(false);
    expect(may(admin, set("activities", { text: "x" }), record({ kind: "created", byId: "me" }))).toBe(false);
    expect(may(agent, create("activities", { kind: "note", byId: "me" }))).toBe(true);
    expect(may(agent, create("activities", { kind: "note", byId: "other" }))).toBe(false);
    expect(may(agent, set("activities", { text: "x" }), record({ kind: "note", byId: "me" }))).toBe(true);
    expect(may(agent, set("activities", { kind: "email" }), record({ kind: "note", byId: "me" }))).toBe(
      false,
    );
    expect(may(admin, set("activities", { text: "x" }), record({ kind: "note", byId: "other" }))).toBe(false);
    expect(may(agent, remove("activities"), record({ kind: "note", byId: "other", teamId: "north" }))).toBe(
      false,
    );
    expect(may(manager, remove("activities"), record({ kind: "note", byId: "other", teamId: "north" }))).toBe(
      true,
    );
  });

  test("recommendations: one's own answer to one, also from two devices at once", () => {
    const answer = { ownerId: "me", leadId: "lead", status: "accepted", title: "Call them back" };
    expect(may(agent, create("recommendations", answer))).toBe(true);
    expect(may(agent, create("recommendations", { ...answer, status: "new" }))).toBe(false);
    expect(may(admin, create("recommendations", { ...answer, ownerId: "other" }))).toBe(false);
    expect(may(agent, create("recommendations", { ...answer, title: "Call" }), record(answer))).toBe(true);
    expect(may(agent, set("recommendations", { status: "dismissed" }), record(answer))).toBe(true);
    expect(may(agent, set("recommendations", { status: "new" }), record(answer))).toBe(false);
    expect(may(agent, set("recommendations", { leadId: "another" }), record(answer))).toBe(false);
    expect(may(admin, set("recommendations", { status: "viewed" }), record({ ...answer, ownerId: "other" }))).toBe(false); // prettier-ignore
    expect(may(admin, remove("recommendations"), record(answer))).toBe(false);
  });

  test("messages: one's own drafts until they are sent", () => {
    const draft = { direction: "outbound", status: "draft", byId: "me" };
    expect(may(agent, create("messages", draft))).toBe(true);
    expect(may(agent, create("messages", { ...draft, status: "sent" }))).toBe(false);
    expect(may(agent, create("messages", { ...draft, direction: "inbound" }))).toBe(false);
    expect(may(agent, set("messages", { status: "queued" }), record(draft))).toBe(true);
    expect(may(agent, set("messages", { status: "opened" }), record(draft))).toBe(false);
    expect(may(agent, set("messages", { text: "x" }), record({ ...draft, status: "sent" }))).toBe(false);
    expect(may(admin, remove("messages"), record({ ...draft, byId: "other" }))).toBe(false);
  });

  test("calls: an agent notes and disposes, and cannot rewrite what the line reported", () => {
    expect(may(agent, create("calls", { agentId: "me" }))).toBe(true);
    expect(may(agent, create("calls", { agentId: "other" }))).toBe(false);
    expect(may(agent, set("calls", { notes: "x", disposition: "sold", leadId: "lead" }), record({}))).toBe(
      true,
    );
    expect(may(agent, set("calls", { answeredAt: null }), record({}))).toBe(false);
    expect([agent, manager, admin].map((who) => may(who, remove("calls"), record({})))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe("settings", () => {
  test("who converts is learned, and written by nobody", () => {
    expect(may(admin, create("settings", { kind: "conversion" }))).toBe(false);
    expect(may(admin, set("settings", { model: {} }), record({ kind: "conversion" }))).toBe(false);
    expect(may(admin, remove("settings"), record({ kind: "conversion" }))).toBe(false);
  });

  test.each(["person", "team"])("%s is written by sign-in alone", (kind) => {
    for (const who of [agent, manager, admin]) {
      expect(may(who, create("settings", { kind }))).toBe(false);
      expect(may(who, set("settings", { name: "x" }), record({ kind }))).toBe(false);
      expect(may(who, remove("settings"), record({ kind }))).toBe(false);
    }
  });

  test.each([
    "field",
    "stage",
    "disposition",
    "queue",
    "break-reason",
    "call-list",
    "greeting",
    "phone-rules",
    "letter-rules",
    "business",
  ])("%s is the admin's", (kind) => {
    expect([agent, manager, admin].map((who) => may(who, create("settings", { kind })))).toEqual([
      false,
      false,
      true,
    ]);
    expect(
      [agent, manager, admin].map((who) => may(who, set("settings", { label: "x" }), record({ kind }))),
    ).toEqual([false, false, true]);
  });

  test("the business itself cannot be deleted", () => {
    expect(may(admin, remove("settings"), record({ kind: "business" }))).toBe(false);
  });

  test("a view is its owner's, and cannot be pushed onto somebody else", () => {
    const mine = record({ kind: "view", ownerId: "me" });
    expect(may(agent, create("settings", { kind: "view", ownerId: "me" }))).toBe(true);
    expect(may(agent, create("settings", { kind: "view", ownerId: null }))).toBe(false);
    expect(may(agent, set("settings", { name: "x" }), mine)).toBe(true);
    expect(may(agent, set("settings", { ownerId: "other" }), mine)).toBe(false);
    expect(may(agent, set("settings", { kind: "field" }), mine)).toBe(false);
    expect(may(agent, set("settings", { name: "x" }), record({ kind: "view", ownerId: "other" }))).toBe(
      false,
    );
    expect(may(admin, set("settings", { ownerId: null }), record({ kind: "view", ownerId: "me" }))).toBe(
      true,
    );
  });
});

test("every collection has a rule, and whoever sees a record may settle its kept values", () => {
  for (const collection of Object.keys(schemas) as CollectionName[]) {
    expect(() => authorise(agent, create(collection, {}), null)).not.toThrow();
    expect(may(agent, { ...base, collection, kind: "settle", keptId: "k" } as Edit, record({}))).toBe(true);
  }
});
