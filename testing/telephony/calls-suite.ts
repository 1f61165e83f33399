import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { telephonyPaths } from "../../shared/calls/server-wire.ts";
import type { Presence } from "../../shared/sync/wire.ts";
import { inTenant, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { testTenant } from "../server/test-identities.ts";
import { configuredTests } from "./configured-tests.ts";
import { dialTests } from "./dial-tests.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { anasNumber } from "./open-line-stage.ts";
import { mergeTests } from "./merge-tests.ts";
import { runReconcile } from "./run-reconcile.ts";
import { transferTests } from "./transfer-tests.ts";
import { useLineStage } from "./use-line-stage.ts";

/** Calls through a real server, real signed webhooks and a carrier in memory, on one kind of database. */
export function callsSuite(open: () => Promise<Database>): void {
  const at = useLineStage(open);
  const { soon, legTo, untilRings, lineNow, phases, untilPhase, talk } = at;

  const ringing = () =>
    at.stage.fake.legs().filter(({ to, status }) => to.kind === "desk" && status === "ringing");
  /** Whoever is at a desk is there so from now on. */
  const presentAs = (presence: Presence) =>
    inTenant(at.stage.db, { tenantId: testTenant }, (tx) => tx.update(schema.presence).set({ presence }));

  describe("a caller", () => {
    test("reaches whoever has been idle for longest, and the call ends with either of them", async () => {
      await at.stage.present("ana", "ben");
      const { caller, twiml } = await at.stage.callIn();
      expect(twiml).toContain("<Conference");
      const desk = await untilRings("ana");
      expect(desk.to).toMatchObject({
        parameters: { number: "+13125550147", role: "agent", callId: (await at.stage.calls())[0]?.id },
      });
      expect(legTo("ben")).toBeUndefined();
      at.stage.fake.answer(desk);
      await untilPhase("live");
      at.stage.fake.end(desk, "completed");
      await untilPhase("wrap-up");
      expect(isOver(caller)).toBe(true);
      const [call] = await at.stage.calls();
      expect(call?.line).toMatchObject({ agentId: "ana", direction: "inbound", phase: { why: "completed" } });
    });

    test("goes to the next desk when the first declines, and to voicemail when nobody is left", async () => {
      await at.stage.present("ana", "ben");
      const { caller } = await at.stage.callIn();
      at.stage.fake.end(await untilRings("ana"), "busy");
      at.stage.fake.end(await untilRings("ben"), "no-answer");
      await soon(() => caller.script.some((step) => step.do === "take-message")).toBe(true);
      at.stage.fake.end(caller, "completed");
      await untilPhase("ended");
      expect(await lineNow()).toMatchObject({ agentId: null, phase: { why: "voicemail" } });
    });

    test.each([
      [
        "is not kept waiting by who let the last call ring: everybody else is rung before",
        "no-answer",
        "ben",
      ],
      ["rings whoever declined the last call in their turn: they are there", "busy", "ana"],
    ] as const)("%s", async (_, ended, next) => {
      await at.stage.present("ana", "ben");
      await at.stage.callIn();
      at.stage.fake.end(await untilRings("ana"), ended);
      const desk = await untilRings("ben");
      at.stage.fake.answer(desk);
      await untilPhase("live");
      // From now on Ben has been idle for less long.
      at.stage.fake.end(desk, "completed");
      await untilPhase("wrap-up");
      await at.stage.callIn();
      const rungs = () => at.stage.fake.legs().filter(({ to }) => to.kind === "desk");
      await soon(() => rungs().length).toBe(3);
      expect(rungs().map(({ to }) => to.kind === "desk" && to.userId)).toEqual(["ana", "ben", next]);
    });

    test("who gives up makes nobody absent", async () => {
      await at.stage.present("ana", "ben");
      const first = await at.stage.callIn();
      await untilRings("ana");
      at.stage.fake.end(first.caller, "completed");
      await untilPhase("ended");
      const second = await at.stage.callIn();
      at.stage.fake.end(await untilRings("ben"), "no-answer");
      await untilRings("ana");
      at.stage.fake.end(second.caller, "completed");
      await soon(phases).toEqual(["ended", "ended"]);
      await at.stage.callIn();
      await untilRings("ana");
      expect(legTo("ben")).toBeUndefined();
    });

    test("leaves a message at once where nobody is at a desk", async () => {
      await at.stage.present();
      const { twiml } = await at.stage.callIn();
      expect(twiml).toContain("<Record");
      expect(at.stage.fake.legs()).toHaveLength(1);
    });

    test("who hangs up before anybody answers has abandoned the call, and no desk rings on", async () => {
      await at.stage.present("ana");
      const { caller } = await at.stage.callIn();
      const desk = await untilRings("ana");
      at.stage.fake.end(caller, "completed");
      await soon(() => desk.status).toBe("cancelled");
      await untilPhase("ended");
      expect((await lineNow())?.phase).toMatchObject({ why: "abandoned" });
    });

    test("of somebody's own number rings them alone", async () => {
      await at.stage.present("ben", "ana");
      await at.stage.callIn(anasNumber);
      await untilRings("ana");
      expect(legTo("ben")).toBeUndefined();
    });

    test("of somebody's own number waits at their desk though they are in a call, as no caller of a queue does", async () => {
      const { caller: heard } = await talk();
      await presentAs("busy");
      await at.stage.callIn();
      const direct = await at.stage.callIn(anasNumber, "+13125550148");
      await soon(ringing).toMatchObject([{ to: { userId: "ana", parameters: { number: "+13125550148" } } }]);
      at.stage.fake.answer(ringing()[0] as FakeLeg);
      await soon(phases).toEqual(["live", "queued", "live"]);
      expect(ringing()).toEqual([]);
      const another = await at.stage.callIn(anasNumber, "+13125550149");
      await soon(() => ringing()).toHaveLength(1);
      at.stage.fake.end(ringing()[0] as FakeLeg, "busy");
      await soon(() => another.caller.script.some((step) => step.do === "take-message")).toBe(true);
      expect([heard.status, direct.caller.status]).toEqual(["answered", "answered"]);
    });

    test.each(["break", "wrap-up"] as const)(
      "of the own number of somebody on a %s does not ring there, whatever call they are in",
      async (presence) => {
        await talk();
        await presentAs(presence);
        await at.stage.callIn(anasNumber);
        await soon(phases).toEqual(["live", "queued"]);
        expect(ringing()).toEqual([]);
      },
    );

    test("is one call when the carrier asks twice what to do", async () => {
      await at.stage.present("ana");
      const caller = at.stage.fake.caller();
      const fields = { CallSid: caller.sid, From: "+13125550147", To: anasNumber, CallStatus: "ringing" };
      const answers = await Promise.all([at.stage.post("/voice", fields), at.stage.post("/voice", fields)]);
      const [first, second] = await Promise.all(answers.map((answer) => answer.text()));
      expect(second).toBe(first);
      expect(await at.stage.calls()).toHaveLength(1);
    });

    test("with an address longer than any number is put through", async () => {
      await at.stage.present("ana");
      await at.stage.callIn(anasNumber, "sip:somebody@the-pbx-of-a-customer.sip.example.com");
      await untilRings("ana");
      expect((await lineNow())?.from).toMatch(/^sip:somebody@the-pbx/u);
    });

    test("of a number that is nobody's is turned away", async () => {
      expect((await at.stage.callIn("+13125559999")).twiml).toContain("<Reject");
      expect(await at.stage.calls()).toEqual([]);
    });
  });

  test("one desk is never rung for two calls at once, and busy agents do not ring", async () => {
    await at.stage.present("ana");
    await Promise.all([at.stage.callIn(), at.stage.callIn(), at.stage.callIn()]);
    const desk = await untilRings("ana");
    expect(ringing()).toHaveLength(1);
    at.stage.fake.answer(desk);
    await soon(phases).toEqual(expect.arrayContaining(["live", "queued", "queued"]));
    expect(ringing()).toEqual([]);
    expect(at.stage.fake.legs().filter(({ to }) => to.kind === "desk")).toHaveLength(1);
    at.stage.fake.end(desk, "completed");
    await untilRings("ana");
    expect(ringing()).toHaveLength(1);
  });

  test("whoever has waited longest is rung for first, though another one dials in the moment in which somebody is free", async () => {
    await at.stage.present("ana");
    await at.stage.callIn();
    const desk = await untilRings("ana");
    at.stage.fake.answer(desk);
    await soon(phases).toEqual(["live"]);
    await at.stage.callIn(undefined, "+13125550148");
    await at.stage.callIn(undefined, "+13125550149");
    at.stage.fake.end(desk, "completed");
    await soon(phases).toContain("wrap-up");
    await at.stage.callIn(undefined, "+13125550150");
    expect(await untilRings("ana")).toMatchObject({ to: { parameters: { number: "+13125550148" } } });
  });

  dialTests(at);
  configuredTests(at);

  test("hold, and talk again: the customer waits and the carrier has done it when the answer comes", async () => {
    const { caller, callId } = await talk();
    expect((await at.stage.control("ana", callId, { do: "hold", on: true })).status).toBe(204);
    expect(caller.held).toBe(true);
    expect(await phases()).toEqual(["held"]);
    expect((await at.stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
    expect(caller.held).toBe(false);
    expect(await phases()).toEqual(["live"]);
  });

  test("a recording begins with the talk, pauses while card numbers are said, and goes on", async () => {
    const { caller, callId } = await talk();
    await soon(() => caller.recording).toBe("on");
    expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
    expect(caller.recording).toBe("paused");
    expect((await lineNow())?.recording).toBe("paused");
    await at.stage.control("ana", callId, { do: "record", state: "on" });
    expect(caller.recording).toBe("on");
  });

  test("a caller from where the law wants a clear yes hears nothing, and is recorded from that yes on", async () => {
    const { caller, callId, twiml } = await at.talkToBerlin();
    expect(twiml).not.toContain("is recorded");
    expect(await lineNow()).toMatchObject({ consent: "needed", recording: "off" });
    expect(caller.recording).toBe("off");
    const noted = await at.stage.control("ana", callId, { do: "consent", answer: "given" });
    expect(noted.status).toBe(204);
    expect(caller.recording).toBe("on");
    expect(await lineNow()).toMatchObject({ consent: "given", recording: "on" });
  });

  test("nobody else steers a call, and a call that is not theirs does not exist for them", async () => {
    const { callId } = await talk();
    expect((await at.stage.control("ben", callId, { do: "hold", on: true })).status).toBe(404);
    expect((await at.stage.control("max", callId, { do: "hang-up" })).status).toBe(404);
    expect((await at.stage.control("ben", callId, { do: "monitor", role: "listen" })).status).toBe(403);
  });

  test("who supervises ends a colleague's call, and the audit log says so", async () => {
    const { callId } = await talk();
    expect((await at.stage.control("ben", callId, { do: "end" })).status).toBe(403);
    const fromElsewhere = await fetch(at.stage.server.url + telephonyPaths.control(callId), {
      method: "POST",
      headers: { "content-type": "application/json", origin: "https://elsewhere.example" },
      body: JSON.stringify({ do: "end" }),
    });
    expect(fromElsewhere.status, "a page of another site").toBe(403);
    expect((await at.stage.control("max", callId, { do: "end" })).status).toBe(204);
    await untilPhase("wrap-up");
    const [noted] = await inTenant(at.stage.db, { tenantId: testTenant }, (tx) =>
      rowsOf<{ subject: string }>(
        tx,
        sql`SELECT subject FROM audit_log WHERE action = 'call.end' AND actor_id = 'max'`,
      ),
    );
    expect(noted).toEqual({ subject: `calls/${callId}` });
  });

  transferTests(at);
  mergeTests(at);

  test("a manager listens, whispers and joins in; a third person comes and goes", async () => {
    const { caller, desk, callId } = await talk();
    await at.stage.control("max", callId, { do: "monitor", role: "listen" });
    const listener = await untilRings("max");
    expect(listener.script).toContainEqual(expect.objectContaining({ do: "join", muted: true, coach: null }));
    at.stage.fake.answer(listener);
    await soon(async () => (await lineNow())?.parties).toMatchObject([{ role: "listen" }]);
    await at.stage.control("max", callId, { do: "monitor", role: "whisper" });
    await soon(() => listener.status).toBe("completed");
    const whisperer = await untilRings("max");
    expect(whisperer.script).toContainEqual(
      expect.objectContaining({ do: "join", muted: false, coach: desk.sid }),
    );
    at.stage.fake.answer(whisperer);
    await soon(async () => (await lineNow())?.parties).toMatchObject([{ role: "whisper" }]);
    const third = { partyId: "p1", target: { kind: "agent", userId: "ben" } };
    await at.stage.control("ana", callId, { do: "add-party", ...third });
    const asked = await untilRings("ben");
    at.stage.fake.answer(asked);
    await untilPhase("conference");
    expect((await at.stage.control("ana", callId, { do: "hold", on: true })).status).toBe(204);
    expect([caller.held, asked.held], "nobody goes on hearing the agent").toEqual([true, true]);
    expect(await phases()).toEqual(["held"]);
    expect((await at.stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
    expect([caller.held, asked.held]).toEqual([false, false]);
    expect(await phases()).toEqual(["conference"]);
    await at.stage.control("ana", callId, { do: "drop-party", partyId: "p1" });
    await untilPhase("live");
  });

  test("a third person who picks up while the customer is on hold waits with them", async () => {
    const { caller, callId } = await talk();
    const third = { partyId: "p1", target: { kind: "agent", userId: "ben" } };
    await at.stage.control("ana", callId, { do: "add-party", ...third });
    const asked = await untilRings("ben");
    await at.stage.control("ana", callId, { do: "hold", on: true });
    at.stage.fake.answer(asked);
    await soon(() => [caller.held, asked.held]).toEqual([true, true]);
    await at.stage.control("ana", callId, { do: "hold", on: false });
    await soon(() => [caller.held, asked.held]).toEqual([false, false]);
    await untilPhase("conference");
  });

  describe("whoever is asked into a call", () => {
    const asks = { partyId: "p1", target: { kind: "agent", userId: "ben" } };
    const drop = { do: "drop-party", partyId: "p1" };
    const asked = async () => (await lineNow())?.asked;
    const askBen = async () => {
      const talking = await talk();
      await at.stage.control("ana", talking.callId, { do: "add-party", ...asks });
      return { ...talking, ben: await untilRings("ben") };
    };

    test("is shown while their desk rings, and until they are in it", async () => {
      const { ben } = await askBen();
      expect(await asked()).toMatchObject([asks]);
      expect((await lineNow())?.parties).toEqual([]);
      at.stage.fake.answer(ben);
      await untilPhase("conference");
      expect(await asked()).toEqual([]);
    });

    test("is let go of before they pick up, also twice, and the customer is talked to all the time", async () => {
      const { caller, ben, callId } = await askBen();
      expect((await at.stage.control("ana", callId, drop)).status).toBe(204);
      expect(ben.status).toBe("cancelled");
      expect((await at.stage.control("ana", callId, drop)).status).toBe(204);
      await soon(asked).toEqual([]);
      expect(await phases()).toEqual(["live"]);
      expect(caller).toMatchObject({ held: false, status: "answered" });
    });

    test.each([
      ["busy", "declined"],
      ["no-answer", "no-answer"],
      ["failed", "failed"],
    ] as const)("and does not come (%s) is told of as that, and asked once more", async (status, why) => {
      const { caller, ben, callId } = await askBen();
      at.stage.fake.end(ben, status);
      await soon(asked).toMatchObject([{ ...asks, why }]);
      expect(caller).toMatchObject({ held: false, status: "answered" });
      await at.stage.control("ana", callId, { do: "add-party", ...asks, partyId: "p2" });
      at.stage.fake.answer(await untilRings("ben"));
      await untilPhase("conference");
      expect(await asked()).toEqual([]);
    });

    test("and cannot be dialled is told of: the carrier refuses the number", async () => {
      const { callId } = await talk();
      at.stage.fake.state.refuseDials = true;
      const target = { kind: "number", number: "+13125550177" };
      await at.stage.control("ana", callId, { do: "add-party", partyId: "p1", target });
      await soon(asked).toMatchObject([{ target, why: "failed" }]);
      expect(await phases()).toEqual(["live"]);
    });

    test.each(["before", "after"] as const)(
      "and picks up just %s they are let go of is out in the end, and nobody is left on hold",
      async (order) => {
        const { caller, ben, callId } = await askBen();
        await at.stage.control("ana", callId, { do: "hold", on: true });
        const crossing = [
          async () => at.stage.fake.answer(ben),
          async () => void (await at.stage.control("ana", callId, drop)),
        ];
        await Promise.all((order === "before" ? crossing : crossing.toReversed()).map((act) => act()));
        await soon(() => isOver(ben)).toBe(true);
        await at.stage.control("ana", callId, { do: "hold", on: false });
        await untilPhase("live");
        expect(await lineNow()).toMatchObject({ asked: [], parties: [] });
        expect(caller).toMatchObject({ held: false, status: "answered" });
      },
    );

    test("goes with the call when the customer hangs up meanwhile", async () => {
      const { caller, ben } = await askBen();
      at.stage.fake.end(caller, "completed");
      await soon(() => ben.status).toBe("cancelled");
      await untilPhase("wrap-up");
      expect(await asked()).toEqual([]);
    });
  });

  test("a call whose end nobody reported is found out", async () => {
    const { caller, desk, callId } = await talk();
    caller.status = "completed";
    desk.status = "completed";
    await runReconcile(at.stage.db, callId);
    await untilPhase("wrap-up");
  });
}
