import { expect, test } from "vitest";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { dialRulesOf } from "../telephony/policy.ts";
import { demoCallLists, demoEntries, demoWindows } from "./call-lists.ts";
import { generateNorthgate } from "./generate.ts";
import { benchNow } from "./leads.ts";

const { leads = [], calls = [] } = generateNorthgate({ seed: 1, leadCount: 2_000, now: benchNow });
const entries = demoEntries(leads, calls, benchNow);

test("the demo's lists hold enough people to be worked, each once, some of them tried before", () => {
  const counts = Object.groupBy(entries, ({ listKey }) => listKey);
  expect(Object.keys(counts).toSorted()).toEqual(demoCallLists.map(({ key }) => key).toSorted());
  expect(counts["spring-call-backs"]).toHaveLength(40);
  expect(counts["new-enquiries"]?.length).toBeGreaterThan(5);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(new Set(entries.map(({ leadId }) => leadId)).size).toBe(entries.length);
  expect(entries.some(({ attempts }) => attempts === 1)).toBe(true);
  expect(entries.filter(({ because }) => because === "asked")).toHaveLength(1);
});

test("whoever is in them may be called at any hour: the demo works in the night as well", () => {
  const rules = dialRulesOf({ ...usualPhoneRules, windows: [...demoWindows] }, "US");
  const byId = new Map(leads.map((lead) => [lead.id as string, lead]));
  for (const { leadId } of entries) {
    const lead = byId.get(leadId);
    if (!lead) throw new Error("no such lead");
    for (let hour = 0; hour < 24; hour += 3) {
      const facts = { number: lead.phone, country: "US", how: "campaign" as const, atExchange: false, lead: { doNotCall: false, timeZone: lead.timeZone, region: "", city: lead.city }, listed: null, dials: [], attempts: 0, maxAttempts: 4 }; // prettier-ignore
      // A Sunday, and Christmas Day.
      for (const day of ["2026-11-22", "2026-12-25"]) {
        const at = Date.parse(`${day}T${String(hour).padStart(2, "0")}:30:00Z`);
        expect(judgeDial(facts, rules, at).kind, `${lead.phone} ${day} ${hour}`).toBe("allowed");
      }
    }
  }
});
