import type { Clock } from "../../../../shared/result/ports.ts";
import type { Effect } from "../carrier/effects.ts";
import type { Call } from "../carrier/model.ts";
import type { Engine } from "../media/engine.ts";
import type { Callback } from "../twiml/verbs.ts";
import type { Speech } from "./script.ts";

type Started = Extract<Effect, { effect: "transcribe" }>;
type Track = "inbound_track" | "outbound_track";
/** A guess that no final has followed yet, and when it was told. */
type Guess = { speech: Speech; toldAtMs: number };
type Running = Started & { sequence: number; guesses: Map<Track, Guess> };

export interface TranscriberOptions {
  accountSid: string;
  clock: Clock;
  engine: Pick<Engine, "listenersOf">;
  tell: (target: Callback, params: Record<string, string>) => void;
}

export type Transcriber = ReturnType<typeof createTranscriber>;

// What a recogniser is sure of; the words come from a script, so that it is never wrong.
const confidence = 0.97;
const partialStability = 0.8;

/**
 * Twilio's real-time transcription, of robots alone: their words are known as they are played. Nothing recognises
 * what a person says into a microphone, so nothing is told of it.
 */
export function createTranscriber(options: TranscriberOptions) {
  const running = new Map<string, Running>();

  const tell = (one: Running, event: string, params: Record<string, string>): void => {
    const { statusCallback, languageCode } = one.verb;
    one.sequence += 1;
    if (!statusCallback) return;
    options.tell(statusCallback, {
      AccountSid: options.accountSid,
      CallSid: one.callSid,
      TranscriptionSid: one.transcriptionSid,
      TranscriptionEvent: event,
      SequenceId: String(one.sequence),
      Timestamp: new Date(options.clock.now()).toISOString(),
      LanguageCode: languageCode,
      ...params,
    });
  };

  // Twilio tells no times of words: this is what its form is extended by, because a script knows them.
  const timesOf = ({ beganMsAgo, timing }: Speech) => ({
    startedAt: new Date(Math.round(options.clock.now() - beganMsAgo)).toISOString(),
    timing,
  });

  const tellContent = (one: Running, track: Track, speech: Speech): void =>
    tell(one, "transcription-content", {
      Track: track,
      TranscriptionData: JSON.stringify({ transcript: speech.text, confidence, ...timesOf(speech) }),
      Final: String(speech.final),
      ...(speech.final ? {} : { Stability: String(partialStability) }),
    });

  // What was heard of a sentence that is cut off is heard for good.
  const stop = (transcriptionSid: string): void => {
    const one = running.get(transcriptionSid);
    if (!one) return;
    running.delete(transcriptionSid);
    for (const [track, { speech, toldAtMs }] of one.guesses) {
      const beganMsAgo = speech.beganMsAgo + options.clock.now() - toldAtMs;
      tellContent(one, track, { ...speech, final: true, beganMsAgo });
    }
    tell(one, "transcription-stopped", {});
  };

  return {
    start(effect: Started): void {
      const one: Running = { ...effect, sequence: 0, guesses: new Map() };
      running.set(effect.transcriptionSid, one);
      const { verb } = effect;
      tell(one, "transcription-started", {
        TranscriptionEngine: "google",
        ProviderConfiguration: "{}",
        Name: verb.name ?? effect.transcriptionSid,
        Track: verb.track,
        InboundTrackLabel: verb.inboundTrackLabel ?? "",
        OutboundTrackLabel: verb.outboundTrackLabel ?? "",
        PartialResults: String(verb.partialResults),
        EnableAutomaticPunctuation: "true",
      });
    },
    stop,
    /** Something was said on a robot's leg, or to it; it is told on every leg that says or hears it. */
    spoke(callSid: string, speech: Speech, by: "it" | "other"): void {
      const listeners = new Set(options.engine.listenersOf(callSid));
      for (const one of running.values()) {
        const track = (one.callSid === callSid) === (by === "it") ? "inbound_track" : "outbound_track";
        if (one.callSid !== callSid && !listeners.has(one.callSid)) continue;
        if (one.verb.track !== "both_tracks" && one.verb.track !== track) continue;
        if (speech.final) one.guesses.delete(track);
        else one.guesses.set(track, { speech, toldAtMs: options.clock.now() });
        if (speech.final || one.verb.partialResults) tellContent(one, track, speech);
      }
    },
    callOver(call: Call): void {
      for (const [sid, one] of running) if (one.callSid === call.sid) stop(sid);
    },
  };
}
