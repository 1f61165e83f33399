import { expect, test } from "vitest";
import { Setting } from "../../shared/entities/setting.ts";
import { dueOfDay } from "../../shared/tasks/whole-day.ts";
import { createDirectory } from "./directory.ts";
import { fieldText } from "./field-text.ts";

const base = {
  rev: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  kept: [],
};
const setting = (fields: Record<string, unknown>): Setting => Setting.parse({ ...base, order: 0, ...fields });
const directory = createDirectory([
  setting({
    id: "person:ana",
    kind: "person",
    userId: "ana",
    name: "Ana Ruiz",
    email: "ana@northgate.example",
    role: "agent",
    teamIds: ["new"],
    active: true,
  }),
  setting({ id: "team:new", kind: "team", teamId: "new", name: "New business" }),
  setting({
    id: "stage:leads:tour",
    kind: "stage",
    pipeline: "leads",
    key: "tour",
    label: "Tour",
    outcome: "open",
    archived: false,
  }),
  setting({
    id: "stage:leads:new",
    kind: "stage",
    pipeline: "leads",
    key: "new",
    label: "New",
    outcome: "open",
    archived: false,
    order: -1,
  }),
  setting({
    id: "disposition:toured",
    kind: "disposition",
    key: "toured",
    label: "Tour booked",
    followUp: false,
    archived: true,
  }),
  setting({
    id: "field:leads:budget",
    kind: "field",
    collection: "leads",
    key: "budget",
    label: "Budget a year",
    type: "money",
    required: false,
    default: null,
    options: [],
    archived: false,
  }),
]);
const now = new Date(2026, 10, 18, 14, 30);
const text = (path: string, value: Parameters<typeof fieldText>[3]): string =>
  fieldText(directory, "leads", path, value, now);

test("values read as people know them", () => {
  expect(text("stage", "tour")).toBe("Tour");
  expect(text("ownerId", "ana")).toBe("Ana Ruiz");
  expect(text("teamId", "new")).toBe("New business");
  expect(text("custom.budget", 450_000)).toBe("$450k");
  expect(text("expectedCloseOn", "2027-03-31")).toBe("31 Mar 2027");
  expect(text("lastContactAt", new Date(2026, 10, 18, 9, 5).toISOString())).toBe("18 Nov 09:05");
  expect(text("tags", ["a", "b"])).toBe("a, b");
  expect(text("phone", "+13125550147")).toBe("+1 312-555-0147");
  expect(text("doNotCall", true)).toBe("yes");
});

test("a task for a whole day is due on a day, one for a time at that time", () => {
  const due = (dueAt: string, allDay: boolean) => fieldText(directory, "tasks", "dueAt", dueAt, now, allDay);
  expect(due(dueOfDay("2026-11-24"), true)).toBe("24 Nov");
  expect(due(new Date(2026, 10, 24, 12).toISOString(), false)).toBe("24 Nov 12:00");
});

test("nothing is called empty, and what is unknown is shown as it stands", () => {
  expect([text("phone", ""), text("tags", []), text("score", null)]).toEqual(["empty", "empty", "empty"]);
  expect(text("stage", "gone-stage")).toBe("gone-stage");
  expect(text("ownerId", "zoe")).toBe("Somebody who left");
});

test("fields are called what the tenant calls them, or what their path says", () => {
  expect(directory.fieldLabel("leads", "custom.budget")).toBe("Budget a year");
  expect(directory.fieldLabel("leads", "phoneSecond")).toBe("Phone, second");
  expect(directory.fieldLabel("leads", "custom.lease_ends")).toBe("Lease ends");
});

test("a call keeps how it ended where that ending is not offered any more, or not known", () => {
  expect(directory.dispositions).toEqual([]);
  expect(fieldText(directory, "calls", "disposition", "toured", now)).toBe("Tour booked");
  expect(["toured", "gone-ending", ""].map(directory.dispositionLabel)).toEqual([
    "Tour booked",
    "gone-ending",
    "",
  ]);
});

test("stages come in their order", () => {
  expect(directory.stages("leads").map((stage) => stage.label)).toEqual(["New", "Tour"]);
});
