import { describe, expect, test } from "vitest";
import { schemas, type AnyRecord, type CollectionName } from "../../shared/entities/collections.ts";
import { Lead } from "../../shared/entities/lead.ts";
import { benchNow, generateLeads } from "./leads.ts";
import { generateNorthgate } from "./generate.ts";
import { ana, demoPeople } from "./people.ts";

const plan = { seed: 1, leadCount: 2_000, now: benchNow };
const records = generateNorthgate(plan);
const byCollection = Object.entries(records) as [CollectionName, AnyRecord[]][];
const leads = records.leads ?? [];

describe("the demo tenant", () => {
  test("every record is valid by its entity's schema", () => {
    for (const [name, all] of byCollection) {
      for (const record of all) {
        const parsed = schemas[name].safeParse(record);
        expect(parsed.error?.issues, `${name} ${JSON.stringify(record)}`).toBeUndefined();
      }
    }
    const counts = Object.fromEntries(byCollection.map(([name, all]) => [name, all.length]));
    expect(counts["leads"]).toBe(2_000);
    for (const name of ["calls", "activities", "tasks", "deals", "appointments", "messages", "listings"]) {
      expect(counts[name], name).toBeGreaterThan(50);
    }
  });

  test("the same plan gives the same records, another seed others", () => {
    expect(generateNorthgate(plan)).toEqual(records);
    expect(generateNorthgate({ ...plan, seed: 2 }).leads?.at(-1)).not.toEqual(leads.at(-1));
  });

  test("ids are unique, and what records refer to exists", () => {
    const ids = new Set<unknown>(byCollection.flatMap(([, all]) => all.map(({ id }) => id)));
    expect(ids.size).toBe(byCollection.reduce((sum, [, all]) => sum + all.length, 0));
    const people = new Set<unknown>(demoPeople.map(({ userId }) => userId));
    const dangling: string[] = [];
    for (const [name, all] of byCollection) {
      for (const record of all as Record<string, unknown>[]) {
        const check = (fields: string[], known: ReadonlySet<unknown>) => {
          for (const field of fields) {
            const target = record[field];
            if (typeof target === "string" && !known.has(target)) dangling.push(`${name}.${field} ${target}`);
          }
        };
        check(["leadId", "callId", "dealId", "listingId"], ids);
        check(["ownerId", "assigneeId", "agentId", "byId"], people);
      }
    }
    expect(dangling).toEqual([]);
  });

  test("nothing has happened in the future, and nothing before its lead", () => {
    const createdAt = new Map(leads.map((lead) => [lead.id, lead.createdAt]));
    for (const [name, all] of byCollection) {
      for (const record of all) {
        expect(record.createdAt <= plan.now && record.updatedAt <= plan.now, name).toBe(true);
        expect(record.createdAt <= record.updatedAt, name).toBe(true);
        const leadId = "leadId" in record ? record.leadId : null;
        if (leadId) expect(record.createdAt >= (createdAt.get(leadId) ?? ""), name).toBe(true);
      }
    }
  });

  test("stages, last contacts and calls tell one story", () => {
    const lastCall = new Map<string, string>();
    for (const call of records.calls ?? []) {
      if (call.leadId === null || call.endReason !== "completed") continue;
      const known = lastCall.get(call.leadId) ?? "";
      lastCall.set(call.leadId, call.startedAt > known ? call.startedAt : known);
    }
    for (const lead of leads) {
      expect(lastCall.get(lead.id) ?? null, lead.name).toBe(lead.lastContactAt);
      expect(lead.lastContactAt === null, lead.name).toBe(lead.stage === "new");
    }
    const stageAfter = new Map<string, string>();
    for (const { leadId, at, changes } of (records.activities ?? []).toSorted((a, b) =>
      a.at < b.at ? -1 : 1,
    )) {
      expect(at <= plan.now).toBe(true);
      for (const { field, to } of changes)
        if (leadId && field === "stage") stageAfter.set(leadId, String(to));
    }
    for (const lead of leads) expect(stageAfter.get(lead.id) ?? "new", lead.name).toBe(lead.stage);
  });

  test("phones ring nowhere and mail goes nowhere", () => {
    const fictional =
      /^(?:\+1\d{3}55501\d\d|\+44(?:2079460\d{3}|1(?:13|21|31|41|51|61)4960\d{3}|2920180\d{3}|7700900\d{3}))$/u;
    for (const lead of leads) {
      for (const phone of [lead.phone, lead.phoneSecond]) if (phone) expect(phone).toMatch(fictional);
      if (lead.email) expect(lead.email).toMatch(/^[a-z.]+@[a-z]+\.example$/u);
    }
    for (const call of records.calls ?? [])
      expect([call.from, call.to].every((n) => fictional.test(n))).toBe(true);
  });

  test("the hot leads of the pictures lead their list, and Ana has a day's work", () => {
    const hot = leads
      .filter(
        ({ score, stage, custom }) =>
          (score ?? 0) >= 55 && stage !== "lost" && Number(custom["budget"]) > 250_000,
      )
      .sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
    expect(hot.slice(0, 6).map(({ name }) => name)).toEqual([
      "Samuel Adeyemi",
      "Amara Nwosu",
      "Wei Chen",
      "Caitlin O’Rourke",
      "Dmitri Sokolov",
      "Maria Kowalski",
    ]);
    expect(hot.length).toBeGreaterThan(28);
    expect(hot.length).toBeLessThan(60);
    const open = (records.tasks ?? []).filter(
      ({ assigneeId, doneAt }) => assigneeId === ana && doneAt === null,
    );
    const dueAt = open.map((task) => task.dueAt ?? "");
    expect(dueAt).toContain("2026-11-18T19:30:00.000Z");
    const today = dueAt.filter((due) => due.startsWith("2026-11-18") && due > plan.now);
    expect(today.length).toBeGreaterThanOrEqual(4);
    expect(dueAt.filter((due) => due < plan.now).length).toBeGreaterThan(0);
    expect(open.some(({ recurrence }) => recurrence !== "")).toBe(true);
  });
});

describe("leads for benchmarks", () => {
  test("weigh about 585 bytes of JSON each and are valid", () => {
    const many = generateLeads({ seed: 7, count: 5_000 });
    const bytes = many.reduce((sum, lead) => sum + Buffer.byteLength(JSON.stringify(Lead.parse(lead))), 0);
    expect(bytes / many.length).toBeGreaterThan(560);
    expect(bytes / many.length).toBeLessThan(610);
    expect(generateLeads({ seed: 7, count: 10 })).toEqual(many.slice(0, 10));
  });

  test("names come in every script, some of them long", () => {
    const names = generateLeads({ seed: 7, count: 5_000 }).map(({ name }) => name);
    for (const script of [
      /\p{Script=Han}/u,
      /\p{Script=Arabic}/u,
      /\p{Script=Cyrillic}/u,
      /\p{Script=Hangul}/u,
    ]) {
      expect(
        names.some((name) => script.test(name)),
        String(script),
      ).toBe(true);
    }
    expect(names.some((name) => name.length > 30)).toBe(true);
  });
});
