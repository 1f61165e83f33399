import { expect, test } from "vitest";
import { playbookOf } from "../../../testing/coaching/talk.ts";
import type { PlaybookRules } from "../../entities/playbook.ts";
import type { Playbook } from "../../entities/setting.ts";
import { choosePlaybook, type CallFacts } from "./choose-playbook.ts";

const inbound: CallFacts = { direction: "inbound", queue: "", callList: "", teamId: null };

function book(
  key: string,
  appliesTo: Partial<PlaybookRules["appliesTo"]>,
  more: Partial<Playbook> = {},
): Playbook {
  const rules = playbookOf({});
  const at = "2026-01-01T00:00:00.000Z";
  return {
    ...rules,
    appliesTo: { ...rules.appliesTo, ...appliesTo },
    ...{
      id: `playbook:${key}:1`,
      kind: "playbook",
      key,
      version: 1,
      state: "live",
      order: 0,
      archived: false,
    },
    ...{ rev: 1, createdAt: at, updatedAt: at, kept: [], publishedAt: at, publishedById: null },
    ...more,
  } as Playbook;
}

const any = book("any", {});
const toUs = book("to-us", { directions: ["inbound"] });
const sales = book("sales", { queues: ["sales"] });
const spring = book("spring", { callLists: ["spring"] });
const accounts = book("accounts", { teamIds: ["accounts" as never] });
const all = [any, toUs, sales, spring, accounts];

test.each<[string, Partial<CallFacts>, string]>([
  ["one for any call, where nothing else fits", { direction: "outbound" }, "any"],
  ["the direction before any", {}, "to-us"],
  ["the team before the direction", { teamId: "accounts" }, "accounts"],
  ["the queue before the team", { teamId: "accounts", queue: "sales" }, "sales"],
  ["the call list before the queue", { queue: "sales", callList: "spring" }, "spring"],
])("chooses %s", (_, call, key) => {
  expect(choosePlaybook(all, { ...inbound, ...call })?.key).toBe(key);
});

test("one that is not live, or archived, is for no call", () => {
  const given = [
    book("a", {}, { state: "draft" }),
    book("b", {}, { state: "retired" }),
    book("c", {}, { archived: true }),
  ];
  expect(choosePlaybook(given, inbound)).toBeNull();
});

test("of two that say as much, the first in the tenant's order", () => {
  const given = [book("later", {}, { order: 2 }), book("first", {}, { order: 1 })];
  expect(choosePlaybook(given, inbound)?.key).toBe("first");
});
