import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { isConnected } from "../../../../shared/calls/call.ts";

/** What the phone's own window says. */
export function wordsOf(
  { line, calls }: PhoneState,
  role: "phone" | "standby" | "none",
): { title: string; line: string; call: string } {
  const [first] = calls;
  const who = first ? first.name || first.number || "Somebody" : "";
  const call = first ? `${who}: ${callWords(first)}` : "";
  return { title: first ? `${who} · Phone` : "Phone · Ringside", line: lineWords(line, role), call };
}

function callWords({ call, can }: PhoneState["calls"][number]): string {
  if (can.includes("answer")) return "calling you. Answer on your desk.";
  if (isConnected(call)) return "you are in a call. Keep this window open.";
  return call.phase.phase === "wrap-up" ? "the call has ended." : "calling…";
}

function lineWords(line: PhoneState["line"], role: "phone" | "standby" | "none"): string {
  if (role === "standby") return "Another window of this desk is the phone.";
  switch (line.state) {
    case "off":
      return "Sign in on your desk to use the phone.";
    case "starting":
      return "The phone is starting…";
    case "ready":
      return "Ready for calls. You can leave this window in the background.";
    case "reconnecting":
      return "The connection is lost. The phone is trying to get it back.";
    case "trouble":
      return line.message;
  }
}
