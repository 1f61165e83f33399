import { formatDuration } from "../../../renderer/ui/format/times.ts";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import type { AgentState, MonitorAgent, MonitorCall } from "../../admin/monitor-wire.ts";

export const stateWords: Record<AgentState, string> = {
  available: "Available",
  "on-call": "On a call",
  busy: "Busy",
  "wrap-up": "Wrap-up",
  break: "Break",
  offline: "Offline",
};

/** Who can take a call first comes first. */
export const stateOrder: readonly AgentState[] = [
  "available",
  "on-call",
  "wrap-up",
  "busy",
  "break",
  "offline",
];

const phases: Record<MonitorCall["phase"], string> = {
  new: "Begins",
  queued: "Waits",
  dialling: "Dialling",
  ringing: "Rings",
  live: "Talk",
  held: "On hold",
  transferring: "Transfer",
  conference: "Conference",
  "wrap-up": "Wrap-up",
  ended: "Over",
};

export function sayPhase({ phase }: Pick<MonitorCall, "phase">): string {
  return phases[phase];
}

/** The lead, the number, or that one may not know. */
export function sayCaller({ leadName, number }: Pick<MonitorCall, "leadName" | "number">): string {
  return leadName || formatPhone(number) || "Another team’s caller";
}

/** "2:07" since then; nothing where it has not begun. */
export function sayLength(since: string | null, now: Date): string {
  return since === null ? "" : formatDuration((now.getTime() - Date.parse(since)) / 1000);
}

/** By state, then those longest in it first. */
export function sortAgents(agents: readonly MonitorAgent[]): MonitorAgent[] {
  return agents.toSorted(
    (a, b) =>
      stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
      (a.since ?? "").localeCompare(b.since ?? "") ||
      a.name.localeCompare(b.name),
  );
}
