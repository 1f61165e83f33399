import { decodeMulaw } from "../../../shared/calls/mulaw.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { Notice } from "../../telephony/index.ts";
import { listenToTrack } from "./listen-track.ts";
import type { MediaFrame } from "./media-frame.ts";
import type { Heard, SpeechToText } from "./port.ts";

type Track = "inbound" | "outbound";
type Start = Extract<MediaFrame, { event: "start" }>;

export type StreamPorts = {
  speech: SpeechToText;
  language: string | null;
  clock: Clock;
  /** @param identity what two tellings of the same have in common */
  tell(notice: Notice, identity: string): void;
  onStopped(why: string): void;
};

/**
 * What is said on a leg, out of its media stream. Both tracks have the stream's clock, which is put on ours where the
 * first sound reaches us: sessions of a provider, each with a clock of its own, come and go under it.
 */
export function followStream(legId: string, { streamSid, start }: Start, ports: StreamPorts) {
  const leg = { legId, sid: start.callSid };
  const { clock } = ports;
  const tracks = new Map<Track, ReturnType<typeof listenToTrack>>();
  let beganAtMs: number | null = null;
  let seq = 0;

  const instant = (ms: number) => new Date(Math.round((beganAtMs ?? 0) + ms)).toISOString();

  function tell(track: Track, { text, final, startMs, endMs, timing }: Heard): void {
    seq += 1;
    const notice: Notice = {
      ...{ kind: "transcript", ...leg, track: track === "inbound" ? "said" : "heard" },
      ...{ session: streamSid, seq, final, text, timing, at: instant(endMs), startedAt: instant(startMs) },
    };
    ports.tell(notice, [streamSid, seq, track].join(":"));
  }

  function stopped(why: string): void {
    ports.onStopped(why);
    ports.tell(
      { kind: "transcript-stopped", ...leg, at: new Date(clock.now()).toISOString(), by: "listener" },
      "",
    );
  }

  function listenTo(track: Track): ReturnType<typeof listenToTrack> {
    const known = tracks.get(track);
    if (known) return known;
    const { sampleRate } = start.mediaFormat;
    const listener = listenToTrack({ ...ports, sampleRate, onHeard: (heard) => tell(track, heard), onStopped: stopped }); // prettier-ignore
    tracks.set(track, listener);
    return listener;
  }

  return {
    hear({ track, timestamp, payload }: Extract<MediaFrame, { event: "media" }>["media"]): void {
      beganAtMs ??= clock.now() - timestamp;
      listenTo(track).hear(decodeMulaw(Buffer.from(payload, "base64")), timestamp);
    },
    close(): void {
      for (const track of tracks.values()) track.close();
    },
  };
}
