import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { CallListStates } from "../../shared/calls/outbound/wire.ts";
import { dayOf } from "../../shared/time/zone.ts";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { takeCallEvents } from "../../sync-server/sync/index.ts";
import { followCall } from "../../sync-server/telephony/outbound/follow-call.ts";
import { testTenant, type PersonName } from "../server/test-identities.ts";
import { everyDay, minuteMs, stageCallLists, wholeDay } from "./stage-call-lists.ts";

/** Lists of people to be called, through a real server and a carrier in memory, on one kind of database. */
export function callListsSuite(open: () => Promise<Database>): void {
  const {
    at,
    clock,
    soon,
    lineNow,
    save,
    rules,
    list,
    leads,
    ask,
    add,
    next,
    nextName,
    move,
    entries,
    entry,
    pass,
    minutesUntil,
    dialNext,
    dial,
    talkTo,
  } = stageCallLists(open);

  describe("adding people", () => {
    test("says who was added, who was there, and who cannot be", async () => {
      await leads("Ada", "Bo", { id: "Cy", phone: "" }, { id: "Di", doNotCall: true }, { id: "Eve", ownerId: "ben" }); // prettier-ignore
      expect(await add("spring", ["Ada"])).toEqual({ added: ["Ada"], already: [], refused: [] });
      expect(await add("spring", ["Ada", "Bo", "Bo", "Cy", "Di", "Eve", "nobody"])).toEqual({
        added: ["Bo"],
        already: ["Ada"],
        refused: [
          { leadId: "Cy", why: "no-number" },
          { leadId: "Di", why: "do-not-call" },
          { leadId: "Eve", why: "not-found" },
          { leadId: "nobody", why: "not-found" },
        ],
      });
    });

    test("can be taken back, and whoever was done with begins anew", async () => {
      await add("spring", await leads("Ada", "Bo"));
      const taken = await at.stage.ask("ana", "/lists/spring/entries/remove", { leadIds: ["Ada"] });
      expect(taken.body).toEqual({ removed: ["Ada"] });
      expect((await entries()).map(({ leadName }) => leadName)).toEqual(["Bo"]);
      expect(await add("spring", ["Ada"])).toMatchObject({ added: ["Ada"] });
      expect((await entries()).map(({ leadName }) => leadName)).toEqual(["Bo", "Ada"]);
    });

    test("is for those who work the list, and for whoever sees to all of them", async () => {
      await save("settings", [list("spring", { userIds: ["ben"] })]);
      await leads("Ada");
      expect((await at.stage.ask("ana", "/lists/spring/entries", { leadIds: ["Ada"] })).status).toBe(404);
      expect((await at.stage.ask("max", "/lists/spring/entries", { leadIds: ["Ada"] })).status).toBe(200);
      expect(await nextName("ana")).toBe("no-list");
      expect(await nextName("ben")).toBe("Ada");
    });
  });

  test("agents who ask at the same moment get different people, and each the same when they ask again", async () => {
    await add("spring", await leads("Ada", "Bo"));
    const both = await Promise.all([nextName("ana"), nextName("ben")]);
    expect(both.toSorted()).toEqual(["Ada", "Bo"]);
    expect(await Promise.all([nextName("ana"), nextName("ben")])).toEqual(both);
    expect(await nextName("admin")).toBe("busy");
  });

  test("lists, people and promised times have their order; nobody gets whom they may not see", async () => {
    await save("settings", [list("vip", { priority: 9 })]);
    await leads("old", "new", "first", "vip", "promised", { id: "bens", ownerId: "ben" });
    await add("spring", ["old", "new"]);
    await add("spring", ["first"], { priority: 9 });
    const scheduledAt = new Date(clock.now() + 5 * minuteMs).toISOString();
    await add("spring", ["promised"], { scheduledAt });
    await add("vip", ["vip"]);
    await at.stage.ask("max", "/lists/spring/entries", { leadIds: ["bens"] });
    await at.stage.ask("admin", "/lists/spring/entries", { leadIds: ["bens"] });
    const order = async () => {
      const found: string[] = [];
      for (;;) {
        const answer = await next("ana", null);
        if (!("entryId" in answer)) return [...found, answer.why];
        found.push(answer.leadName);
        await move("ana", answer.entryId, { do: "skip" });
      }
    };
    expect(await order()).toEqual(["vip", "first", "old", "new", "later"]);
    pass(31);
    expect(await order()).toEqual(["vip", "first", "promised", "old", "new", "later"]);
    expect(await nextName("ben")).toBe("bens");
  });

  test("who stands in two lists is with one agent at a time", async () => {
    await save("settings", [list("autumn")]);
    await leads("Ada");
    await add("spring", ["Ada"]);
    await add("autumn", ["Ada"]);
    expect(await nextName("ana", "spring")).toBe("Ada");
    expect(await nextName("ben", "autumn")).toBe("busy");
    expect(await nextName("ana", "autumn")).toBe("Ada");
    expect(await nextName("ben", "spring")).toBe("busy");
  });

  test("who is held comes free when the lease ends, when they are let go, and at once for nobody else", async () => {
    await add("spring", await leads("Ada"));
    const held = await next("ana");
    expect(await nextName("ben")).toBe("busy");
    pass(3.1);
    expect(await nextName("ben")).toBe("Ada");
    if (!("entryId" in held)) throw new Error("nobody");
    expect(await move("ana", held.entryId, { do: "skip" })).toBe(409);
    expect(await move("ben", held.entryId, { do: "release" })).toBe(204);
    expect(await nextName("ana")).toBe("Ada");
  });

  test("whom a vanished desk held comes free when it had time to come back, and not before", async () => {
    const leftSecondsAgo = (seconds: number) =>
      at.stage.db.owner.execute(
        sql`INSERT INTO devices (tenant_id, id, user_id, last_seen_at)
            VALUES (${testTenant}, 'desk-of-ana', 'ana', now() - make_interval(secs => ${seconds}))
            ON CONFLICT (tenant_id, id) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
      );
    pass(-2);
    await add("spring", await leads("Ada"));
    expect(await nextName("ana")).toBe("Ada");
    pass(2);
    await leftSecondsAgo(600);
    expect(await nextName("ben"), "that was before she was given the lead").toBe("busy");
    await leftSecondsAgo(20);
    expect(await nextName("ben"), "her network may be back at any moment").toBe("busy");
    await leftSecondsAgo(60);
    await at.stage.present("ana");
    expect(await nextName("ben"), "she is at another desk").toBe("busy");
    await at.stage.db.owner.execute(sql`DELETE FROM presence`);
    expect(await nextName("ben")).toBe("Ada");
  });

  test("later means at that time, out means never", async () => {
    await add("spring", await leads("Ada", "Bo"));
    const ada = await next("ana");
    if (!("entryId" in ada)) throw new Error("nobody");
    const at = new Date(clock.now() + 60 * minuteMs).toISOString();
    await move("ana", ada.entryId, { do: "later", at });
    const bo = await next("ana");
    if (!("entryId" in bo)) throw new Error("nobody");
    expect(bo.leadName).toBe("Bo");
    await move("ana", bo.entryId, { do: "remove" });
    expect(await next("ana")).toEqual({ why: "later", at, because: "asked", zone: "America/Chicago" });
    pass(61);
    expect(await next("ana")).toMatchObject({ leadName: "Ada", because: "asked" });
  });

  describe("a call to somebody of a list", () => {
    test.each([
      ["busy", "busy", 120],
      ["no-answer", "no-answer", 240],
    ] as const)(
      "that is %s is tried again when the list says, counted once though told thrice",
      async (status, outcome, minutes) => {
        at.stage.faults.duplicates = 1;
        await add("spring", await leads("Ada"));
        const { customer, callId } = await dialNext();
        expect(await entry()).toMatchObject({ now: { state: "calling", by: "ana", callId } });
        at.stage.fake.end(customer, status);
        await soon(async () => (await entry())?.now.state).toBe("waiting");
        await at.stage.delivered();
        const after = await entry();
        expect(after).toMatchObject({ attempts: 1, last: { outcome, callId }, now: { because: "retry" } });
        expect(minutesUntil(after?.now.state === "waiting" ? after.now.notBefore : null)).toBe(minutes);
        expect(await next("ana")).toMatchObject({ why: "later", because: "retry" });
        pass(minutes + 1);
        expect(await next("ana")).toMatchObject({ leadName: "Ada", attempts: 1, last: { outcome } });
      },
    );

    test("ends with the last attempt, and where an outcome is not tried again", async () => {
      await save("settings", [list("spring", { maxAttempts: 1 })]);
      await add("spring", await leads("Ada"));
      at.stage.fake.end((await dialNext()).customer, "busy");
      await soon(async () => (await entry())?.now).toMatchObject({ state: "done", why: "attempts" });
      expect(await nextName("ana")).toBe("empty");
    });

    test("in which they talk to us is the last one", async () => {
      await add("spring", await leads("Ada"));
      await talkTo((await dialNext()).customer);
      await soon(async () => (await entry())?.now).toMatchObject({ state: "done", why: "reached" });
      const { body } = await at.stage.ask("ana", "/lists");
      expect(body).toMatchObject({ lists: [{ key: "spring", counts: { reached: 1, due: 0 }, lastDay: { called: 1, reached: 1 } }] }); // prettier-ignore
    });

    test("that ended before the server heard that it was answered was one all the same", async () => {
      await add("spring", await leads("Ada"));
      const { customer } = await dialNext();
      await at.stage.tellStatus(customer, "completed", 9);
      await soon(async () => (await entry())?.now).toMatchObject({ state: "done", why: "reached" });
    });

    test("made by hand counts as well where they are reached, for every list that waits for them", async () => {
      await save("settings", [list("autumn")]);
      await leads("Ada");
      await add("spring", ["Ada"]);
      await add("autumn", ["Ada"]);
      const missed = await dial("+13125550110", "Ada");
      at.stage.fake.end(missed.customer, "busy");
      await soon(async () => (await lineNow())?.phase.phase).toBe("wrap-up");
      expect(await entry()).toMatchObject({ attempts: 0, now: { state: "waiting" } });
      await talkTo((await dial("+13125550110", "Ada")).customer);
      await soon(async () => (await entry())?.now).toMatchObject({ state: "done", why: "reached" });
      expect(await nextName("ben", "autumn")).toBe("empty");
    });

    test("of one list leaves them in the others", async () => {
      await save("settings", [list("autumn")]);
      await leads("Ada");
      await add("spring", ["Ada"]);
      await add("autumn", ["Ada"]);
      await talkTo((await dialNext()).customer);
      await soon(async () => (await entry())?.now.state).toBe("done");
      // A campaign does not call again within the hour.
      expect(await next("ana", "autumn")).toMatchObject({ why: "later", because: "cap" });
      pass(61);
      expect(await nextName("ana", "autumn")).toBe("Ada");
    });

    test("whose end only the desk has told is counted by the job that follows it, once", async () => {
      await add("spring", await leads("Ada"));
      const { callId } = await dialNext();
      const now = new Date(clock.now()).toISOString();
      const ended = {
        type: "ended",
        why: "busy",
        source: "device:desk-1",
        key: "1",
        seq: 0,
        at: now,
      } as const;
      await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
        takeCallEvents(tx, testTenant, new Map([[callId, [ended]]]), { now }),
      );
      expect(await entry()).toMatchObject({ now: { state: "calling" } });
      const follow = () => followCall({ db: at.stage.db, clock }, { tenantId: testTenant, key: callId });
      expect(await follow()).toBeUndefined();
      expect(await follow()).toBeUndefined();
      expect(await entry()).toMatchObject({ attempts: 1, now: { state: "waiting", because: "retry" } });
    });

    test("that a desk never began lets them come again, and was no attempt", async () => {
      await add("spring", await leads("Ada"));
      const lead = await next("ana");
      if (!("entryId" in lead)) throw new Error("nobody");
      await at.stage.ask("ana", "/calls", { callId: "unused", to: lead.number, leadId: lead.leadId });
      expect(await entry()).toMatchObject({ now: { state: "calling" } });
      pass(7);
      await soon(async () => (await entry())?.now).toMatchObject({ state: "waiting", because: "new" });
      expect(await entry()).toMatchObject({ attempts: 0, last: null });
    });
  });

  describe("when nobody may be called", () => {
    test("by the clock of the called person, others come first and the answer says when and where", async () => {
      const inTwoDays = (new Date(`${dayOf(clock.now() + 2 * 1_440 * minuteMs, "Europe/London")}T00:00:00Z`).getUTCDay() + 6) % 7; // prettier-ignore
      const days = Array.from({ length: 7 }, (_, day) => (day === inTwoDays ? wholeDay : []));
      const windows = [
        { where: "GB", days, onHolidays: "open", source: "test" },
        { where: "US", days: everyDay, onHolidays: "open", source: "test" },
      ];
      await save("settings", [rules({ windows })]);
      await add("spring", await leads({ id: "Lea", phone: "+442079460123" }, "Ada"));
      const ada = await next("ana");
      expect(ada).toMatchObject({ leadName: "Ada", zones: ["America/Chicago"] });
      const answer = await next("ben");
      expect(answer).toMatchObject({ why: "later", because: "hours", zone: "Europe/London" });
      expect(minutesUntil("at" in answer ? answer.at : null)).toBeGreaterThan(24 * 60);
      expect(minutesUntil("at" in answer ? answer.at : null)).toBeLessThanOrEqual(48 * 60);
    });

    test("because they asked meanwhile, they are done", async () => {
      await add("spring", await leads("Ada"));
      await leads({ id: "Ada", doNotCall: true });
      expect(await nextName("ana")).toBe("empty");
      expect(await entry()).toMatchObject({ now: { state: "done", why: "blocked" } });
    });

    test("because the list is paused, the answer says so, and who is held is not dialled", async () => {
      await add("spring", await leads("Ada"));
      const lead = await next("ana");
      await save("settings", [list("spring", { paused: true })]);
      expect(await nextName("ben")).toBe("paused");
      if (!("entryId" in lead)) throw new Error("nobody");
      const refused = await at.stage.ask("ana", "/calls", {
        callId: "c",
        to: lead.number,
        leadId: lead.leadId,
      });
      expect(refused).toMatchObject({ status: 403, body: { error: { details: { reason: "suspended" } } } });
      expect(await entry()).toMatchObject({ attempts: 0, now: { state: "waiting" } });
    });

    test("because the tenant is closed, the answer says when it opens", async () => {
      const today = dayOf(clock.now(), "UTC");
      const hours = Array.from({ length: 7 }, () => ({ opens: "00:00", closes: "24:00" }));
      await save("settings", [
        list("spring", { businessHoursOnly: true }),
        { id: "business", kind: "business", order: 0, name: "Test", industry: "", terms: { lead: "", leads: "", deal: "", deals: "", listing: "", listings: "" }, timeZone: "UTC", country: "US", currency: "USD", hours, holidays: [{ on: today, name: "today" }] }, // prettier-ignore
      ]);
      await add("spring", await leads("Ada"));
      const midnight = new Date(Date.parse(`${today}T00:00:00Z`) + 1_440 * minuteMs).toISOString();
      expect(await next("ana")).toEqual({ why: "business-hours", at: midnight, zone: "UTC" });
    });
  });

  test("a list is counted once for all who watch it, each with those whom they may see", async () => {
    const ids = await leads({ id: "Ada", ownerId: "ana" }, { id: "Bo", ownerId: "ben" }, "Cy");
    await at.stage.ask("admin", "/lists/spring/entries", { leadIds: ids });
    const due = async (who: PersonName) =>
      (await ask<CallListStates>(who, "/lists")).lists.map(({ counts }) => counts.due);
    expect([await due("ana"), await due("ben"), await due("admin")]).toEqual([[2], [2], [3]]);
    await at.stage.db.owner.execute(sql`UPDATE call_list_entries SET state = 'done', done_why = 'reached'`);
    expect(await due("ana"), "of seconds ago").toEqual([2]);
    pass(0.1);
    expect(await due("ana")).toEqual([0]);
  });

  test("a list as it stands shows who is at work in it", async () => {
    await add("spring", await leads("Ada"));
    await next("ana");
    const { body } = await at.stage.ask("max", "/lists");
    expect(body).toMatchObject({
      lists: [
        {
          key: "spring",
          closed: null,
          counts: { due: 0, later: 0, reserved: 1 },
          working: [{ userId: "ana", leadId: "Ada", leadName: "Ada", doing: "reading", callId: null }],
        },
      ],
    });
  });
}
