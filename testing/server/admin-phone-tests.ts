import { expect, test } from "vitest";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import { Monitor } from "../../sync-server/admin/monitor-wire.ts";
import { PhoneRuleSettings, TriedNumber } from "../../sync-server/admin/wire.ts";
import { inTenant, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import type { Answer, Ask } from "./start-auth-server.ts";

/** How admin-suite.ts asks. */
export type AdminAsker = {
  as(who: string, path: string, ask?: Ask): Promise<Answer>;
  lastAudit(): Promise<unknown>;
  database(): Database;
};

/** What admins decide about calls and see of them; part of admin-suite.ts, with its people. */
export function adminPhoneTests({ as, lastAudit, database }: AdminAsker): void {
  test("phone rules: what stands is answered, what contradicts itself is refused", async () => {
    const rules = PhoneRuleSettings.parse((await as("ana", "/phone/rules")).body);
    expect(rules).toEqual(usualPhoneRules);
    const change = (body: object) => as("grace", "/phone/rules", { method: "PATCH", body });
    expect((await change({ defaultQueue: "nowhere" })).status).toBe(400);
    const hours = {
      where: "US-FL",
      days: [[], [], [], [], [], [], []],
      onHolidays: "closed",
      source: "ours",
    };
    expect((await change({ windows: [hours, hours] })).status).toBe(400);
    const answer = await change({ windows: [hours], maxPerDay: 2 });
    expect(answer.body).toEqual({ ...rules, windows: [hours], maxPerDay: 2 });
    expect(await lastAudit()).toMatchObject({
      action: "phone-rules.change",
      details: { before: { maxPerDay: null } },
    });
  });

  test("phone rules: a number is tried against them, its do-not-call entry and its hours, and nothing is noted", async () => {
    const noted = await lastAudit();
    const tried = async (number: string, at: string) => {
      const query = new URLSearchParams({ number, at }).toString();
      return TriedNumber.parse((await as("grace", `/phone/rules/try?${query}`)).body);
    };
    const noon = "2026-11-20T17:00:00.000Z";
    expect(await tried("(212) 555-0147", noon)).toMatchObject({ allowed: true, zones: ["America/New_York"] });
    const florida = await tried("305 555 0147", noon);
    expect(florida, "the test before closed Florida").toMatchObject({ allowed: false, until: null });
    expect(florida.reasons[0]).toContain("(ours)");
    const late = await tried("212 555 0147", "2026-11-21T03:00:00.000Z");
    expect(late).toMatchObject({ allowed: false, until: "2026-11-21T13:00:00.000Z" });
    expect((await tried("soon", noon)).reasons).toEqual(["Not a phone number."]);
    expect((await as("max", `/phone/rules/try?number=1&at=${noon}`)).status).toBe(403);
    expect(await lastAudit()).toEqual(noted);
  });

  test("monitor: managers see callers who wait and how today went, of their own organisation alone", async () => {
    const now = new Date().toISOString();
    const line = (phase: string, queue: string) => ({ direction: "inbound", from: "+13125550147", to: "+12125550100", queue, agentId: null, phase: { phase, since: now } }); // prettier-ignore
    const wait = (queue: string, answered: boolean) => ({ queue, from: now, to: now, answered });
    const calls = [
      { id: "waits", startedAt: now, answeredAt: null, endedAt: null, line: line("queued", "service") },
      { id: "was", startedAt: now, answeredAt: now, endedAt: now, line: line("ended", "service") },
      {
        ...{ id: "again", startedAt: now, answeredAt: now, endedAt: now },
        line: { ...line("ended", "service"), waits: [wait("sales", true), wait("service", false)] },
      },
    ];
    for (const tenantId of ["one", "another"]) {
      await inTenant(database(), { tenantId }, async (tx) => {
        await saveRecords(tx, tenantId, "calls", calls, { now });
        for (const { id } of calls)
          await tx.insert(schema.lineCalls).values({ tenantId, callId: id, accountId: "a", direction: "inbound", ours: "", theirs: "" }); // prettier-ignore
      });
    }
    const { queues, calls: open, agents } = Monitor.parse((await as("max", "/admin/monitor")).body);
    expect(queues.find(({ queue }) => queue === "service")).toMatchObject({
      waiting: 1,
      longestSince: now,
      calls: 2,
      answered: 1,
      serviceLevel: 0.5,
    });
    expect(queues.find(({ queue }) => queue === "sales")).toMatchObject({ calls: 1, answered: 1 });
    expect(open).toMatchObject([{ callId: "waits", phase: "queued", number: "+13125550147", mayEnd: true }]);
    expect(agents.map(({ name }) => name).toSorted()).toEqual(["ana", "grace", "max"]);
    expect((await as("ana", "/admin/monitor")).status).toBe(403);
  });
}
