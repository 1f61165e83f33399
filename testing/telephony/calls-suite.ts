import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PhaseName } from "../../shared/calls/call.ts";
import { usualPhoneRules, usualQueue } from "../../shared/calls/phone-rules.ts";
import { telephonyPaths } from "../../shared/calls/server-wire.ts";
import { inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { saveRecords, type GivenRecord } from "../../sync-server/sync/index.ts";
import { fields } from "../fakes/blank-fields.ts";
import { testTenant, type PersonName } from "../server/test-identities.ts";
import { dialTests } from "./dial-tests.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { anasNumber, openLineStage, type LineStage } from "./open-line-stage.ts";
import { runReconcile } from "./run-reconcile.ts";
import { sharedDatabase } from "./shared-database.ts";

/** Calls through a real server, real signed webhooks and a carrier in memory, on one kind of database. */
export function callsSuite(open: () => Promise<Database>): void {
  let stage: LineStage;
  let database: Awaited<ReturnType<typeof sharedDatabase>>;
  beforeAll(async () => {
    database = await sharedDatabase(open);
  });
  beforeEach(async () => {
    stage = await openLineStage(await database.empty());
  });
  afterEach(() => stage.close());
  afterAll(() => database.close());

  const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000, interval: 10 });
  const legTo = (name: PersonName) => stage.fake.legs().find(({ to, ...leg }) => to.kind === "desk" && to.userId === name && !isOver({ to, ...leg })); // prettier-ignore
  const untilRings = async (name: PersonName): Promise<FakeLeg> => {
    await soon(() => legTo(name)?.status).toBe("ringing");
    return legTo(name) as FakeLeg;
  };
  const phaseOf = async () => (await stage.calls()).map(({ line }) => line.phase.phase);
  const untilPhase = (phase: PhaseName) => soon(phaseOf).toEqual([phase]);
  const callIdOf = async () => (await stage.calls())[0]?.id ?? "";
  /** Ana talks to a caller. */
  const talk = async (...also: PersonName[]) => {
    await stage.present("ana", ...also);
    const { caller } = await stage.callIn();
    const desk = await untilRings("ana");
    stage.fake.answer(desk);
    await untilPhase("live");
    return { caller, desk, callId: await callIdOf() };
  };

  describe("a caller", () => {
    test("reaches whoever has been idle for longest, and the call ends with either of them", async () => {
      await stage.present("ana", "ben");
      const { caller, twiml } = await stage.callIn();
      expect(twiml).toContain("<Conference");
      const desk = await untilRings("ana");
      expect(desk.to).toMatchObject({
        parameters: { number: "+13125550147", role: "agent", callId: await callIdOf() },
      });
      expect(legTo("ben")).toBeUndefined();
      stage.fake.answer(desk);
      await untilPhase("live");
      stage.fake.end(desk, "completed");
      await untilPhase("wrap-up");
      expect(isOver(caller)).toBe(true);
      const [call] = await stage.calls();
      expect(call?.line).toMatchObject({ agentId: "ana", direction: "inbound", phase: { why: "completed" } });
    });

    test("goes to the next desk when the first declines, and to voicemail when nobody is left", async () => {
      await stage.present("ana", "ben");
      const { caller } = await stage.callIn();
      stage.fake.end(await untilRings("ana"), "busy");
      stage.fake.end(await untilRings("ben"), "no-answer");
      await soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
      stage.fake.end(caller, "completed");
      await untilPhase("ended");
      expect((await stage.calls())[0]?.line).toMatchObject({ agentId: null, phase: { why: "voicemail" } });
    });

    test("leaves a message at once where nobody is at a desk", async () => {
      await stage.present();
      const { twiml } = await stage.callIn();
      expect(twiml).toContain("<Record");
      expect(stage.fake.legs()).toHaveLength(1);
    });

    test("who hangs up before anybody answers has abandoned the call, and no desk rings on", async () => {
      await stage.present("ana");
      const { caller } = await stage.callIn();
      const desk = await untilRings("ana");
      stage.fake.end(caller, "completed");
      await soon(() => desk.status).toBe("cancelled");
      await untilPhase("ended");
      expect((await stage.calls())[0]?.line.phase).toMatchObject({ why: "abandoned" });
    });

    test("of somebody's own number rings them alone", async () => {
      await stage.present("ben", "ana");
      await stage.callIn(anasNumber);
      await untilRings("ana");
      expect(legTo("ben")).toBeUndefined();
    });

    test("is one call when the carrier asks twice what to do", async () => {
      await stage.present("ana");
      const caller = stage.fake.caller();
      const fields = { CallSid: caller.sid, From: "+13125550147", To: anasNumber, CallStatus: "ringing" };
      const answers = await Promise.all([stage.post("/voice", fields), stage.post("/voice", fields)]);
      const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
      expect(second).toBe(first);
      expect(await stage.calls()).toHaveLength(1);
    });

    test("of a number that is nobody's is turned away", async () => {
      expect((await stage.callIn("+13125559999")).twiml).toContain("<Reject");
      expect(await stage.calls()).toEqual([]);
    });
  });

  test("one desk is never rung for two calls at once, and busy agents do not ring", async () => {
    await stage.present("ana");
    await Promise.all([stage.callIn(), stage.callIn(), stage.callIn()]);
    const desk = await untilRings("ana");
    const ringing = () =>
      stage.fake.legs().filter(({ to, status }) => to.kind === "desk" && status === "ringing");
    expect(ringing()).toHaveLength(1);
    stage.fake.answer(desk);
    await soon(phaseOf).toEqual(expect.arrayContaining(["live", "queued", "queued"]));
    expect(ringing()).toEqual([]);
    expect(stage.fake.legs().filter(({ to }) => to.kind === "desk")).toHaveLength(1);
    stage.fake.end(desk, "completed");
    await untilRings("ana");
    expect(ringing()).toHaveLength(1);
  });

  dialTests({ stage: () => stage, soon, untilRings, untilPhase });

  describe("as an admin has configured it", () => {
    const configure = (settings: GivenRecord[]) =>
      inTenant(stage.db, { tenantId: testTenant }, (tx) =>
        saveRecords(tx, testTenant, "settings", settings, { now: new Date().toISOString() }),
      );
    const queue = (key: string, given: object) => ({ id: `queue:${key}`, kind: "queue", key, order: 0, label: key, userIds: [], teamIds: [], ...usualQueue, archived: false, ...given }); // prettier-ignore
    const rules = (given: object) => ({ id: "phone-rules", kind: "phone-rules", order: 0, ...usualPhoneRules, ...given }); // prettier-ignore

    test("a queue rings its own people, then the next queue's; two that overflow into each other end", async () => {
      await configure([
        rules({ defaultQueue: "sales" }),
        queue("sales", { userIds: ["ben"], overflowQueue: "service", announcement: "This is sales." }),
        queue("service", { userIds: ["ana"], overflowQueue: "sales" }),
      ]);
      await stage.present("ana", "ben");
      const { caller, twiml } = await stage.callIn();
      expect(twiml).toContain("This is sales.");
      stage.fake.end(await untilRings("ben"), "busy");
      stage.fake.end(await untilRings("ana"), "no-answer");
      await soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
      expect((await stage.calls())[0]?.line.queue).toBe("service");
    });

    test("without voicemail a caller who finds nobody hears so, and leaves no message", async () => {
      await configure([rules({ voicemail: false })]);
      await stage.present();
      const { caller, twiml } = await stage.callIn();
      expect(twiml).toContain("Nobody can take your call");
      expect(twiml).not.toContain("<Record");
      stage.fake.end(caller, "completed");
      await untilPhase("ended");
      expect((await stage.calls())[0]?.line).toMatchObject({ answeredAt: null, phase: { why: "no-answer" } });
    });

    test("wrap-up takes as long as the tenant says", async () => {
      await configure([rules({ wrapUpSeconds: 45 })]);
      const { desk } = await talk();
      stage.fake.end(desk, "completed");
      await untilPhase("wrap-up");
      const line = (await stage.calls())[0]?.line;
      if (line?.phase.phase !== "wrap-up") throw new Error("not in wrap-up");
      expect(Date.parse(line.phase.until) - Date.parse(line.endedAt ?? "")).toBe(45_000);
    });

    test("recording is announced to everybody, or not made at all", async () => {
      await configure([rules({ consent: "always" })]);
      const dial = (who: PersonName, callId: string) => stage.ask(who, "/calls", { callId, to: "911", leadId: null }); // prettier-ignore
      expect((await dial("ana", "call-1")).body).toMatchObject({ announce: true });
      await configure([rules({ consent: "always", recording: false })]);
      expect((await dial("ben", "call-2")).body).toMatchObject({ announce: false });
    });

    test("a number in the do-not-call list is not dialled, however it is typed", async () => {
      await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
        tx.insert(schema.doNotCall).values({ tenantId: testTenant, number: "+13125550147", byId: "max" }),
      );
      const refused = await stage.ask("ana", "/calls", {
        callId: "call-1",
        to: "312 555 0147",
        leadId: null,
      });
      expect(refused).toMatchObject({ status: 403, body: { error: { details: { reason: "do-not-call" } } } });
    });
  });

  test("somebody who asked not to be called is not, however their number is typed and from wherever", async () => {
    const lead = { id: "lead-1", ...fields.lead({ phone: "+13125550147", doNotCall: true, ownerId: "ana" }) };
    await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
      saveRecords(tx, testTenant, "leads", [lead], { now: new Date().toISOString() }),
    );
    const typed = { callId: "call-1", to: "(312) 555-0147", leadId: null };
    const refused = await stage.ask("ana", "/calls", typed);
    expect(refused).toMatchObject({ status: 403, body: { error: { details: { reason: "do-not-call" } } } });
  });

  test("hold, and talk again: the customer waits and the carrier has done it when the answer comes", async () => {
    const { caller, callId } = await talk();
    expect((await stage.control("ana", callId, { do: "hold", on: true })).status).toBe(204);
    expect(caller.held).toBe(true);
    expect(await phaseOf()).toEqual(["held"]);
    expect((await stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
    expect(caller.held).toBe(false);
    expect(await phaseOf()).toEqual(["live"]);
  });

  test("a recording begins with the talk, pauses while card numbers are said, and goes on", async () => {
    const { caller, callId } = await talk();
    await soon(() => caller.recording).toBe("on");
    expect((await stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
    expect(caller.recording).toBe("paused");
    expect((await stage.calls())[0]?.line.recording).toBe("paused");
    await stage.control("ana", callId, { do: "record", state: "on" });
    expect(caller.recording).toBe("on");
  });

  test("nobody else steers a call, and a call that is not theirs does not exist for them", async () => {
    const { callId } = await talk();
    expect((await stage.control("ben", callId, { do: "hold", on: true })).status).toBe(404);
    expect((await stage.control("max", callId, { do: "hang-up" })).status).toBe(404);
    expect((await stage.control("ben", callId, { do: "monitor", role: "listen" })).status).toBe(403);
  });

  test("who supervises ends a colleague's call, and the audit log says so", async () => {
    const { callId } = await talk();
    expect((await stage.control("ben", callId, { do: "end" })).status).toBe(403);
    const fromElsewhere = await fetch(stage.server.url + telephonyPaths.control(callId), {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://elsewhere.example" },
      body: JSON.stringify({ do: "end" }),
    });
    expect(fromElsewhere.status, "a page of another site").toBe(403);
    expect((await stage.control("max", callId, { do: "end" })).status).toBe(204);
    await untilPhase("wrap-up");
    const [noted] = await inTenant(stage.db, { tenantId: testTenant }, (tx) =>
      rowsOf<{ subject: string }>(
        tx,
        sql`SELECT subject FROM audit_log WHERE action = 'call.end' AND actor_id = 'max'`,
      ),
    );
    expect(noted).toEqual({ subject: `calls/${callId}` });
  });

  describe("a transfer", () => {
    const transfer = {
      do: "transfer",
      transferId: "t1",
      mode: "warm",
      target: { kind: "agent", userId: "ben" },
    };

    test("warm: the customer waits, the target talks to the agent, then has the call", async () => {
      const { caller, desk, callId } = await talk();
      expect((await stage.control("ana", callId, transfer)).status).toBe(204);
      expect(caller.held).toBe(true);
      expect((await stage.control("ana", callId, { do: "complete-transfer", transferId: "t1" })).status).toBe(
        409,
      );
      const target = await untilRings("ben");
      stage.fake.answer(target);
      await soon(async () => (await stage.calls())[0]?.line.phase).toMatchObject({
        transfer: { answered: true },
      });
      expect((await stage.control("ana", callId, { do: "complete-transfer", transferId: "t1" })).status).toBe(
        204,
      );
      expect(caller).toMatchObject({ held: false, status: "answered" });
      expect(desk.status).toBe("completed");
      expect(target).toMatchObject({ status: "answered", anchor: true });
      await untilPhase("live");
      expect((await stage.calls())[0]?.line).toMatchObject({ agentId: "ben", formerAgentIds: ["ana"] });
      stage.fake.end(target, "completed");
      await untilPhase("wrap-up");
      expect(isOver(caller)).toBe(true);
    });

    test("a cancelled warm transfer leaves no caller on hold", async () => {
      const { caller, callId } = await talk();
      await stage.control("ana", callId, transfer);
      await untilRings("ben");
      expect((await stage.control("ana", callId, { do: "cancel-transfer", transferId: "t1" })).status).toBe(
        204,
      );
      expect(caller.held).toBe(false);
      await soon(() => legTo("ben")).toBeUndefined();
      await untilPhase("live");
    });

    test.each([
      ["busy", "declined"],
      ["no-answer", "no-answer"],
      ["failed", "failed"],
    ] as const)("whose target is %s gives the caller back, and says why", async (status, why) => {
      const { caller, callId } = await talk();
      await stage.control("ana", callId, { ...transfer, mode: "blind" });
      stage.fake.end(await untilRings("ben"), status);
      await soon(() => caller.held).toBe(false);
      await untilPhase("live");
      const line = (await stage.calls())[0]?.line;
      expect(line).toMatchObject({ agentId: "ana", phase: { back: { target: transfer.target, why } } });
    });

    test.each([
      ["decline", "declined"],
      ["off", "failed"],
    ] as const)(
      "to a desk that is faster than the answer to the dial (%s) has taken place, and gives the caller back",
      async (desks, why) => {
        const { caller, callId } = await talk();
        stage.fake.state.desks = desks;
        expect((await stage.control("ana", callId, transfer)).status).toBe(204);
        await soon(async () => (await stage.calls())[0]?.line.phase).toMatchObject({ back: { why } });
        await soon(() => caller.held).toBe(false);
        expect(caller.status).toBe("answered");
      },
    );

    test("called off while nobody knows yet whether the caller is on hold leaves them heard", async () => {
      const { caller, callId } = await talk();
      const lost = Promise.withResolvers<void>();
      stage.fake.state.losesHold = lost.promise;
      const started = stage.control("ana", callId, transfer);
      await soon(() => caller.held).toBe(true);
      const cancelled = stage.control("ana", callId, { do: "cancel-transfer", transferId: "t1" });
      await untilPhase("live");
      lost.resolve();
      expect([(await started).status, (await cancelled).status]).toEqual([204, 204]);
      expect(caller).toMatchObject({ held: false, status: "answered" });
    });

    test("that was called off or has come about is not called off again", async () => {
      const { caller, callId } = await talk();
      const cancel = { do: "cancel-transfer", transferId: "t1" };
      await stage.control("ana", callId, transfer);
      await untilRings("ben");
      expect((await stage.control("ana", callId, cancel)).status).toBe(204);
      expect((await stage.control("ana", callId, cancel)).status).toBe(204);
      await soon(() => legTo("ben")).toBeUndefined();
      expect((await stage.calls())[0]?.line.phase).not.toHaveProperty("back");
      await stage.control("ana", callId, { ...transfer, transferId: "t2", mode: "blind" });
      stage.fake.answer(await untilRings("ben"));
      await soon(async () => (await stage.calls())[0]?.line.agentId).toBe("ben");
      const again = await stage.control("ana", callId, { ...cancel, transferId: "t2" });
      // By then she may be out of the call.
      expect([404, 409]).toContain(again.status);
      await soon(() => caller.held).toBe(false);
    });

    test("blind: lets go of the agent when the target has picked up, not before", async () => {
      const { caller, desk, callId } = await talk();
      await stage.control("ana", callId, { ...transfer, mode: "blind" });
      const target = await untilRings("ben");
      expect(desk.status).toBe("answered");
      stage.fake.answer(target);
      await soon(() => desk.status).toBe("completed");
      await soon(() => caller.held).toBe(false);
      expect(target.status).toBe("answered");
    });

    test("to oneself is refused", async () => {
      const { caller, callId } = await talk();
      const self = { ...transfer, target: { kind: "agent", userId: "ana" } };
      expect((await stage.control("ana", callId, self)).status).toBe(409);
      expect(caller.held).toBe(false);
    });

    test("to a number goes on without us", async () => {
      const { caller, desk, callId } = await talk();
      const away = { ...transfer, mode: "blind", target: { kind: "number", number: "+442079460118" } };
      await stage.control("ana", callId, away);
      await soon(() => stage.fake.legs().find(({ to }) => to.kind === "number")?.status).toBe("ringing");
      stage.fake.answer(stage.fake.legs().find(({ to }) => to.kind === "number") as FakeLeg);
      await untilPhase("wrap-up");
      expect((await stage.calls())[0]?.line.phase).toMatchObject({ why: "transferred" });
      await soon(() => desk.status).toBe("completed");
      await soon(() => caller.held).toBe(false);
      expect(caller.status).toBe("answered");
    });

    test("back into the queue finds the next agent", async () => {
      const { caller, desk, callId } = await talk("ben");
      const back = { ...transfer, target: { kind: "queue", queue: "sales" } };
      expect((await stage.control("ana", callId, back)).status).toBe(204);
      expect(desk.status).toBe("completed");
      const target = await untilRings("ben");
      stage.fake.answer(target);
      await soon(() => caller.held).toBe(false);
      await untilPhase("live");
      expect((await stage.calls())[0]?.line).toMatchObject({ agentId: "ben", queue: "sales" });
    });
  });

  test("a manager listens, whispers and joins in; a third person comes and goes", async () => {
    const { desk, callId } = await talk();
    await stage.control("max", callId, { do: "monitor", role: "listen" });
    const listener = await untilRings("max");
    expect(listener.script).toContainEqual(expect.objectContaining({ do: "join", muted: true, coach: null }));
    stage.fake.answer(listener);
    await soon(async () => (await stage.calls())[0]?.line.parties).toMatchObject([{ role: "listen" }]);
    await stage.control("max", callId, { do: "monitor", role: "whisper" });
    await soon(() => listener.status).toBe("completed");
    const whisperer = await untilRings("max");
    expect(whisperer.script).toContainEqual(
      expect.objectContaining({ do: "join", muted: false, coach: desk.sid }),
    );
    stage.fake.answer(whisperer);
    await soon(async () => (await stage.calls())[0]?.line.parties).toMatchObject([{ role: "whisper" }]);
    const third = { partyId: "p1", target: { kind: "agent", userId: "ben" } };
    await stage.control("ana", callId, { do: "add-party", ...third });
    stage.fake.answer(await untilRings("ben"));
    await untilPhase("conference");
    await stage.control("ana", callId, { do: "drop-party", partyId: "p1" });
    await untilPhase("live");
  });

  test("a call whose end nobody reported is found out", async () => {
    const { caller, desk, callId } = await talk();
    caller.status = "completed";
    desk.status = "completed";
    await runReconcile(stage.db, callId);
    await untilPhase("wrap-up");
  });
}
