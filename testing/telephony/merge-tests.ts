import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { CallState } from "../../shared/calls/call.ts";
import { inTenant, rowsOf, schema } from "../../sync-server/database/index.ts";
import { testTenant } from "../server/test-identities.ts";
import { isOver, type FakeLeg } from "./fake-line.ts";
import { anasNumber } from "./open-line-stage.ts";
import type { StageInUse } from "./use-line-stage.ts";

const firstNumber = "+13125550147";
const secondNumber = "+13125550148";
const berlin = "+493023125012";

/** Two calls of one agent become one. */
export function mergeTests(at: StageInUse): void {
  const { soon } = at;

  const lineOf = async (from: string): Promise<{ id: string; line: CallState } | undefined> =>
    (await at.stage.calls()).find(({ line }) => line.from === from);
  const phaseOf = async (from: string) => (await lineOf(from))?.line.phase.phase;
  const desks = () => at.stage.fake.legs().filter(({ to }) => to.kind === "desk");
  const merge = (into: string, withId: string, by: "ana" | "ben" = "ana") =>
    at.stage.control(by, into, { do: "merge", with: withId });

  /** Ana talks to the second caller, the first is on hold. */
  async function talkToTwo(second = secondNumber, first = firstNumber) {
    await at.stage.present("ana");
    const a = await talkTo(first);
    expect((await at.stage.control("ana", a.id, { do: "hold", on: true })).status).toBe(204);
    const b = await talkTo(second);
    return { a, b };
  }
  async function talkTo(from: string) {
    const { caller } = await at.stage.callIn(anasNumber, from);
    const known = desks().length;
    await soon(() =>
      desks()
        .slice(known - 1)
        .find(({ status }) => status === "ringing"),
    ).toBeDefined();
    const desk = desks().find(({ status }) => status === "ringing") as FakeLeg;
    at.stage.fake.answer(desk);
    await soon(() => phaseOf(from)).toBe("live");
    await soon(() => desk.anchor).toBe(true);
    const id = (await lineOf(from))?.id ?? "";
    // In Berlin they have to agree first.
    await soon(() => recordingOf(id)).toBe(from === berlin ? "off" : "on");
    return { caller, desk, id };
  }
  /** As the carrier has answered; null = it is being asked. */
  async function recordingOf(callId: string) {
    const { lineCalls } = schema;
    const [call] = await at.stage.db.owner.select().from(lineCalls).where(eq(lineCalls.callId, callId));
    return call?.recording;
  }

  describe("two calls of one agent", () => {
    test("become one: everybody is in the first one's room and heard, the second is over and keeps what is its own", async () => {
      const { a, b } = await talkToTwo();
      await soon(() => [a.caller.recording, b.caller.recording]).toEqual(["on", "on"]);
      const before = new Date().toISOString();
      expect((await merge(a.id, b.id)).status).toBe(204);
      expect(a.caller).toMatchObject({ status: "answered", held: false, recording: "on" });
      expect(b.caller).toMatchObject({ status: "answered", held: false, room: a.id, anchor: false });
      expect(b.caller, "only the first one's is kept from here on").toMatchObject({ recording: "off", listened: false }); // prettier-ignore
      await soon(() => b.desk.status).toBe("completed");
      expect(a.desk.status).toBe("answered");
      await soon(() => phaseOf(firstNumber)).toBe("conference");
      expect((await lineOf(firstNumber))?.line.parties).toMatchObject([
        { target: { kind: "number", number: secondNumber }, role: "party", fromCall: b.id },
      ]);
      const second = (await lineOf(secondNumber))?.line;
      expect(second).toMatchObject({ agentId: "ana", mergedInto: a.id, phase: { phase: "ended", why: "completed" } }); // prettier-ignore
      expect((await merge(a.id, b.id)).status, "asked twice").toBe(204);

      await at.stage.post("/recording", { CallSid: b.caller.sid, RecordingSid: "RE2", RecordingStatus: "completed", RecordingDuration: "9" }); // prettier-ignore
      await soon(async () => (await lineOf(secondNumber))?.line.recordingKey).toContain(b.id);
      await say(b.caller, "Said in the first one.", "2");
      await say(b.caller, "Of the second call, told late.", "1", before);
      await soon(texts).toEqual([[b.id, "customer", "Of the second call, told late."]]);
      expect((await lineOf(firstNumber))?.line.recordingKey).toBe("");

      at.stage.fake.end(a.desk, "completed");
      await soon(() => phaseOf(firstNumber)).toBe("wrap-up");
      await soon(() => [isOver(a.caller), isOver(b.caller)]).toEqual([true, true]);
      expect(await phaseOf(secondNumber), "written down once").toBe("ended");
    });

    test("go on without whoever came over when they hang up, or are let go of", async () => {
      const { a, b } = await talkToTwo();
      await merge(a.id, b.id);
      at.stage.fake.end(b.caller, "completed");
      await soon(() => phaseOf(firstNumber)).toBe("live");
      expect([a.caller.status, a.desk.status]).toEqual(["answered", "answered"]);
      const c = await talkTo("+13125550149");
      expect((await merge(a.id, c.id)).status).toBe(204);
      const [party] = (await lineOf(firstNumber))?.line.parties ?? [];
      await at.stage.control("ana", a.id, { do: "drop-party", partyId: party?.partyId });
      await soon(() => isOver(c.caller)).toBe(true);
      await soon(() => phaseOf(firstNumber)).toBe("live");
      expect([a.caller.status, a.desk.status]).toEqual(["answered", "answered"]);
    });

    test("are held together once they are one", async () => {
      const { a, b } = await talkToTwo();
      await merge(a.id, b.id);
      expect((await at.stage.control("ana", a.id, { do: "hold", on: true })).status).toBe(204);
      expect([a.caller.held, b.caller.held]).toEqual([true, true]);
      expect((await at.stage.control("ana", a.id, { do: "hold", on: false })).status).toBe(204);
      expect([a.caller.held, b.caller.held]).toEqual([false, false]);
    });

    test("are recorded by the stricter rule of the two: not before everybody has agreed", async () => {
      const { a, b } = await talkToTwo(berlin);
      await soon(() => a.caller.recording).toBe("on");
      expect((await merge(a.id, b.id)).status).toBe(204);
      expect(a.caller.recording).toBe("paused");
      expect((await lineOf(firstNumber))?.line).toMatchObject({ consent: "needed", recording: "paused" });
      expect((await at.stage.control("ana", a.id, { do: "record", state: "on" })).status).toBe(409);
      await at.stage.control("ana", a.id, { do: "consent", answer: "given" });
      expect(a.caller.recording).toBe("on");
    });

    test("of whom one does not want to be recorded are not, neither in sound nor in words", async () => {
      const { a, b } = await talkToTwo(berlin);
      await at.stage.control("ana", b.id, { do: "consent", answer: "refused" });
      await soon(() => [a.caller.recording, a.caller.listened]).toEqual(["on", true]);
      expect((await merge(a.id, b.id)).status).toBe(204);
      expect(a.caller).toMatchObject({ recording: "paused", listened: false });
      expect((await lineOf(firstNumber))?.line).toMatchObject({ consent: "refused" });
      expect((await at.stage.control("ana", a.id, { do: "consent", answer: "given" })).status).toBe(409);
    });

    test("that are not both theirs, or not up, are refused with the reason, and nothing is changed", async () => {
      const { a, b } = await talkToTwo();
      expect((await merge(a.id, b.id, "ben")).status).toBe(404);
      expect((await merge(a.id, a.id)).status).toBe(409);
      expect((await merge(a.id, "no-such-call")).status).toBe(404);
      const away = {
        do: "transfer",
        transferId: "t1",
        mode: "warm",
        target: { kind: "agent", userId: "ben" },
      };
      await at.stage.control("ana", b.id, away);
      const refused = await merge(a.id, b.id);
      expect(refused.status).toBe(409);
      expect(JSON.stringify(refused.body)).toContain("is being transferred");
      expect([a.caller.room, b.caller.room]).toEqual([a.id, b.id]);
      expect(a.caller.held).toBe(true);
    });

    test("stay two where the carrier refuses, everybody as before", async () => {
      const { a, b } = await talkToTwo();
      await soon(() => [b.caller.recording, b.caller.listened]).toEqual(["on", true]);
      at.stage.fake.state.refusesRedirects = true;
      expect((await merge(a.id, b.id)).status).toBe(409);
      await soon(() => a.caller.held).toBe(true);
      await soon(() => [b.caller.recording, b.caller.listened]).toEqual(["on", true]);
      expect([b.caller.room, b.desk.status]).toEqual([b.id, "answered"]);
      await soon(() => phaseOf(firstNumber)).toBe("held");
      expect(await phaseOf(secondNumber)).toBe("live");
      await soon(() => recordingOf(b.id)).toBe("on");
      at.stage.fake.state.refusesRedirects = false;
      expect((await merge(a.id, b.id)).status, "asked again").toBe(204);
      await soon(() => phaseOf(firstNumber)).toBe("conference");
    });

    test("stay two where the carrier has not begun with it in time, and are heard as before", async () => {
      const { a, b } = await talkToTwo();
      at.stage.fake.state.failureShare = 1;
      const { status, body } = await merge(a.id, b.id);
      expect([status, JSON.stringify(body)]).toEqual([503, expect.stringContaining("Nothing was changed")]);
      at.stage.fake.state.failureShare = 0;
      await soon(() => [a.caller.held, b.caller.held, b.caller.room]).toEqual([true, false, b.id]);
      expect([a.desk, b.desk].map((desk) => desk.status)).toEqual(["answered", "answered"]);
      await soon(async () => [await phaseOf(firstNumber), await phaseOf(secondNumber)]).toEqual(["held", "live"]); // prettier-ignore
    });

    test.each(["first", "second"] as const)(
      "of whom the %s hangs up in the middle of it end with that, or leave the first with their agent, and nothing stays up",
      async (who) => {
        const { a, b } = await talkToTwo();
        at.stage.fake.state.beforeRedirect = async () => {
          at.stage.fake.state.beforeRedirect = null;
          at.stage.fake.end(who === "first" ? a.caller : b.caller, "completed");
          await at.stage.delivered();
        };
        await merge(a.id, b.id);
        await soon(async () => [await phaseOf(firstNumber), await phaseOf(secondNumber)]).toEqual(
          who === "first" ? ["wrap-up", "ended"] : ["live", "wrap-up"],
        );
        if (who === "second") expect([a.caller.status, a.caller.held]).toEqual(["answered", false]);
        for (const desk of [a.desk, b.desk]) at.stage.fake.end(desk, "completed");
        await soon(() => at.stage.fake.legs().filter((leg) => !isOver(leg))).toEqual([]);
      },
    );

    const seed = Number(process.env["SEED"] ?? 1);
    test(`with a third of all commands failing and reports late and doubled, are one in the end or two: nobody waits who is not to, and nothing stays up (SEED=${seed})`, async () => {
      await at.begin({ seed });
      for (let run = 0; run < 4; run += 1) {
        Object.assign(at.stage.fake.state, { failureShare: 0 });
        const { a, b } = await talkToTwo(`+1312555020${run}`, `+1312555010${run}`);
        Object.assign(at.stage.fake.state, { failureShare: 0.3 });
        Object.assign(at.stage.faults, { duplicates: 0.3, delays: 0.3 });
        // Whoever reads that it was not done asks again.
        await soon(async () => (await merge(a.id, b.id)).status, 60_000).toBe(204);
        await soon(() => b.caller.room, 60_000).toBe(a.id);
        await soon(() => [a.caller.held, b.caller.held, isOver(b.desk)], 60_000).toEqual([
          false,
          false,
          true,
        ]);
        expect([a.caller.status, a.desk.status, b.caller.status]).toEqual([
          "answered",
          "answered",
          "answered",
        ]);
        const last = [a.desk, b.caller, a.caller][run % 3] as FakeLeg;
        at.stage.fake.end(last, "completed");
        if (last === b.caller) at.stage.fake.end(a.desk, "completed");
        await soon(() => at.stage.fake.legs().filter((leg) => !isOver(leg)), 60_000).toEqual([]);
        await at.stage.delivered();
        await soon(
          async () => (await at.stage.calls()).map(({ line }) => line.phase.phase).toSorted(),
          60_000,
        ).toEqual([...Array<string>(run + 1).fill("ended"), ...Array<string>(run + 1).fill("wrap-up")]);
      }
      expect(at.stage.fake.state.failed).toBeGreaterThan(0);
    }, 240_000);
  });

  /** The carrier tells what was understood. */
  async function say({ sid }: FakeLeg, transcript: string, seq: string, startedAt?: string): Promise<void> {
    const now = new Date().toISOString();
    const answer = await at.stage.post("/transcription", {
      ...{ CallSid: sid, TranscriptionSid: "GT0001", TranscriptionEvent: "transcription-content" },
      ...{ SequenceId: seq, Track: "inbound_track", Final: "true", Timestamp: now },
      TranscriptionData: JSON.stringify({ transcript, startedAt: startedAt ?? now }),
    });
    expect(answer.status).toBe(204);
  }
  const texts = () =>
    inTenant(at.stage.db, { tenantId: testTenant }, async (tx) => {
      const rows = await rowsOf<{ doc: Record<string, string> }>(
        tx,
        sql`SELECT doc FROM segments ORDER BY id`,
      );
      return rows.map(({ doc }) => [doc["callId"], doc["speaker"], doc["text"]]);
    });
}
