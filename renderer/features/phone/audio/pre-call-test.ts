import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { meanOpinion, networkBetween, readSample, type Network, type Sample } from "./quality.ts";
import type { Microphone } from "./microphone.ts";

type AudioTest = PhoneState["test"];
export type Measured = {
  /** What the browser said where the microphone could not be had. */
  microphone: "granted" | "denied" | "missing" | "unasked";
  /** The loudest moment, 0 to 1. */
  loudest: number;
  /** Of a call from this page to itself: what this machine alone makes of sound. Null = no sound came through. */
  loop: Network | null;
};

const listensForMs = 3_000;
const sampledEveryMs = 100;

/** Says what a call would be like now, in words, without calling anybody. */
export async function runPreCallTest(
  microphone: Microphone,
  onTest: (test: AudioTest) => void,
  onLevels: (levels: Pick<Sample, "microphone" | "speaker">) => void,
  now: () => string = () => new Date().toISOString(),
): Promise<void> {
  onTest({ state: "running", step: "Listening to your microphone. Say something." });
  const measured = await measure(microphone, onLevels).catch((): Measured => ({
    microphone: microphone.state(),
    loudest: 0,
    loop: null,
  }));
  onTest({ state: "done", at: now(), ...verdictOf(measured) });
}

async function measure(
  microphone: Microphone,
  onLevels: (levels: Pick<Sample, "microphone" | "speaker">) => void,
): Promise<Measured> {
  const stream = await microphone.open();
  const loop = openLoop(stream);
  try {
    await loop.connected;
    const samples: Sample[] = [];
    for (let heardMs = 0; heardMs < listensForMs; heardMs += sampledEveryMs) {
      await new Promise((resolve) => setTimeout(resolve, sampledEveryMs));
      const sample = await loop.sample();
      if (!sample) continue;
      samples.push(sample);
      onLevels(sample);
    }
    const [first, last] = [samples[0], samples.at(-1)];
    const loudest = Math.max(0, ...samples.map((sample) => sample.microphone));
    const flowed = first && last && last.packetsReceived > first.packetsReceived;
    return { microphone: "granted", loudest, loop: flowed ? networkBetween(first, last) : null };
  } finally {
    onLevels({ microphone: 0, speaker: 0 });
    loop.close();
    for (const track of stream.getTracks()) track.stop();
  }
}

/** Two ends of one connection in this page. */
function openLoop(stream: MediaStream) {
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  near.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined).catch(() => {});
  far.onicecandidate = ({ candidate }) => void near.addIceCandidate(candidate ?? undefined).catch(() => {});
  for (const track of stream.getTracks()) near.addTrack(track, stream);
  // What nobody listens to is not decoded, and would be measured as silence.
  const sink = new Audio();
  sink.muted = true;
  far.ontrack = ({ streams: [remote] }) => {
    sink.srcObject = remote ?? null;
    void sink.play().catch(() => {});
  };
  const connected = (async () => {
    await near.setLocalDescription();
    await far.setRemoteDescription(near.localDescription as RTCSessionDescription);
    await far.setLocalDescription();
    await near.setRemoteDescription(far.localDescription as RTCSessionDescription);
  })();
  return {
    connected,
    async sample(): Promise<Sample | null> {
      const both = [...(await far.getStats()), ...(await near.getStats())] as [string, unknown][];
      return readSample(both, performance.now());
    },
    close() {
      sink.srcObject = null;
      near.close();
      far.close();
    },
  };
}

/** Below this nobody has said anything, in the 0 to 1 of getStats. */
const quietLevel = 0.005;

/** What was measured, in words. Pure. */
export function verdictOf({ microphone, loudest, loop }: Measured): {
  verdict: "good" | "fair" | "bad";
  findings: string[];
} {
  if (microphone === "denied" || microphone === "missing") {
    return { verdict: "bad", findings: [microphoneWords[microphone]] };
  }
  if (!loop) {
    return {
      verdict: "bad",
      findings: ["No sound came through on this computer. Look at its sound settings."],
    };
  }
  const findings = [
    loudest < quietLevel
      ? "Your microphone is very quiet. Speak up, or look whether it is switched off."
      : "Your microphone is heard well.",
    qualityWords(loop),
  ];
  const score = loop.mos ?? meanOpinion(loop.rttMs, loop.jitterMs, loop.lossPercent);
  const isFine = loudest >= quietLevel && score >= 4;
  return { verdict: isFine ? "good" : score >= 3 ? "fair" : "bad", findings };
}

const microphoneWords = {
  denied: "Ringside may not use the microphone. Allow it for this page.",
  missing: "No microphone was found. Plug one in.",
} as const;

function qualityWords({ lossPercent, jitterMs }: Network): string {
  if (lossPercent >= 2)
    return `This computer loses ${lossPercent.toFixed(0)} % of the sound: it may be too busy.`;
  if (jitterMs >= 30) return "This computer handles sound unevenly: it may be too busy.";
  return "Sound passes through this computer without loss.";
}
