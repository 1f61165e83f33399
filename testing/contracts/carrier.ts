import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CarrierLine, NewLeg } from "../../sync-server/telephony/index.ts";
import { eventually } from "../simulator/eventually.ts";

/** A carrier's line, and what a test must be able to do to whoever is at the other end of it. */
export interface CarrierUnderTest {
  line: CarrierLine;
  /** The same account, opened with a secret that is not its own. */
  forged: CarrierLine;
  from: string;
  /** A number whose owner answers when `passTime` has let it ring, and stays. */
  number: string;
  passTime(ms: number): Promise<void>;
  /** The carrier's own names of recordings that it has reported as ready. */
  recordings(): string[];
  /** What it has told of what is said on a leg, sentence by sentence. Whoever answers says "First." and, 20 s later, "Last." */
  sentences(legId: string): string[];
  /** The carrier is no longer there. */
  goDown(): Promise<void>;
  close(): Promise<void>;
}

const room = "0190-room";
const talk = { do: "join", room, anchor: false, opens: true, muted: false, coach: null } as const;
const desk = { kind: "desk", userId: "ana", parameters: { callId: "call-1" } } as const;
const ringsAndTalksMs = 5_000;

/** By the header of a WAV file: bytes a second, and whatever follows it. */
function secondsOf(wav: Buffer): number {
  return (wav.length - 44) / wav.readUInt32LE(28);
}

