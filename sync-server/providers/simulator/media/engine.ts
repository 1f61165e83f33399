import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import type { Wiring } from "../carrier/effects.ts";
import { addUp, measureLevel, mixRoom } from "./mixer.ts";
import { samplesPerFrame } from "../../../../shared/calls/mulaw.ts";
import { openSound, type AudioFiles } from "./play-source.ts";
import type { Port } from "./port.ts";
import { createSwitchboard, type Leg, type RoomWiring } from "./switchboard.ts";
import { createTicker } from "./ticker.ts";
import { beep, beepSamples, fillTone, holdMusic, ringback } from "./tones.ts";

/** Whose frames a tap gets: one leg's, or those of all legs in a room. */
export type Subject = { callSid: string } | { room: string };

/** Gets each frame: what a leg said and what it heard, null for silence. Nobody may change the samples. */
export type Tap = (frames: readonly Pick<Leg, "callSid" | "said" | "heard">[]) => void;

export interface EngineOptions {
  clock: Clock;
  timers: Timers;
  files: AudioFiles;
  played: (callSid: string, playId: string) => void;
  /** What a connected stream has to say. */
  streamed: (streamSid: string) => Int16Array | null;
}

export type Engine = ReturnType<typeof createEngine>;

/** Mixes every leg's sound, 50 times a second, as long as there is any leg. */
export function createEngine(options: EngineOptions) {
  const board = createSwitchboard();
  const { legs, rooms } = board;
  const taps = new Map<string, { subject: Subject; tap: Tap }>();
  const beeps = new Map<string, number>();
  const tones = createToneFrames();

  const mixFrame = (): void => {
    tones.next();
    const over: (() => void)[] = [];
    for (const leg of legs.values()) leg.said = leg.port?.read() ?? null;
    for (const leg of legs.values()) if (leg.wiring.kind !== "room") leg.heard = hearAlone(leg, over);
    for (const [room, members] of rooms) mixOne(room, [...members]);
    for (const { subject, tap } of taps.values()) tap(framesOf(subject));
    for (const leg of legs.values()) leg.port?.write(leg.heard ?? silence);
    for (const tell of over) tell();
  };

  const hearAlone = (leg: Leg, over: (() => void)[]): Int16Array | null => {
    const { wiring, callSid } = leg;
    if (wiring.kind === "ringback") return tones.ringback();
    if (wiring.kind === "hold-music") return tones.holdMusic();
    if (wiring.kind === "stream") return options.streamed(wiring.streamSid);
    if (wiring.kind !== "play" || !leg.sound) return null;
    const next = leg.sound();
    if (next) return next;
    leg.sound = null;
    over.push(() => options.played(callSid, wiring.playId));
    return null;
  };

  const mixOne = (room: string, members: Leg[]): void => {
    const wired = members.map(({ callSid, said, wiring }) => ({ ...(wiring as RoomWiring), callSid, said }));
    const mixed = mixRoom(wired);
    const signal = nextBeep(beeps, room);
    for (const leg of members) {
      const own = mixed.get(leg.callSid);
      if (!own) leg.heard = tones.holdMusic();
      else leg.heard = signal ? addUp([own, signal]) : own;
    }
  };

  const framesOf = (subject: Subject): Leg[] => {
    if ("room" in subject) return [...(rooms.get(subject.room) ?? [])];
    const leg = legs.get(subject.callSid);
    return leg ? [leg] : [];
  };

  const ticker = createTicker(options.clock, options.timers, mixFrame, () => legs.size === 0);

  return {
    connect(callSid: string, port: Port): void {
      const leg = board.of(callSid);
      if (leg.port !== port) leg.port?.close();
      leg.port = port;
      ticker.start();
    },
    wire(callSid: string, wiring: Wiring): void {
      const leg = board.of(callSid);
      board.wire(leg, wiring);
      leg.sound = wiring.kind === "play" ? openSound(wiring.source, wiring.loop, options.files) : null;
      ticker.start();
    },
    listenersOf: board.listenersOf,
    isHeard: board.isHeard,
    /** How loud a leg's far end is at this moment, and what it hears: root mean square over full scale. */
    levelsOf(callSid: string): { said: number; heard: number } {
      const leg = legs.get(callSid);
      return { said: measureLevel(leg?.said ?? silence), heard: measureLevel(leg?.heard ?? silence) };
    },
    lastVoiceAt: (callSid: string): number | null => legs.get(callSid)?.port?.lastVoiceAt?.() ?? null,
    remove: board.remove,
    beep: (room: string) => void beeps.set(room, 0),
    tap: (id: string, subject: Subject, tap: Tap) => void taps.set(id, { subject, tap }),
    untap: (id: string) => void taps.delete(id),
    stop(): void {
      ticker.stop();
      for (const callSid of legs.keys()) board.remove(callSid);
      taps.clear();
    },
  };
}

const silence = new Int16Array(samplesPerFrame);

// Everybody on hold hears the same music at the same moment: it is made once a frame, and only when somebody listens.
function createToneFrames() {
  let at = 0;
  let ringing: Int16Array | null = null;
  let music: Int16Array | null = null;
  return {
    next(): void {
      at += samplesPerFrame;
      ringing = null;
      music = null;
    },
    ringback: () => (ringing ??= toneFrame(ringback, at)),
    holdMusic: () => (music ??= toneFrame(holdMusic, at)),
  };
}

function toneFrame(tone: (t: number) => number, from: number): Int16Array {
  const samples = new Int16Array(samplesPerFrame);
  fillTone(samples, tone, from);
  return samples;
}

function nextBeep(beeps: Map<string, number>, room: string): Int16Array | null {
  const at = beeps.get(room);
  if (at === undefined) return null;
  if (at >= beepSamples) beeps.delete(room);
  else beeps.set(room, at + samplesPerFrame);
  return toneFrame(beep, at);
}
