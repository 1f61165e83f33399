import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Leg, LineCall } from "../line.ts";
import type { NoticeOf } from "../notices.ts";

/** People speak about 160 words a minute. */
const msPerWord = 375;
/** A telling that took longer than this to reach us was stamped by another clock than ours. */
const longestWayMs = 10_000;

type Told = Pick<NoticeOf<"transcript">, "text" | "at" | "startedAt" | "timing">;

/**
 * Where something that was said stands on the call's one clock, which is ours and starts at the answer. The carrier's
 * clock is believed as long as it fits: what lies after we heard of it, or long before, is taken to have been said when
 * we heard of it, with everything the same telling says of times moved along.
 * @param answeredAt null = nobody knows when; then the call's own beginning is given
 */
export function placeUtterance(
  { text, at, startedAt, timing }: Told,
  answeredAt: Date,
  receivedAt: Date,
): Pick<Utterance, "startMs" | "endMs" | "timing"> {
  const saidAt = believed(Date.parse(at), receivedAt.getTime());
  const movedMs = saidAt - Date.parse(at);
  const onCall = (ms: number) => Math.max(0, Math.round(ms - answeredAt.getTime()));
  const endMs = onCall(saidAt);
  const began = Date.parse(estimateStart({ text, at, startedAt }));
  const startMs = Math.min(endMs, onCall(began + movedMs));
  const [lastStart = 0, lastLength = 0] = timing.slice(-2);
  const spokenUntil = startMs + lastStart + lastLength;
  return timing.length > 0 ? { startMs, endMs: spokenUntil, timing } : { startMs, endMs, timing: [] };
}

/** When its first word was said, where nobody told: carriers tell when words were understood. ISO 8601. */
export function estimateStart({ text, at, startedAt }: Pick<Told, "text" | "at" | "startedAt">): string {
  const spokenMs = text.trim().split(/\s+/u).length * msPerWord;
  return startedAt ?? new Date(Date.parse(at) - spokenMs).toISOString();
}

function believed(atMs: number, receivedMs: number): number {
  return atMs > receivedMs || receivedMs - atMs > longestWayMs ? receivedMs : atMs;
}

/** When both could be heard: the later one of the two picked up. */
export function answerOf(
  call: Pick<LineCall, "direction" | "startedAt">,
  legs: readonly Pick<Leg, "role" | "answeredAt">[],
): Date {
  const role = call.direction === "inbound" ? "agent" : "customer";
  return legs.find((leg) => leg.role === role && leg.answeredAt !== null)?.answeredAt ?? call.startedAt;
}
