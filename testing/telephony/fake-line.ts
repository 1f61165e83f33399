import type { Random } from "../../shared/result/ports.ts";
import { err, ok } from "../../shared/result/result.ts";
import type { Answered, CarrierLine, LegStatus, NewLeg, Script } from "../../sync-server/telephony/index.ts";

/** A leg as the carrier has it: what counts in the end, whatever anybody believes. */
export type FakeLeg = {
  sid: string;
  legId: string;
  to: NewLeg["to"] | { kind: "caller" };
  status: LegStatus;
  reports: number;
  held: boolean;
  anchor: boolean;
  room: string | null;
  /** `out-of-room`: sent elsewhere, e.g. to leave a message. */
  script: Script;
  recording: "off" | "on" | "paused";
  /** What is said on it is told to whoever wants it written down. */
  listened: boolean;
  /** It was to be found out what picks up. */
  detects: boolean;
};

/** Told of every change of a leg, as a carrier's status callbacks. */
export type Report = (leg: FakeLeg, seq: number) => void;
/** Told of whoever comes into a room, as a conference's callbacks. */
export type JoinReport = (leg: FakeLeg, seq: number) => void;

/**
 * A carrier in memory: legs ring until a test answers them, meet in rooms, end with whoever anchors their room. A
 * share of the commands fails, half of them after they were carried out.
 */
