import { createHash, randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { Random } from "../../../shared/result/ports.ts";
import { createCarrier, type Carrier } from "./carrier/carrier.ts";
import type { Effect, EmitEffect } from "./carrier/effects.ts";
import { openLibrary, type Library } from "./callers/library.ts";
import { createNumbers, type Numbers } from "./callers/numbers.ts";
import type { Outcome } from "./callers/outcomes.ts";
import { readGreetings } from "./callers/read-greetings.ts";
import { createTranscriber } from "./callers/transcriber.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { createEngine, type Engine } from "./media/engine.ts";
import { loadAudio } from "./media/load-audio.ts";
import { createRecordings } from "./media/recordings.ts";
import { openPeer } from "./media/webrtc-peer.ts";
import type { SimulatorOptions } from "./options.ts";
import { perform, type Performers } from "./perform.ts";
import { createSignalling, type Signalling } from "./signalling/signalling.ts";
import { createStreams } from "./streams/streams.ts";
import { createSteppedTime, realTime, type SteppableTime } from "./time.ts";
import { noFaults, type Faults } from "./webhooks/faults.ts";
import { createWebhooks, type Webhooks } from "./webhooks/webhooks.ts";

export type Log = (entry: Record<string, unknown>, message: string) => void;

/** The whole simulated carrier, without its HTTP doors. */
export interface Simulator {
  readonly options: SimulatorOptions;
  readonly carrier: Carrier;
  readonly directory: Directory;
  readonly engine: Engine;
  readonly library: Library;
  readonly numbers: Numbers;
  readonly outcomes: Map<string, Outcome>;
  readonly signalling: Signalling;
  readonly webhooks: Webhooks;
  readonly time: SteppableTime;
  readonly random: Random;
  faults: Faults;
  /** Told of everything the carrier has done, before it is. */
  onEffect(listener: EmitEffect): () => void;
  stop(): Promise<void>;
}

/** Puts the carrier together. `publicUrl` is where its REST will be found. */
export async function createSimulator(
  options: SimulatorOptions,
  publicUrl: () => string,
  log: Log,
): Promise<Simulator> {
  await mkdir(options.dataDir, { recursive: true });
  const time = options.steppedClock ? createSteppedTime() : realTime;
  const { random, newId } = createChance(options.seed);
  const { clock, timers } = time;
  const { account } = options;
  const library = await openLibrary({ calls: options.callsDir, harperValley: options.harperValleyDir });
  const greetings = await readGreetings(options.greetingsDir);
  const directory = createDirectory(options, newId);
  const outcomes = new Map<string, Outcome>();
  const listeners = new Set<EmitEffect>();
  const carrier = createCarrier({
    accountSid: account.sid,
    publicUrl,
    clock,
    timers,
    newId,
    limits: options.limits,
    emit(effect: Effect) {
      for (const tell of listeners) tell(effect);
      perform(world, effect);
    },
  });
  const webhooks = createWebhooks({
    authToken: account.authToken,
    faults: () => simulator.faults,
    random,
    timers,
    log,
  });
  const engine = createEngine({
    clock,
    timers,
    files: { load: loadAudio, findSpoken: greetings.find },
    played: (callSid, playId) => carrier.step({ event: "played", callSid, playId }),
    streamed: (streamSid) => streams.next(streamSid),
  });
  const tell = webhooks.tell;
  const transcriber = createTranscriber({ accountSid: account.sid, clock, engine, tell });
  const numbers = createNumbers({
    timers,
    engine,
    library,
    greetings,
    carrier: () => carrier,
    outcomes,
    spoke: transcriber.spoke,
  });
  const streams = createStreams({
    accountSid: account.sid,
    authToken: account.authToken,
    clock,
    engine,
    tell,
    closed: (callSid, playId) => carrier.step({ event: "played", callSid, playId }),
  });
  const signalling = createSignalling({
    account,
    clock,
    timers,
    engine,
    carrier: () => carrier,
    openPeer: (onDigit) => openPeer(options.mediaHost, onDigit),
    voiceUrlOf: (sid) => directory.applications.get(sid)?.voiceUrl ?? null,
    maxSessions: 2_000,
  });
  const recordings = createRecordings({
    engine,
    endpointOf: (callSid) => carrier.core.calls.get(callSid)?.endpoint.kind,
    written: (recordingSid, durationMs, path) =>
      carrier.step({ event: "recorded", recordingSid, durationMs, path }),
  });
  const { dataDir } = options;
  const parts = { carrier, engine, numbers, signalling, webhooks };
  const world: Performers = { ...parts, recordings, transcriber, streams, dataDir };
  const simulator: Simulator = {
    ...parts,
    ...{ options, directory, library, outcomes, time, random },
    faults: noFaults,
    onEffect(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      for (const call of [...carrier.core.calls.values()]) carrier.core.legs.end(call, "completed");
      streams.stopAll();
      await recordings.settle();
      signalling.stop();
      engine.stop();
    },
  };
  return simulator;
}

/** Identifiers and chance: of the machine, or all from one seed so that a run can be repeated. */
function createChance(seed: number | undefined): { random: Random; newId: () => string } {
  if (seed === undefined) return { random: Math.random, newId: () => randomBytes(16).toString("hex") };
  let count = 0;
  const next = (): Buffer => createHash("sha256").update(`${seed}/${count++}`).digest();
  return {
    random: () => next().readUInt32BE(0) / 2 ** 32,
    newId: () => next().toString("hex", 0, 16),
  };
}
