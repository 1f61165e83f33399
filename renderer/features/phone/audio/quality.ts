import type { PhoneState } from "../../../../shared/calls/phone.ts";

export type Network = NonNullable<PhoneState["network"]>;

/** Sums of one connection at one moment, as getStats tells them. */
export type Sample = {
  atMs: number;
  rttMs: number | null;
  jitterMs: number;
  packetsReceived: number;
  packetsLost: number;
  bytesSent: number;
  /** 0 to 1, of this moment. */
  microphone: number;
  speaker: number;
};

type Entry = Record<string, unknown> & { type?: string; kind?: string };

/** @returns null before anything has flowed */
export function readSample(report: Iterable<[string, unknown]>, atMs: number): Sample | null {
  const entries = [...report].map(([, entry]) => entry as Entry);
  const find = (type: string) => entries.find((entry) => entry.type === type && entry.kind !== "video");
  const incoming = find("inbound-rtp");
  if (!incoming) return null;
  const pair = entries.find((entry) => entry.type === "candidate-pair" && entry["nominated"] === true);
  const remote = find("remote-inbound-rtp");
  const rtt = pair?.["currentRoundTripTime"] ?? remote?.["roundTripTime"];
  return {
    atMs,
    rttMs: typeof rtt === "number" ? rtt * 1_000 : null,
    jitterMs: numberOf(incoming["jitter"]) * 1_000,
    packetsReceived: numberOf(incoming["packetsReceived"]),
    packetsLost: numberOf(incoming["packetsLost"]),
    bytesSent: numberOf(find("outbound-rtp")?.["bytesSent"]),
    microphone: loudness(find("media-source")?.["audioLevel"]),
    speaker: loudness(incoming["audioLevel"]),
  };
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function loudness(value: unknown): number {
  return Math.min(1, Math.max(0, numberOf(value)));
}

/** What the line was like between two samples. */
export function networkBetween(before: Sample, now: Sample): Network {
  const received = Math.max(0, now.packetsReceived - before.packetsReceived);
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const lossPercent = received + lost === 0 ? 0 : (100 * lost) / (received + lost);
  const rttMs = now.rttMs ?? 0;
  const { jitterMs } = now;
  return {
    rttMs,
    jitterMs,
    lossPercent,
    mos: received === 0 ? null : meanOpinion(rttMs, jitterMs, lossPercent),
  };
}

/**
 * Mean opinion score, 1 (bad) to 4.5, of G.711: the E-model (ITU-T G.107) with its usual shortening, where the delay
 * is half the round trip plus what a jitter buffer adds, and loss costs 2.5 points of R per percent.
 */
export function meanOpinion(rttMs: number, jitterMs: number, lossPercent: number): number {
  const delayMs = rttMs / 2 + jitterMs * 2 + 10;
  const delayCost = delayMs < 160 ? delayMs / 40 : (delayMs - 120) / 10;
  const r = Math.min(100, Math.max(0, 93.2 - delayCost - 2.5 * lossPercent));
  const score = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.round(Math.min(4.5, Math.max(1, score)) * 100) / 100;
}

export type Watch = { before: Sample | null; silentSinceMs: number | null; deafSinceMs: number | null };
export const freshWatch: Watch = { before: null, silentSinceMs: null, deafSinceMs: null };

/** Below this a microphone gives the noise of its own wires, in the 0 to 1 of getStats. */
const silenceLevel = 0.0005;
const silentForMs = 8_000;
const deafForMs = 5_000;

/**
 * Looks at a sample after the one before it. `warning`: one sentence for the person, the most pressing one; null
 * while all is well. A muted microphone is silent on purpose.
 */
export function judge(
  watch: Watch,
  now: Sample,
  muted: boolean,
): { watch: Watch; network: Network | null; warning: string | null } {
  const { before } = watch;
  if (!before) return { watch: { ...watch, before: now }, network: null, warning: null };
  const network = networkBetween(before, now);
  const isSilent = !muted && now.microphone < silenceLevel;
  const isDeaf = now.packetsReceived === before.packetsReceived;
  const next: Watch = {
    before: now,
    silentSinceMs: isSilent ? (watch.silentSinceMs ?? before.atMs) : null,
    deafSinceMs: isDeaf ? (watch.deafSinceMs ?? before.atMs) : null,
  };
  return { watch: next, network, warning: warningOf(next, network, now.atMs) };
}

function warningOf({ silentSinceMs, deafSinceMs }: Watch, network: Network, nowMs: number): string | null {
  if (deafSinceMs !== null && nowMs - deafSinceMs >= deafForMs) {
    return "Nothing is heard from the other side: the connection brings no sound.";
  }
  if (silentSinceMs !== null && nowMs - silentSinceMs >= silentForMs) {
    return "Your microphone sends no sound. Look whether it is switched off.";
  }
  if (network.lossPercent >= 5) return "The connection loses sound: the other side may hear gaps.";
  if (network.jitterMs >= 60) return "The connection is uneven: voices may sound choppy.";
  return network.rttMs >= 400 ? "The connection is slow: you may talk over each other." : null;
}