export function createFakeLine(tell: Report, tellJoined: JoinReport, random: Random) {
  const legs = new Map<string, FakeLeg>();
  const state = {
    failureShare: 0,
    refuseDials: false,
    desks: "ring" as "ring" | "decline" | "off",
    losesHold: null as Promise<void> | null,
    losesRecord: null as Promise<void> | null,
    losesRedirect: null as Promise<void> | null,
    /** Comes about between the asking for a leg's sound and its beginning. */
    beforeListening: null as (() => Promise<void>) | null,
    refusesListening: false,
    refusesRedirects: false,
    /** Comes about between the asking for a leg to go elsewhere and its going. */
    beforeRedirect: null as (() => Promise<void>) | null,
    losesDials: false,
    /** Dials are taken, and begun with when the test says so: until then nobody hears of them. */
    isSlow: false,
    /** What becomes of legs is reported to nobody. */
    isSilent: false,
    joins: 0,
    commands: 0,
    failed: 0,
  };

  const report: Report = (leg, seq) => {
    if (!state.isSilent) tell(leg, seq);
  };
  const change = (leg: FakeLeg, status: LegStatus) => {
    if (isOver(leg)) return;
    leg.status = status;
    report(leg, leg.reports++);
    if (isOver(leg) && leg.anchor && leg.room) endRoom(leg.room);
  };
  const endRoom = (room: string) => {
    for (const leg of legs.values())
      if (leg.room === room && leg.status === "answered") change(leg, "completed");
  };
  const enter = (leg: FakeLeg, script: Script) => {
    const join = script.find((step) => step.do === "join");
    const room = join?.room ?? null;
    // Hold is of a conference's participant.
    if (room !== leg.room) leg.held = false;
    leg.script = script;
    leg.listened ||= script.some((step) => step.do === "transcribe" || step.do === "stream");
    leg.room = room;
    leg.anchor = join?.anchor ?? false;
    if (leg.room !== null && !state.isSilent) tellJoined(leg, (state.joins += 1));
  };
  const lost = err({ why: "unreachable" as const, message: "the answer was lost" });
  const asked = async <T>(work: () => Awaited<Answered<T>>): Answered<T> => {
    state.commands += 1;
    const fails = random() < state.failureShare;
    if (fails) state.failed += 1;
    if (fails && random() < 0.5) return err({ why: "unreachable", message: "503" });
    const done = work();
    return fails ? lost : done;
  };
  const find = (sid: string) => {
    const leg = legs.get(sid);
    return leg && !isOver(leg) ? leg : null;
  };
  const gone = err({ why: "gone" as const, message: "no such call" });
  const withLeg = (sid: string, work: (leg: FakeLeg) => void): Answered<void> =>
    asked(() => {
      const leg = find(sid);
      if (!leg) return gone;
      work(leg);
      return ok();
    });
  const inRoom = (room: string, sid: string, work: (leg: FakeLeg) => void): Answered<void> =>
    asked(() => {
      const leg = find(sid);
      if (leg?.room !== room || leg.status !== "answered") return gone;
      work(leg);
      return ok();
    });
  let made = 0;
  const add = (legId: string, to: FakeLeg["to"], status: LegStatus): FakeLeg => {
    const sid = `CA${String((made += 1)).padStart(32, "0")}`;
    const leg = { sid, legId, to, status, reports: 0, held: false, anchor: false, room: null, script: [], recording: "off" as const, listened: false, detects: false }; // prettier-ignore
    legs.set(sid, leg);
    return leg;
  };

  const slow: NewLeg[] = [];
  const begin = (wanted: NewLeg): FakeLeg => {
    const leg = add(wanted.legId, wanted.to, "dialling");
    leg.script = wanted.script;
    leg.detects = wanted.detectMachine;
    report(leg, leg.reports++);
    if (leg.to.kind === "desk" && state.desks === "off") change(leg, "no-answer");
    else change(leg, "ringing");
    // Before whoever dialled has heard that it was dialled.
    if (leg.to.kind === "desk" && state.desks === "decline") change(leg, "busy");
    return leg;
  };

  const line: CarrierLine = {
    dial: (wanted) =>
      asked(() => {
        if (state.refuseDials) return err({ why: "refused", message: "not a number" });
        if (state.isSlow) slow.push(wanted);
        if (state.isSlow) return lost;
        const { sid } = begin(wanted);
        return state.losesDials ? lost : ok({ sid });
      }),
    findDials: ({ to }) => asked(() => ok([...legs.values()].filter((leg) => isSamePlace(leg.to, to)).map(({ sid }) => sid).toReversed())), // prettier-ignore
    hangUp: (sid) =>
      withLeg(sid, (leg) => change(leg, leg.status === "answered" ? "completed" : "cancelled")),
    async redirect(sid, script) {
      await state.beforeRedirect?.();
      if (state.refusesRedirects) return err({ why: "refused", message: "400 not now" });
      const done = await withLeg(sid, (leg) => {
        const { room, anchor } = leg;
        enter(leg, script);
        if (anchor && room !== null && leg.room !== room) endRoom(room);
      });
      if (state.losesRedirect === null) return done;
      await state.losesRedirect;
      return lost;
    },
    async hold(room, sid, on) {
      const done = await inRoom(room, sid, (leg) => (leg.held = on));
      if (!on || state.losesHold === null) return done;
      await state.losesHold;
      return lost;
    },
    setAnchor: (room, sid, on) => inRoom(room, sid, (leg) => (leg.anchor = on)),
    async record(sid, _legId, to) {
      const done = await withLeg(sid, (leg) => (leg.recording = to));
      if (to !== "on" || state.losesRecord === null) return done;
      await state.losesRecord;
      return lost;
    },
    async listen(sid, _legId, url) {
      await state.beforeListening?.();
      if (state.refusesListening) return err({ why: "refused", message: `400 ${url} is not valid` });
      return withLeg(sid, (leg) => (leg.listened = true));
    },
    async transcribe(sid) {
      await state.beforeListening?.();
      if (state.refusesListening) return err({ why: "refused", message: "403 not part of this account" });
      return withLeg(sid, (leg) => (leg.listened = true));
    },
    stopListening: (sid) => withLeg(sid, (leg) => (leg.listened = false)),
    readLeg: (sid) =>
      asked(() => {
        const leg = legs.get(sid);
        return leg ? ok({ status: leg.status, at: new Date() }) : gone;
      }),
    fetchRecording: () =>
      asked(() => ok({ mediaType: "audio/wav", sound: (async function* () { yield Buffer.from("RIFF....WAVE"); })() })), // prettier-ignore
    removeRecording: () => asked(() => ok()),
    listNumbers: () => asked(() => ok([])),
    test: () => asked(() => ok({ name: "fake" })),
  };

  return {
    line,
    state,
    legs: () => [...legs.values()],
    /** Somebody calls; their leg joins the room when the answer to the voice webhook says so. */
    caller: () => add("", { kind: "caller" }, "answered"),
    enter,
    /** What was slow to begin with begins. */
    beginSlow: () => void slow.splice(0).forEach(begin),
    answer(leg: FakeLeg) {
      if (leg.status !== "ringing") return;
      change(leg, "answered");
      enter(leg, leg.script);
    },
    end: change,
  };
}

export type FakeLine = ReturnType<typeof createFakeLine>;

function isSamePlace(one: FakeLeg["to"], other: NewLeg["to"]): boolean {
  if (one.kind === "desk") return other.kind === "desk" && one.userId === other.userId;
  return one.kind === "number" && other.kind === "number" && one.number === other.number;
}

export function isOver({ status }: FakeLeg): boolean {
  return !["dialling", "ringing", "answered"].includes(status);
}
