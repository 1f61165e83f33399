import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";
import type { Call } from "../../../../shared/entities/call.ts";
import type { IconType } from "../../../ui/display/icon.tsx";
import { formatDuration } from "../../../ui/format/times.ts";

export { callerName } from "../../../../shared/calls/caller-name.ts";

const reasons: Partial<Record<Call["endReason"], string>> = {
  busy: "busy",
  voicemail: "voicemail",
  failed: "failed",
  cancelled: "cancelled",
  declined: "declined",
};

/** "7:48", "no answer", "missed": what came of a call, in a word. */
export function callOutcome(call: Pick<Call, "direction" | "answeredAt" | "endedAt" | "endReason">): string {
  const { direction, answeredAt, endedAt, endReason } = call;
  if (answeredAt && endedAt) return formatDuration((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000);
  if (answeredAt || (!endedAt && endReason === "")) return "running";
  return reasons[endReason] ?? (direction === "inbound" ? "missed" : "no answer");
}

export function callIcon({ direction, answeredAt }: Pick<Call, "direction" | "answeredAt">): IconType {
  if (direction === "outbound") return PhoneOutgoing;
  return answeredAt ? PhoneIncoming : PhoneMissed;
}

/** "Maria Kowalski or Otto Brandt", "Maria Kowalski or 2 others": those who share a number, one at least. */
export function sharingNames([first, ...others]: readonly { name: string }[]): string {
  const [second] = others;
  if (!first || !second) return first?.name ?? "";
  return `${first.name} or ${others.length === 1 ? second.name : `${others.length} others`}`;
}