/** What every line of a carrier has to do, whatever protocol it speaks. */
export function describeCarrier(name: string, open: () => Promise<CarrierUnderTest>): void {
  describe(`the line of ${name}`, () => {
    let under: CarrierUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    const leg = (): NewLeg => ({
      legId: "leg-1",
      to: { kind: "number", number: under.number },
      from: under.from,
      ringMs: 30_000,
      detectMachine: false,
      script: [{ ...talk, legId: "leg-1" }],
    });
    const statusOf = async (sid: string) => {
      const read = await under.line.readLeg(sid);
      return read.ok ? read.value.status : read.error.why;
    };
    /** Somebody has picked up and is in the room. */
    const connect = async (wanted = leg()): Promise<string> => {
      const dialled = await under.line.dial(wanted);
      if (!dialled.ok) throw new Error(dialled.error.message);
      const { sid } = dialled.value;
      await under.passTime(ringsAndTalksMs);
      await eventually(() => statusOf(sid)).toBe("answered");
      return sid;
    };
    const fetchWav = async (recording: string): Promise<Buffer> => {
      const fetched = await under.line.fetchRecording(recording);
      if (!fetched.ok) throw new Error(fetched.error.message);
      expect(fetched.value.mediaType).toContain("wav");
      const sound: Uint8Array[] = [];
      for await (const piece of fetched.value.sound) sound.push(piece);
      return Buffer.concat(sound);
    };
    const gone = { ok: false, error: { why: "gone" } };

    test("dials, says how far a leg is, and ends it once", async () => {
      const dialled = await under.line.dial(leg());
      if (!dialled.ok) throw new Error(dialled.error.message);
      const { sid } = dialled.value;
      expect(["dialling", "ringing"]).toContain(await statusOf(sid));
      await under.passTime(ringsAndTalksMs);
      await eventually(() => statusOf(sid)).toBe("answered");
      expect(await under.line.hangUp(sid)).toMatchObject({ ok: true });
      expect(await statusOf(sid)).toBe("completed");
      expect(await under.line.hangUp(sid)).toMatchObject(gone);
    });

    test("finds what was dialled between two places, newest first, and nothing of others or before", async () => {
      const { line } = under;
      const none = { ok: true, value: [] };
      expect(await line.findDials(leg(), new Date(0))).toEqual(none);
      const sids: string[] = [];
      for (const to of [leg().to, desk, leg().to]) {
        const dialled = await line.dial({ ...leg(), to });
        if (!dialled.ok) throw new Error(dialled.error.message);
        sids.unshift(dialled.value.sid);
      }
      expect(await line.findDials(leg(), new Date(0))).toEqual({ ok: true, value: [sids[0], sids[2]] });
      expect(await line.findDials({ to: desk, from: under.from }, new Date(0))).toEqual({ ok: true, value: [sids[1]] }); // prettier-ignore
      expect(await line.findDials(leg(), new Date("2999-01-01"))).toEqual(none);
      expect(await line.findDials({ ...leg(), from: "+13125550199" }, new Date(0))).toEqual(none);
      expect(await line.findDials({ to: { ...desk, userId: "ben" }, from: under.from }, new Date(0))).toEqual(none); // prettier-ignore
    });

    test("ends a leg that still rings", async () => {
      const dialled = await under.line.dial(leg());
      if (!dialled.ok) throw new Error(dialled.error.message);
      expect(await under.line.hangUp(dialled.value.sid)).toMatchObject({ ok: true });
      expect(["cancelled", "completed"]).toContain(await statusOf(dialled.value.sid));
    });

    test("takes a leg from what it does to something else", async () => {
      const sid = await connect();
      expect(await under.line.redirect(sid, [{ do: "hang-up" }])).toMatchObject({ ok: true });
      await eventually(() => statusOf(sid)).toBe("completed");
      expect(await under.line.redirect(sid, [{ do: "hang-up" }])).toMatchObject(gone);
    });

    test("holds whoever is in a room and lets the room end with them; nobody else", async () => {
      const sid = await connect();
      const { line } = under;
      for (const on of [true, false]) {
        await eventually(() => line.hold(room, sid, on, "call-1")).toMatchObject({ ok: true });
        expect(await line.setAnchor(room, sid, on)).toMatchObject({ ok: true });
      }
      expect(await line.hold("another room", sid, true, "call-1")).toMatchObject(gone);
      expect(await line.setAnchor(room, "CA00000000000000000000000000000000", true)).toMatchObject(gone);
    });

    test("sends a leg out of its room into another one, where it is held, and no more in the first", async () => {
      const sid = await connect();
      const { line } = under;
      await eventually(() => line.hold(room, sid, true, "call-1")).toMatchObject({ ok: true });
      expect(await line.redirect(sid, [{ ...talk, legId: "leg-1", room: "0190-other" }])).toMatchObject({
        ok: true,
      });
      await eventually(() => line.hold("0190-other", sid, true, "call-2")).toMatchObject({ ok: true });
      expect(await line.hold(room, sid, true, "call-1")).toMatchObject(gone);
      expect(await statusOf(sid)).toBe("answered");
    });

    test("records, pauses, and gives and removes what it has recorded", async () => {
      const sid = await connect();
      for (const state of ["on", "on", "paused", "on"] as const)
        expect(await under.line.record(sid, "leg-1", state)).toMatchObject({ ok: true });
      await under.passTime(1_000);
      await under.line.hangUp(sid);
      await eventually(() => under.recordings()).toHaveLength(1);
      const [recording = ""] = under.recordings();
      expect((await fetchWav(recording)).toString("latin1", 0, 4)).toBe("RIFF");
      expect(await under.line.removeRecording(recording)).toMatchObject({ ok: true });
      expect(await under.line.fetchRecording(recording)).toMatchObject(gone);
      expect(await under.line.removeRecording(recording)).toMatchObject(gone);
    });

    test("writes down what is said on a leg from when it is asked to, and no more once it was told so", async () => {
      const { line } = under;
      const transcribed = (legId: string): NewLeg => ({ ...leg(), legId, script: [{ do: "transcribe", legId }, { ...talk, legId }] }); // prettier-ignore
      const [sid, other] = [await connect(transcribed("leg-1")), await connect(transcribed("leg-2"))];
      const late = await connect({ ...leg(), legId: "leg-3", script: [{ ...talk, legId: "leg-3" }] });
      expect(await line.record(sid, "leg-1", "on")).toMatchObject({ ok: true });
      await under.passTime(5_000);
      await eventually(() => under.sentences("leg-1")).toContain("First.");
      for (const _again of [1, 2]) {
        expect(await line.record(sid, "leg-1", "off")).toMatchObject({ ok: true });
        expect(await line.stopListening(sid, "leg-1")).toMatchObject({ ok: true });
      }
      await eventually(() => under.recordings()).toHaveLength(1);
      for (const _again of [1, 2]) expect(await line.transcribe(late, "leg-3")).toMatchObject({ ok: true });
      await under.passTime(30_000);
      await eventually(() => under.sentences("leg-2")).toContain("Last.");
      const last = (legId: string) => under.sentences(legId).filter((sentence) => sentence === "Last.");
      await eventually(() => last("leg-3")).toEqual(last("leg-2"));
      expect(under.sentences("leg-3")).not.toContain("First.");
      expect(under.sentences("leg-1")).not.toContain("Last.");
      expect([await statusOf(sid), await statusOf(other)]).toEqual(["answered", "answered"]);
      expect(secondsOf(await fetchWav(under.recordings()[0] ?? ""))).toBeLessThan(10);
      expect(under.recordings()).toHaveLength(1);
    });

    test("says that it opens, which numbers it has, and what it will never do", async () => {
      expect(await under.line.test()).toMatchObject({ ok: true, value: { name: expect.any(String) } });
      expect(await under.line.listNumbers()).toMatchObject({ ok: true, value: [{ number: under.from }] });
      const refused = { ok: false, error: { why: "refused" } };
      expect(await under.forged.test()).toMatchObject(refused);
      expect(await under.forged.dial(leg())).toMatchObject(refused);
      expect(await statusOf("CA00000000000000000000000000000000")).toBe("gone");
    });

    test("is unreachable, whatever is asked of it, while the carrier is down", async () => {
      await under.goDown();
      const { line } = under;
      const asked = await Promise.all([
        line.test(),
        line.dial(leg()),
        line.findDials(leg(), new Date(0)),
        line.hangUp("CA1"),
        line.redirect("CA1", []),
        line.hold(room, "CA1", true, "call-1"),
        line.setAnchor(room, "CA1", true),
        line.record("CA1", "leg-1", "on"),
        line.listen("CA1", "leg-1", "wss://ringside.example/media"),
        line.transcribe("CA1", "leg-1"),
        line.stopListening("CA1", "leg-1"),
        line.readLeg("CA1"),
        line.fetchRecording("RE1"),
        line.removeRecording("RE1"),
      ]);
      for (const answer of asked) expect(answer).toMatchObject({ ok: false, error: { why: "unreachable" } });
    });
  });
}
