import { expect, test } from "vitest";
import { AuditFilter } from "../../admin/wire.ts";
import { filterQuery } from "../parts/day-filter.ts";
import { detailLines, noFilter, sayDeed, saySubject } from "./audit-words.ts";

test("deeds are said in words; unknown ones as the server writes them", () => {
  expect(sayDeed("device.wipe")).toBe("Wiped a device");
  expect(sayDeed("field.create")).toBe("Added a custom field");
  expect(sayDeed("stage.order")).toBe("Moved a stage");
  expect(sayDeed("robot.dance")).toBe("robot.dance");
});

test("a subject is named where its name is known", () => {
  const names = new Map([["u1", "Ana Ruiz"]]);
  expect(saySubject("users/u1", names)).toBe("Ana Ruiz");
  expect(saySubject("users/u2", names)).toBe("users/u2");
  expect(saySubject("settings/field:leads:budget", names)).toBe("field:leads:budget");
});

test("a filter becomes a query that the server takes, whole days included", () => {
  expect(filterQuery(noFilter)).toBe("");
  const query = filterQuery({ ...noFilter, action: "member.", fromDay: "2026-11-20", toDay: "2026-11-20" });
  const { from, to, action } = AuditFilter.parse(Object.fromEntries(new URLSearchParams(query)));
  expect(action).toBe("member.");
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
  expect(new Date(from ?? "").getHours()).toBe(0);
});

test("details say what changed and leave out what did not", () => {
  const before = { role: "agent", teamIds: ["a"], active: true };
  const after = { role: "manager", teamIds: ["a"], active: false };
  expect(detailLines({ before, after })).toEqual([
    { name: "role", before: "agent", after: "manager" },
    { name: "active", before: "yes", after: "no" },
  ]);
});

test("details of what is new, gone, or a plain fact", () => {
  expect(detailLines({ after: { name: "Accounts", userIds: [] } })).toEqual([
    { name: "name", after: "Accounts" },
    { name: "userIds", after: "none" },
  ]);
  expect(detailLines({ before: { label: "Budget" } })).toEqual([{ name: "label", before: "Budget" }]);
  expect(detailLines({ ended: 3 })).toEqual([{ name: "ended", after: "3" }]);
  expect(detailLines({ before: ["a", "b"], after: ["b", "a"] })).toEqual([
    { name: "order", before: "a, b", after: "b, a" },
  ]);
  expect(detailLines({})).toEqual([]);
});
