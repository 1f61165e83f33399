import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { inTenant, rowsOf } from "../../sync-server/database/index.ts";
import { testTenant } from "../server/test-identities.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import type { StageInUse } from "./use-line-stage.ts";

/** A call is handed over, and where that comes to nothing the caller is heard again. */
export function transferTests(at: StageInUse): void {
  const { soon, legTo, untilRings, lineNow, untilPhase, talk } = at;

  describe("a transfer", () => {
    const transfer = {
      do: "transfer",
      transferId: "t1",
      mode: "warm",
      target: { kind: "agent", userId: "ben" },
    };

    test("warm: the customer waits, the target talks to the agent, then has the call", async () => {
      const { caller, desk, callId } = await talk();
      expect((await at.stage.control("ana", callId, transfer)).status).toBe(204);
      expect(caller.held).toBe(true);
      expect(
        (await at.stage.control("ana", callId, { do: "complete-transfer", transferId: "t1" })).status,
      ).toBe(409);
      const target = await untilRings("ben");
      at.stage.fake.answer(target);
      await soon(async () => (await lineNow())?.phase).toMatchObject({
        transfer: { answered: true },
      });
      expect(
        (await at.stage.control("ana", callId, { do: "complete-transfer", transferId: "t1" })).status,
      ).toBe(204);
      expect(caller).toMatchObject({ held: false, status: "answered" });
      expect(desk.status).toBe("completed");
      expect(target).toMatchObject({ status: "answered", anchor: true });
      await untilPhase("live");
      expect(await lineNow()).toMatchObject({ agentId: "ben", formerAgentIds: ["ana"], recording: "on" });
      expect(caller).toMatchObject({ recording: "on", listened: true });
      at.stage.fake.end(target, "completed");
      await untilPhase("wrap-up");
      expect(isOver(caller)).toBe(true);
    });

    test("a cancelled warm transfer leaves no caller on hold", async () => {
      const { caller, callId } = await talk();
      await at.stage.control("ana", callId, transfer);
      await untilRings("ben");
      expect(
        (await at.stage.control("ana", callId, { do: "cancel-transfer", transferId: "t1" })).status,
      ).toBe(204);
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
      await at.stage.control("ana", callId, { ...transfer, mode: "blind" });
      at.stage.fake.end(await untilRings("ben"), status);
      await soon(() => caller.held).toBe(false);
      await untilPhase("live");
      const line = await lineNow();
      expect(line).toMatchObject({ agentId: "ana", phase: { back: { target: transfer.target, why } } });
    });

    test.each([
      ["decline", "declined"],
      ["off", "failed"],
    ] as const)(
      "to a desk that is faster than the answer to the dial (%s) has taken place, and gives the caller back",
      async (desks, why) => {
        const { caller, callId } = await talk();
        at.stage.fake.state.desks = desks;
        expect((await at.stage.control("ana", callId, transfer)).status).toBe(204);
        await soon(async () => (await lineNow())?.phase).toMatchObject({ back: { why } });
        await soon(() => caller.held).toBe(false);
        expect(caller.status).toBe("answered");
      },
    );

    test("called off while nobody knows yet whether the caller is on hold leaves them heard", async () => {
      const { caller, callId } = await talk();
      const lost = Promise.withResolvers<void>();
      at.stage.fake.state.losesHold = lost.promise;
      const started = at.stage.control("ana", callId, transfer);
      await soon(() => caller.held).toBe(true);
      const cancelled = at.stage.control("ana", callId, { do: "cancel-transfer", transferId: "t1" });
      await untilPhase("live");
      lost.resolve();
      expect([(await started).status, (await cancelled).status]).toEqual([204, 204]);
      expect(caller).toMatchObject({ held: false, status: "answered" });
    });

    test("that was called off or has come about is not called off again", async () => {
      const { caller, callId } = await talk();
      const cancel = { do: "cancel-transfer", transferId: "t1" };
      await at.stage.control("ana", callId, transfer);
      await untilRings("ben");
      expect((await at.stage.control("ana", callId, cancel)).status).toBe(204);
      expect((await at.stage.control("ana", callId, cancel)).status).toBe(204);
      await soon(() => legTo("ben")).toBeUndefined();
      expect((await lineNow())?.phase).not.toHaveProperty("back");
      await at.stage.control("ana", callId, { ...transfer, transferId: "t2", mode: "blind" });
      at.stage.fake.answer(await untilRings("ben"));
      await soon(async () => (await lineNow())?.agentId).toBe("ben");
      const again = await at.stage.control("ana", callId, { ...cancel, transferId: "t2" });
      // By then she may be out of the call.
      expect([404, 409]).toContain(again.status);
      await soon(() => caller.held).toBe(false);
    });

    test("blind: lets go of the agent when the target has picked up, not before", async () => {
      const { caller, desk, callId } = await talk();
      await at.stage.control("ana", callId, { ...transfer, mode: "blind" });
      const target = await untilRings("ben");
      expect(desk.status).toBe("answered");
      at.stage.fake.answer(target);
      await soon(() => desk.status).toBe("completed");
      await soon(() => caller.held).toBe(false);
      expect(target.status).toBe("answered");
    });

    test("to oneself is refused", async () => {
      const { caller, callId } = await talk();
      const self = { ...transfer, target: { kind: "agent", userId: "ana" } };
      expect((await at.stage.control("ana", callId, self)).status).toBe(409);
      expect(caller.held).toBe(false);
    });

    test.each(["blind", "warm"] as const)(
      "%s to a number goes on without us: what they say to each other is neither recorded nor written down",
      async (mode) => {
        const { caller, desk, callId } = await talk();
        await soon(() => caller.recording).toBe("on");
        await say(caller, "Ours.", 2);
        await soon(texts).toEqual(["Ours."]);
        const before = new Date().toISOString();
        const away = { ...transfer, mode, target: { kind: "number", number: "+442079460118" } };
        await at.stage.control("ana", callId, away);
        await soon(outside).toMatchObject({ status: "ringing" });
        at.stage.fake.state.failureShare = mode === "blind" ? 0.3 : 0;
        at.stage.fake.answer(outside() as FakeLeg);
        if (mode === "warm") {
          await soon(async () => (await lineNow())?.phase).toMatchObject({ transfer: { answered: true } });
          expect(caller).toMatchObject({ recording: "on", listened: true });
          await at.stage.control("ana", callId, { do: "complete-transfer", transferId: "t1" });
        }
        await untilPhase("wrap-up");
        expect((await lineNow())?.phase).toMatchObject({ why: "transferred" });
        await soon(() => desk.status).toBe("completed");
        const goesOn = { held: false, status: "answered", recording: "off", listened: false };
        expect(caller).toMatchObject(goesOn);
        expect(outside()).toMatchObject({ status: "answered" });
        for (const seq of [4, 5, 5]) await say(caller, "Between two others.", seq);
        await say(caller, "Ours, told late.", 3, before);
        await soon(texts).toEqual(["Ours, told late.", "Ours."]);
        expect(await kept("Between two others")).toBe(0);
        // Counted after what was dropped has been written down; twice where it was told again after that.
        const metrics = async () => (await fetch(`${at.stage.server.url}/metrics`)).text();
        await soon(metrics).toMatch(/^ringside_telephony_words_not_kept_total [23]$/mu);
        at.stage.fake.end(outside() as FakeLeg, "completed");
        await soon(() => isOver(caller)).toBe(true);
      },
    );

    const outside = () => at.stage.fake.legs().find(({ to }) => to.kind === "number");

    /** The carrier tells what was understood; `startedAt` = now, unless it is given. */
    async function say({ sid }: FakeLeg, transcript: string, seq: number, startedAt?: string): Promise<void> {
      const now = new Date().toISOString();
      const answer = await at.stage.post("/transcription", {
        ...{ CallSid: sid, TranscriptionSid: "GT0001", TranscriptionEvent: "transcription-content" },
        ...{ SequenceId: String(seq), Track: "inbound_track", Final: "true", Timestamp: now },
        TranscriptionData: JSON.stringify({ transcript, startedAt: startedAt ?? now }),
      });
      expect(answer.status).toBe(204);
    }
    const read = <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
      inTenant(at.stage.db, { tenantId: testTenant }, (tx) => rowsOf<Row>(tx, query));
    const texts = async () =>
      (await read<{ text: string }>(sql`SELECT doc->>'text' AS text FROM segments`)).map(({ text }) => text).toSorted(); // prettier-ignore
    /** How often these words stand among what carriers have told, done with or not. */
    const kept = async (words: string) =>
      (await read(sql`SELECT 1 FROM webhook_inbox WHERE notice::text LIKE ${`%${words}%`}`)).length;

    test("back into the queue finds the next agent", async () => {
      const { caller, desk, callId } = await talk("ben");
      const back = { ...transfer, target: { kind: "queue", queue: "sales" } };
      expect((await at.stage.control("ana", callId, back)).status).toBe(204);
      expect(desk.status).toBe("completed");
      const target = await untilRings("ben");
      at.stage.fake.answer(target);
      await soon(() => caller.held).toBe(false);
      await untilPhase("live");
      expect(await lineNow()).toMatchObject({ agentId: "ben", queue: "sales" });
    });

    test("a call that we placed goes into a queue as well", async () => {
      await at.stage.present("ana", "ben");
      const callId = "call-by-ana";
      const desk = await at.stage.callOut("ana", callId);
      await soon(() => at.stage.fake.legs().find(({ to }) => to.kind === "number")?.status).toBe("ringing");
      const customer = at.stage.fake.legs().find(({ to }) => to.kind === "number") as FakeLeg;
      at.stage.fake.answer(customer);
      await untilPhase("live");
      const given = { ...transfer, mode: "blind", target: { kind: "queue", queue: "sales" } };
      expect((await at.stage.control("ana", callId, given)).status).toBe(204);
      expect(desk.status).toBe("completed");
      at.stage.fake.answer(await untilRings("ben"));
      await soon(() => customer.held).toBe(false);
      await untilPhase("live");
      expect(await lineNow()).toMatchObject({ direction: "outbound", agentId: "ben", queue: "sales" });
      expect(isOver(customer)).toBe(false);
    });
  });
}
