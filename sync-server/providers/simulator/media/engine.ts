import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Wiring } from "../carrier/effects.ts";
import { addUp, measureLevel, mixRoom } from "./mixer.ts";
import { frameMs, samplesPerFrame } from "./mulaw.ts";
import { openSound, type LoadAudio, type Sound } from "./play-source.ts";
import type { Port } from "./port.ts";
import { beep, beepSamples, fillTone, holdMusic, ringback } from "./tones.ts";

/** One leg in one frame: what it said and what it heard. Silence is null. */
export interface Heard {
  readonly said: Int16Array | null;
  readonly heard: Int16Array | null;
}

/** Gets each frame of a leg, or of all legs in a room. */
export type Tap = (
  frames: readonly { callSid: string; said: Int16Array | null; heard: Int16Array | null }[],
) => void;

interface Leg {
  readonly callSid: string;
  port: Port | null;
  wiring: Wiring;
  sound: Sound | null;
  said: Int16Array | null;
  heard: Int16Array | null;
}

export interface EngineOptions {
  clock: Clock;
  timers: Timers;
  loadAudio: LoadAudio;
  played: (callSid: string, playId: string) => void;
  /** What a connected stream has to say. */
  streamed: (streamSid: string) => Int16Array | null;
}

export type Engine = ReturnType<typeof createEngine>;

// After a stall the lost frames are made up for, but not endlessly: nobody wants to hear a minute at once.
const framesInARow = 10;

/** Mixes every leg's sound, 50 times a second, as long as there is any leg. */
export function createEngine(options: EngineOptions) {
  const legs = new Map<string, Leg>();
  const taps = new Map<string, { subject: Subject; tap: Tap }>();
  const beeps = new Map<string, number>();
  let frame = 0;
  let dueAt = 0;
  let cancelTick: (() => void) | null = null;

  const legOf = (callSid: string): Leg => {
    const known = legs.get(callSid);
    if (known) return known;
    const wiring: Wiring = { kind: "silence" };
    const leg: Leg = { callSid, port: null, wiring, sound: null, said: null, heard: null };
    legs.set(callSid, leg);
    if (!cancelTick) {
      dueAt = options.clock.now();
      schedule();
    }
    return leg;
  };

  const schedule = (): void => {
    dueAt += frameMs;
    cancelTick = options.timers.after(Math.max(0, dueAt - options.clock.now()), tick);
  };

  const tick = (): void => {
    cancelTick = null;
    const late = Math.floor((options.clock.now() - dueAt) / frameMs);
    for (let i = 0; i <= Math.min(late, framesInARow); i++) mixFrame();
    if (late > 0) dueAt += late * frameMs;
    if (legs.size > 0 && !cancelTick) schedule();
  };

  const mixFrame = (): void => {
    frame += 1;
    const rooms = new Map<string, Leg[]>();
    for (const leg of legs.values()) {
      leg.said = leg.port?.read() ?? null;
      if (leg.wiring.kind === "room")
        rooms.set(leg.wiring.room, [...(rooms.get(leg.wiring.room) ?? []), leg]);
    }
    const ended: { callSid: string; playId: string }[] = [];
    for (const leg of legs.values()) if (leg.wiring.kind !== "room") leg.heard = alone(leg, ended);
    for (const [room, members] of rooms) mixOne(room, members);
    for (const { subject, tap } of taps.values()) tap(subjects(subject, rooms));
    for (const leg of legs.values()) leg.port?.write(leg.heard ?? silence());
    for (const { callSid, playId } of ended) options.played(callSid, playId);
  };

  const alone = (leg: Leg, ended: { callSid: string; playId: string }[]): Int16Array | null => {
    const { wiring } = leg;
    if (wiring.kind === "ringback") return toneFrame(ringback, frame);
    if (wiring.kind === "hold-music") return toneFrame(holdMusic, frame);
    if (wiring.kind === "stream") return options.streamed(wiring.streamSid);
    if (wiring.kind !== "play" || !leg.sound) return null;
    const next = leg.sound();
    if (next) return next;
    leg.sound = null;
    ended.push({ callSid: leg.callSid, playId: wiring.playId });
    return null;
  };

  const mixOne = (room: string, members: Leg[]): void => {
    const mixed = mixRoom(
      members.map(({ callSid, said, wiring }) => ({ ...(wiring as RoomWiring), callSid, said })),
    );
    const signal = nextBeep(beeps, room);
    for (const leg of members) {
      const own = mixed.get(leg.callSid);
      const base = own ?? toneFrame(holdMusic, frame);
      leg.heard = signal && own ? addUp([base, signal]) : base;
    }
  };

  const subjects = (subject: Subject, rooms: Map<string, Leg[]>): Leg[] => {
    if ("room" in subject) return rooms.get(subject.room) ?? [];
    const leg = legs.get(subject.callSid);
    return leg ? [leg] : [];
  };

  return {
    connect(callSid: string, port: Port): void {
      const leg = legOf(callSid);
      if (leg.port !== port) leg.port?.close();
      leg.port = port;
    },
    wire(callSid: string, wiring: Wiring): void {
      const leg = legOf(callSid);
      leg.wiring = wiring;
      leg.sound = wiring.kind === "play" ? openSound(wiring.source, wiring.loop, options.loadAudio) : null;
    },
    /** Calls that hear each other at this moment, the one itself left out. */
    listenersOf(callSid: string): string[] {
      const leg = legs.get(callSid);
      if (leg?.wiring.kind !== "room") return [];
      const { room, muted, hold, coach } = leg.wiring;
      if (muted || hold) return [];
      const others = [...legs.values()].filter(
        (other) =>
          other !== leg && other.wiring.kind === "room" && other.wiring.room === room && !other.wiring.hold,
      );
      return others.map((other) => other.callSid).filter((sid) => coach === null || coach === sid);
    },
    /** How loud a leg's far end is at this moment, and what it hears: root mean square over full scale. */
    levelsOf(callSid: string): { said: number; heard: number } {
      const leg = legs.get(callSid);
      return { said: levelOf(leg?.said), heard: levelOf(leg?.heard) };
    },
    remove(callSid: string): void {
      legs.get(callSid)?.port?.close();
      legs.delete(callSid);
    },
    beep: (room: string) => void beeps.set(room, 0),
    tap(id: string, subject: Subject, tap: Tap): void {
      taps.set(id, { subject, tap });
    },
    untap: (id: string) => void taps.delete(id),
    size: () => legs.size,
    stop(): void {
      cancelTick?.();
      for (const leg of legs.values()) leg.port?.close();
      legs.clear();
      taps.clear();
    },
  };
}

export type Subject = { callSid: string } | { room: string };
type RoomWiring = Extract<Wiring, { kind: "room" }>;

function levelOf(frame: Int16Array | null | undefined): number {
  return frame ? measureLevel(frame) : 0;
}

function silence(): Int16Array {
  return new Int16Array(samplesPerFrame);
}

function toneFrame(tone: (t: number) => number, frame: number): Int16Array {
  const samples = silence();
  fillTone(samples, tone, frame * samplesPerFrame);
  return samples;
}

function nextBeep(beeps: Map<string, number>, room: string): Int16Array | null {
  const at = beeps.get(room);
  if (at === undefined) return null;
  if (at >= beepSamples) beeps.delete(room);
  else beeps.set(room, at + samplesPerFrame);
  const samples = silence();
  fillTone(samples, beep, at);
  return samples;
}
