import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { usualQueue } from "../../shared/calls/phone-rules.ts";
import { inTenant, rowsOf, schema } from "../../sync-server/database/index.ts";
import type { GivenRecord } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { testTenant, type PersonName } from "../server/test-identities.ts";
import { accountId, anasNumber, ourNumber } from "./open-line-stage.ts";
import { phoneRules, type StageInUse } from "./use-line-stage.ts";

/** What a tenant's settings and leads decide about its calls. */
export function configuredTests(at: StageInUse): void {
  const { soon, untilRings, lineNow, untilPhase, talk } = at;

  describe("as an admin has configured it", () => {
    const configure = (...settings: GivenRecord[]) => at.save("settings", settings);
    const queue = (key: string, given: object) => ({ id: `queue:${key}`, kind: "queue", key, order: 0, label: key, userIds: [], teamIds: [], ...usualQueue, archived: false, ...given }); // prettier-ignore

    test("a queue rings its own people, then the next queue's; two that overflow into each other end", async () => {
      await configure(
        phoneRules({ defaultQueue: "sales" }),
        queue("sales", { userIds: ["ben"], overflowQueue: "service", announcement: "This is sales." }),
        queue("service", { userIds: ["ana"], overflowQueue: "sales" }),
      );
      await at.stage.present("ana", "ben");
      const { caller, twiml } = await at.stage.callIn();
      expect(twiml).toContain("This is sales.");
      at.stage.fake.end(await untilRings("ben"), "busy");
      at.stage.fake.end(await untilRings("ana"), "no-answer");
      await soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
      expect((await lineNow())?.queue).toBe("service");
    });

    test("who is given to another queue goes on to where they waited before; that ends, too", async () => {
      await configure(
        phoneRules({ defaultQueue: "sales" }),
        queue("sales", { userIds: ["ana", "ben"], overflowQueue: "service" }),
        queue("service", { userIds: ["max"], overflowQueue: "sales" }),
      );
      const { caller, callId } = await talk();
      await at.stage.present("ana", "ben");
      const target = { kind: "queue", queue: "service" };
      const give = (transferId: string) =>
        at.stage.control("ana", callId, { do: "transfer", transferId, mode: "blind", target });
      expect((await give("t1")).status).toBe(204);
      const ben = await untilRings("ben");
      expect((await lineNow())?.queue).toBe("sales");
      at.stage.fake.end(ben, "busy");
      at.stage.fake.answer(await untilRings("ana"));
      await untilPhase("live");
      expect((await give("t2")).status).toBe(204);
      at.stage.fake.end(await untilRings("ben"), "busy");
      at.stage.fake.end(await untilRings("ana"), "busy");
      await soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
      expect((await lineNow())?.queue).toBe("sales");
    });

    test("without voicemail a caller who finds nobody hears so, and leaves no message", async () => {
      await configure(phoneRules({ voicemail: false }));
      await at.stage.present();
      const { caller, twiml } = await at.stage.callIn();
      expect(twiml).toContain("Nobody can take your call");
      expect(twiml).not.toContain("<Record");
      at.stage.fake.end(caller, "completed");
      await untilPhase("ended");
      expect(await lineNow()).toMatchObject({ answeredAt: null, phase: { why: "no-answer" } });
    });

    test("wrap-up takes as long as the tenant says", async () => {
      await configure(phoneRules({ wrapUpSeconds: 45 }));
      const { desk } = await talk();
      at.stage.fake.end(desk, "completed");
      await untilPhase("wrap-up");
      const line = await lineNow();
      if (line?.phase.phase !== "wrap-up") throw new Error("not in wrap-up");
      expect(Date.parse(line.phase.until) - Date.parse(line.endedAt ?? "")).toBe(45_000);
    });

    test("recording is announced to everybody, or not made at all", async () => {
      await configure(phoneRules({ consent: "always" }));
      const dial = (who: PersonName, callId: string) => at.stage.ask(who, "/calls", { callId, to: "911", leadId: null }); // prettier-ignore
      expect((await dial("ana", "call-1")).body).toMatchObject({ announce: true });
      await configure(phoneRules({ consent: "always", recording: false }));
      expect((await dial("ben", "call-2")).body).toMatchObject({ announce: false });
    });

    describe("whose numbers lie in several states", () => {
      const days = Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]);
      const atAnyHour = [{ where: "US", days, onHolidays: "open" as const, source: "A test" }];
      const newYorker = "+19145550147";
      const moved = "+19145550148";
      const californian = "+14155550101";
      beforeEach(async () => {
        await configure(phoneRules({ windows: atAnyHour }));
        const lead = fields.lead({ phone: moved, city: "Los Angeles", ownerId: "ana" });
        await at.save("leads", [{ id: "moved", ...lead }]);
        await inTenant(
          at.stage.db,
          { tenantId: testTenant },
          (tx) =>
          tx.insert(schema.telephonyNumbers).values({ ...{ tenantId: testTenant, accountId, number: californian }, agentId: "ben" }), // prettier-ignore
        );
      });

      test.each([
        ["nothing, where no law asks for it", ourNumber, newYorker, false],
        ["of the recording, who lives where all must agree", ourNumber, moved, true],
        ["of the recording, who calls a number of ours there", californian, newYorker, true],
      ])("a caller is told %s", async (_, ours, theirs, told) => {
        await at.stage.present("ana", "ben");
        const { twiml } = await at.stage.callIn(ours, theirs);
        expect(twiml).toContain("<Conference");
        expect(twiml.includes("This call is recorded")).toBe(told);
      });

      test("whoever dials from a number of a state where all must agree announces it", async () => {
        const dial = (who: PersonName, callId: string) => at.stage.ask(who, "/calls", { callId, to: newYorker, leadId: null }); // prettier-ignore
        expect((await dial("ana", "call-1")).body).toMatchObject({ from: anasNumber, announce: false });
        expect((await dial("ben", "call-2")).body).toMatchObject({ from: californian, announce: true });
      });
    });

    test("a call is not given to the number of whoever has it, nor are they asked into it", async () => {
      const { caller, callId } = await talk();
      const target = { kind: "number", number: anasNumber };
      for (const control of [
        { do: "transfer", transferId: "t1", mode: "warm", target },
        { do: "transfer", transferId: "t2", mode: "blind", target },
        { do: "add-party", partyId: "p1", target },
      ]) {
        const { status, body } = await at.stage.control("ana", callId, control);
        expect(status).toBe(409);
        expect(body).toMatchObject({ error: { message: "You have this call already.", details: { code: "not-possible" } } }); // prettier-ignore
      }
      expect(caller.held).toBe(false);
    });

    test("a number in the do-not-call list is not dialled, however it is typed", async () => {
      await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
        tx.insert(schema.doNotCall).values({ tenantId: testTenant, number: "+13125550147", byId: "max" }),
      );
      const refused = await at.stage.ask("ana", "/calls", {
        callId: "call-1",
        to: "312 555 0147",
        leadId: null,
      });
      expect(refused).toMatchObject({ status: 403, body: { error: { details: { reason: "do-not-call" } } } });
    });

    test("a number in the do-not-call list is not called to take a call over or to join it, and that is noted", async () => {
      await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
        tx.insert(schema.doNotCall).values({ tenantId: testTenant, number: "+13125550188", byId: "max" }),
      );
      const { caller, callId } = await talk();
      const target = { kind: "number", number: "+13125550188" };
      for (const control of [
        { do: "transfer", transferId: "t1", mode: "warm", target },
        { do: "add-party", partyId: "p1", target },
      ]) {
        const { status, body } = await at.stage.control("ana", callId, control);
        expect(status).toBe(409);
        expect(body).toMatchObject({ error: { message: expect.stringContaining("do-not-call list"), details: { code: "not-possible" } } }); // prettier-ignore
      }
      expect(caller.held).toBe(false);
      expect(at.stage.fake.legs().some(({ to }) => to.kind === "number")).toBe(false);
      const noted = await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
        rowsOf<{ to: string }>(
          tx,
          sql`SELECT details->>'to' AS to FROM audit_log WHERE action = 'call.blocked'`,
        ),
      );
      expect(noted).toEqual([{ to: "+13125550188" }, { to: "+13125550188" }]);
    });
  });

  test("somebody who asked not to be called is not, however their number is typed and from wherever", async () => {
    const lead = { id: "lead-1", ...fields.lead({ phone: "+13125550147", doNotCall: true, ownerId: "ana" }) };
    await at.save("leads", [lead]);
    const typed = { callId: "call-1", to: "(312) 555-0147", leadId: null };
    const refused = await at.stage.ask("ana", "/calls", typed);
    expect(refused).toMatchObject({ status: 403, body: { error: { details: { reason: "do-not-call" } } } });
  });
}
