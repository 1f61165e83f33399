import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AuditFilter } from "../../admin/wire.ts";
import { filterQuery } from "../parts/day-filter.ts";
import { detailLines, kindsOfDeed, noFilter, sayActor, sayDeed } from "./audit-words.ts";
import { saySubject } from "./subject-words.ts";

test("deeds are said in words; unknown ones as the server writes them", () => {
  expect(sayDeed("device.wipe")).toBe("Wiped a device");
  expect(sayDeed("field.create")).toBe("Added a custom field");
  expect(sayDeed("stage.order")).toBe("Moved a stage");
  expect(sayDeed("robot.dance")).toBe("robot.dance");
});

test("every deed that the server writes is said in words, and can be looked for", () => {
  const server = join(import.meta.dirname, "../..");
  const files = globSync("**/*.ts", { cwd: server, exclude: ["console/**", "**/*.test.ts"] });
  const written = files.flatMap((file) => {
    const text = readFileSync(join(server, file), "utf8");
    return Array.from(text.matchAll(/(?:note\(|action: )[^"\n]*"([a-z-]+\.[a-z-]+)"(?: : "([a-z-]+\.[a-z-]+)")?/gu), ([, one, other]) => [one, other]); // prettier-ignore
  });
  const deeds = [...new Set(written.flat())].filter((deed) => deed !== undefined);
  expect(deeds).toEqual(expect.arrayContaining(["team.create", "ai-approval.reject", "recordings.import"]));
  expect(deeds.filter((deed) => sayDeed(deed) === deed)).toEqual([]);
  const isListed = (deed: string) => kindsOfDeed.some(({ value }) => deed.startsWith(value));
  expect(deeds.filter((deed) => !isListed(deed))).toEqual([]);
});

test("a subject is called what it is called now, or was when something was done to it, or what it is", () => {
  const say = (subject: string, subjectName: string | null = null, details = {}) =>
    saySubject({ subject, subjectName, details });
  expect(say("users/u1", "Ana Ruiz")).toBe("Ana Ruiz");
  expect(say("users/u2")).toBe("Somebody who left");
  expect(say("ai-models/m1", null, { before: { label: "Large" } })).toBe("Large");
  expect(say("telephony/numbers/+13125550147")).toBe("+1 312-555-0147");
  expect(say("settings/stage:leads:tour")).toBe("Stage tour");
  expect(say("settings/break-reason")).toBe("Every break reason");
  expect(say("ai-approvals/0199")).toBe("A letter");
});

test("whoever did something has a name, also who has left", () => {
  expect(sayActor({ actorId: "u1", actorName: "Ana Ruiz" })).toBe("Ana Ruiz");
  expect(sayActor({ actorId: "u2", actorName: null })).toBe("Somebody who left");
  expect(sayActor({ actorId: null, actorName: null })).toBe("The server");
});

test("a filter becomes a query that the server takes, whole days included", () => {
  expect(filterQuery(noFilter)).toBe("");
  const query = filterQuery({ ...noFilter, action: "member.", fromDay: "2026-11-20", toDay: "2026-11-20" });
  const { from, to, action } = AuditFilter.parse(Object.fromEntries(new URLSearchParams(query)));
  expect(action).toBe("member.");
  expect(Date.parse(to ?? "") - Date.parse(from ?? "")).toBe(86_400_000);
  expect(new Date(from ?? "").getHours()).toBe(0);
});

const names = new Map([
  ["u1", "Ana Ruiz"],
  ["n1", "North"],
]);

test("details name people and teams", () => {
  const before = { teamIds: [], ownerId: "u1", timeZone: "UTC" };
  expect(
    detailLines({ before, after: { teamIds: ["n1", "gone"], ownerId: null, timeZone: "UTC" } }, names),
  ).toEqual([
    { name: "teams", before: "none", after: "North, gone" },
    { name: "owner", before: "Ana Ruiz", after: "nothing" },
  ]);
});

test("details say what changed and leave out what did not", () => {
  const before = { role: "agent", teamIds: ["a"], active: true };
  const after = { role: "manager", teamIds: ["a"], active: false };
  expect(detailLines({ before, after }, names)).toEqual([
    { name: "role", before: "agent", after: "manager" },
    { name: "active", before: "yes", after: "no" },
  ]);
});

test("details of what is new, gone, or a plain fact", () => {
  expect(detailLines({ after: { name: "Accounts", userIds: [] } }, names)).toEqual([
    { name: "name", after: "Accounts" },
    { name: "users", after: "none" },
  ]);
  expect(detailLines({ before: { label: "Budget" } }, names)).toEqual([{ name: "label", before: "Budget" }]);
  expect(detailLines({ ended: 3 }, names)).toEqual([{ name: "ended", after: "3" }]);
  expect(detailLines({ before: ["a", "b"], after: ["b", "a"] }, names)).toEqual([
    { name: "order", before: "a, b", after: "b, a" },
  ]);
  expect(detailLines({}, names)).toEqual([]);
});
