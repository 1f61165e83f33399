import { join } from "node:path";
import { assertNever } from "../../../shared/result/result.ts";
import type { Carrier } from "./carrier/carrier.ts";
import type { Effect } from "./carrier/effects.ts";
import type { Numbers } from "./callers/numbers.ts";
import type { Engine } from "./media/engine.ts";
import type { Recordings } from "./media/recordings.ts";
import type { Signalling } from "./signalling/signalling.ts";
import type { Streams } from "./streams/streams.ts";
import type { Transcriber } from "./callers/transcriber.ts";
import type { Webhooks } from "./webhooks/webhooks.ts";

/** Those who do what the carrier asks for. */
export interface Performers {
  carrier: Carrier;
  engine: Engine;
  numbers: Numbers;
  signalling: Signalling;
  webhooks: Webhooks;
  recordings: Recordings;
  transcriber: Transcriber;
  streams: Streams;
  dataDir: string;
}

/** Hands one effect to whom it concerns. */
export function perform(world: Performers, effect: Effect): void {
  switch (effect.effect) {
    case "fetch-twiml":
      return void fetchTwiml(world, effect);
    case "callback":
      return world.webhooks.tell(effect.target, effect.params);
    case "ring":
      return ring(world, effect);
    case "tell-ringing":
      return world.signalling.tellRinging(effect.call);
    case "tell-answered":
      if (effect.call.endpoint.kind === "client") world.signalling.tellAnswered(effect.call);
      return world.numbers.answered(effect.call.sid);
    case "hang-up":
      return hangUp(world, effect);
    case "wire":
      return world.engine.wire(effect.callSid, effect.wiring);
    case "digit":
      return world.streams.digit(effect.callSid, effect.digit);
    case "beep":
      return world.engine.beep(effect.room);
    case "record":
      return world.recordings.start(effect, join(world.dataDir, `${effect.recordingSid}.wav`));
    case "record-pause":
      return world.recordings.pause(effect.recordingSid, effect.behaviour);
    case "record-stop":
      return void world.recordings.stop(effect.recordingSid);
    case "transcribe":
      return world.transcriber.start(effect);
    case "transcribe-stop":
      return world.transcriber.stop(effect.transcriptionSid);
    case "stream":
      return world.streams.start(effect);
    case "stream-stop":
      return world.streams.stop(effect.streamSid);
    default:
      return assertNever(effect);
  }
}

async function fetchTwiml(
  world: Performers,
  effect: Extract<Effect, { effect: "fetch-twiml" }>,
): Promise<void> {
  const answer = await world.webhooks.fetchTwiml(effect.target, effect.params);
  world.carrier.step({ event: "twiml", requestId: effect.requestId, answer });
}

function ring(world: Performers, { call, endpoint }: Extract<Effect, { effect: "ring" }>): void {
  if (endpoint.kind === "number") return world.numbers.ring(call, endpoint.number);
  if (endpoint.kind === "client") return world.signalling.ring(call);
  // No SIP trunk is simulated: an address there cannot be reached.
  queueMicrotask(() => world.carrier.step({ event: "refused", callSid: call.sid, status: "failed" }));
}

function hangUp(world: Performers, { call, wasRinging }: Extract<Effect, { effect: "hang-up" }>): void {
  world.numbers.over(call.sid);
  if (call.endpoint.kind === "client") world.signalling.hangUp(call, wasRinging);
  world.transcriber.callOver(call);
  world.streams.callOver(call.sid);
  world.engine.remove(call.sid);
}
