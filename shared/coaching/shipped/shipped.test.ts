import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DemoCall } from "../../calls/demo-call.ts";
import type { RecordId } from "../../entities/id.ts";
import { PlaybookRules } from "../../entities/playbook.ts";
import { Scorecard } from "../../entities/setting.ts";
import { compilePlaybook } from "../playbook/compile-playbook.ts";
import { compilePattern } from "../playbook/patterns.ts";
import { startMatching } from "../playbook/start-matching.ts";
import { qualityScorecard, shippedPlaybooks } from "./shipped.ts";

test.each(shippedPlaybooks)(
  "$key is a playbook: read in a glance, no word twice, no pattern that is refused",
  ({ rules }) => {
    expect(PlaybookRules.parse(rules)).toEqual(rules);
    const keys = [...rules.items, ...rules.cards].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { lines } of rules.cards)
      for (const line of lines) expect(line.split(" ").length).toBeLessThanOrEqual(10);
    const triggers = [...rules.items, ...rules.cards].flatMap((one) => one.triggers);
    for (const one of triggers)
      if (one.kind === "pattern") expect(compilePattern(one.pattern)).toMatchObject({ ok: true });
  },
);

test("the scorecard is one, and its weights are a hundred", () => {
  const base = { id: "scorecard:call-quality", kind: "scorecard", order: 0, archived: false };
  const stamp = {
    rev: 1,
    createdAt: "2026-01-01T00:00:00.000Z",
    updatedAt: "2026-01-01T00:00:00.000Z",
    kept: [],
  };
  expect(Scorecard.safeParse({ ...base, ...stamp, ...qualityScorecard }).error).toBeUndefined();
  expect(qualityScorecard.criteria.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});

/** The keys that a demo call sets off, in the order in which it does, with the playbook of its purpose. */
function keysIn(name: string): string[] {
  const call = DemoCall.parse(JSON.parse(readFileSync(`resources/demo/calls/${name}/call.json`, "utf8")));
  const wanted = { sales: "discovery", support: "support", collections: "collections" }[call.purpose];
  const playbook = shippedPlaybooks.find(({ key }) => key === wanted);
  if (!playbook) throw new Error(`no playbook ${wanted}`);
  const matching = startMatching(compilePlaybook(playbook.rules));
  const fired = call.turns.flatMap(({ words, ...turn }, at) => {
    const timing = words.flatMap(({ startMs, endMs }) => [startMs - turn.startMs, endMs - startMs]);
    return matching.hear({ ...turn, id: `turn-${at}` as RecordId, timing, revision: 1, final: true });
  });
  return [...fired, ...matching.tick(Infinity, { metrics: {}, quietSinceMs: null })].map(({ key }) => key);
}

test("what is said in the demo calls sets off what was written for it", () => {
  const names = readdirSync("resources/demo/calls");
  expect(Object.fromEntries(names.map((name) => [name, keysIn(name).join(" ")]))).toEqual({
    "all-in-price":
      "opening parking headcount price-against-lease budget decision-maker decision lock-in reason westgate next-step",
    "chase-the-signature": "opening decision-maker deposit decision next-step",
    "cheaper-offer":
      "opening cheaper-offer headcount lock-in reason decision-maker decision budget next-step",
    "cold-floor": "sorry where-when closed-too-early history guests who-comes meanwhile call-back",
    "confirm-the-tour": "opening cheaper-offer reason decision-maker budget decision next-step",
    "first-call":
      "opening headcount reason budget price-against-lease decision-maker decision send-me-something next-step",
    "overdue-invoice":
      "invoice good-time why waits-for-client right disputed part-now cannot-pay dates more-time approval in-writing",
    "parking-spaces":
      "opening parking headcount budget price-against-lease decision-maker decision next-step",
    "take-us-off-the-list": "opening price-against-lease do-not-call",
    "unknown-caller": "opening reason headcount budget price-against-lease decision next-step",
  });
});
