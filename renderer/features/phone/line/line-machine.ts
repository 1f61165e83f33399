import type { LineState } from "../../../../shared/calls/phone.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import type { Random } from "../../../../shared/result/ports.ts";
import { assertNever } from "../../../../shared/result/result.ts";

/**
 * The line between this desk and its carrier. One union, one pure transition: at any moment there is at most one
 * request for access and one start under way, so that a token that expired in sleep and a network that comes back
 * cannot race each other.
 */
export type Line =
  | { state: "off" }
  /** Access is asked of the server. `over`: the device that is up and keeps its calls meanwhile. */
  | { state: "asking"; failures: number; over: Registered | null }
  | { state: "starting"; failures: number; access: Access; over: Registered | null }
  | ({ state: "ready" } & Registered)
  /** The device looks for its way back by itself. */
  | ({ state: "down"; since: string; failures: number } & Registered)
  /** Nothing is up; the next try is due later, or when the person wants it. */
  | { state: "trouble"; code: string; message: string; failures: number };

type Access = { provider: string; expiresAt: string };
type Registered = Access & {
  edge: string;
  /** Fresh access is due but would cost a second of a call that is up: it waits for the end of the call. */
  renewalDue: boolean;
};

export type LineEvent =
  | { type: "wanted" }
  | { type: "unwanted" }
  | { type: "access"; access: LineAccess }
  | { type: "access-refused"; code: string; message: string }
  | { type: "started" }
  | { type: "start-failed"; code: "access" | "network" | "refused" | "unsupported"; message: string }
  | { type: "up"; edge: string }
  | { type: "down" }
  | { type: "failed"; code: "access" | "network" | "refused" | "unsupported"; message: string }
  /** The device says that its access ends soon, or a clock does. */
  | { type: "access-ends" }
  | { type: "due" }
  /** The machine has woken up, or the person wants to wait no longer. */
  | { type: "look-again" }
  | { type: "call-over" };

export type LineEffect =
  | { do: "ask-access" }
  | { do: "start-device"; access: LineAccess }
  | { do: "update-access"; access: LineAccess }
  | { do: "stop-device" }
  /** One timer: a new wait replaces the one before, `null` cancels it. */
  | { do: "wait"; delayMs: number | null };

export type LineStep = { line: Line; effects: LineEffect[] };
export type LinePorts = { nowMs: number; random: Random; inCall: boolean };

const renewBeforeMs = 30_000;
const firstDelayMs = 1_000;
const longestDelayMs = 60_000;
/** A device that has not found its way back by then is started anew. */
const patienceMs = 45_000;

export function nextLine(line: Line, event: LineEvent, ports: LinePorts): LineStep {
  switch (event.type) {
    case "wanted":
      return line.state === "off" ? ask(0, null) : keep(line);
    case "unwanted":
      return { line: { state: "off" }, effects: [{ do: "wait", delayMs: null }, { do: "stop-device" }] };
    case "access":
      return takeAccess(line, event.access);
    case "access-refused":
      return refuseAccess(line, event, ports);
    case "started":
      return line.state === "starting" ? becomeReady(line, line.over?.edge ?? "", ports) : keep(line);
    case "start-failed":
    case "failed":
      return fail(line, event, ports);
    case "up":
      return comeUp(line, event.edge, ports);
    case "down":
      return line.state === "ready" ? goDown(line, ports) : keep(line);
    case "access-ends":
      return renew(line, ports);
    case "due":
      return takeTurn(line, ports);
    case "look-again":
      return lookAgain(line, ports);
    case "call-over":
      return isUp(line) && line.renewalDue ? renew(line, { ...ports, inCall: false }) : keep(line);
    default:
      return assertNever(event);
  }
}

function keep(line: Line): LineStep {
  return { line, effects: [] };
}

function isUp(line: Line): line is Extract<Line, { state: "ready" | "down" }> {
  return line.state === "ready" || line.state === "down";
}

function ask(failures: number, over: Registered | null): LineStep {
  const effects: LineEffect[] = [{ do: "wait", delayMs: null }, { do: "ask-access" }];
  return { line: { state: "asking", failures, over }, effects };
}

function takeAccess(line: Line, access: LineAccess): LineStep {
  if (line.state !== "asking") return keep(line);
  const { provider, expiresAt } = access;
  const { failures, over } = line;
  const isSameKind = over !== null && over.provider === provider;
  return {
    line: { state: "starting", failures, access: { provider, expiresAt }, over: isSameKind ? over : null },
    effects: isSameKind
      ? [{ do: "update-access", access }]
      : [{ do: "stop-device" }, { do: "start-device", access }],
  };
}

/** While the old access is still good the device stays up, and the server is asked again. */
function refuseAccess(
  line: Line,
  { code, message }: { code: string; message: string },
  ports: LinePorts,
): LineStep {
  if (line.state !== "asking") return keep(line);
  const failures = line.failures + 1;
  const wait = backOff(failures, ports);
  if (line.over && Date.parse(line.over.expiresAt) > ports.nowMs) {
    return { line: { state: "ready", ...line.over, renewalDue: true }, effects: [wait] };
  }
  return { line: { state: "trouble", code, message, failures }, effects: [wait] };
}

function becomeReady(
  { access }: Extract<Line, { state: "starting" }>,
  edge: string,
  { nowMs }: LinePorts,
): LineStep {
  const delayMs = Math.max(1_000, Date.parse(access.expiresAt) - renewBeforeMs - nowMs);
  return {
    line: { state: "ready", ...access, edge, renewalDue: false },
    effects: [{ do: "wait", delayMs }],
  };
}

function comeUp(line: Line, edge: string, ports: LinePorts): LineStep {
  if (line.state === "starting") return becomeReady(line, edge, ports);
  if (!isUp(line)) return keep(line);
  const { provider, expiresAt, renewalDue } = line;
  const ready = { state: "ready", provider, expiresAt, edge, renewalDue } as const;
  const delayMs = Math.max(1_000, Date.parse(expiresAt) - renewBeforeMs - ports.nowMs);
  return { line: ready, effects: [{ do: "wait", delayMs }] };
}

function goDown(line: Extract<Line, { state: "ready" }>, { nowMs }: LinePorts): LineStep {
  const since = new Date(nowMs).toISOString();
  return {
    line: { ...line, state: "down", since, failures: 0 },
    effects: [{ do: "wait", delayMs: patienceMs }],
  };
}

function fail(
  line: Line,
  { code, message }: { code: "access" | "network" | "refused" | "unsupported"; message: string },
  ports: LinePorts,
): LineStep {
  if (line.state === "off" || line.state === "trouble" || line.state === "asking") return keep(line);
  const failures = ("failures" in line ? line.failures : 0) + 1;
  // Access that is no longer good (an hour of sleep) is no reason to wait: fresh access is asked for at once.
  if (code === "access" && failures === 1) return ask(failures, isUp(line) ? registered(line) : null);
  return {
    line: { state: "trouble", code, message, failures },
    effects: [{ do: "stop-device" }, backOff(failures, ports)],
  };
}

function registered({ provider, expiresAt, edge, renewalDue }: Registered): Registered {
  return { provider, expiresAt, edge, renewalDue };
}

/** A new token costs a second of audio of a call that is up (twilio-voice.js 2.4.0): then it waits. */
function renew(line: Line, { inCall }: LinePorts): LineStep {
  if (!isUp(line)) return keep(line);
  if (inCall) return keep({ ...line, renewalDue: true });
  return ask(0, registered(line));
}

function takeTurn(line: Line, ports: LinePorts): LineStep {
  switch (line.state) {
    case "trouble":
      return ask(line.failures, null);
    case "ready":
      return renew(line, ports);
    case "down":
      return ports.inCall
        ? { line, effects: [{ do: "wait", delayMs: patienceMs }] }
        : restart(line.failures + 1);
    default:
      return keep(line);
  }
}

function restart(failures: number): LineStep {
  const step = ask(failures, null);
  return { ...step, effects: [{ do: "stop-device" }, ...step.effects] };
}

function lookAgain(line: Line, ports: LinePorts): LineStep {
  if (line.state === "trouble") return ask(0, null);
  if (!isUp(line)) return keep(line);
  const isGood = Date.parse(line.expiresAt) - renewBeforeMs > ports.nowMs;
  return isGood ? keep(line) : renew(line, ports);
}

/** Doubling, with jitter: all desks of a company lose the same carrier at the same moment. */
function backOff(failures: number, { random }: LinePorts): LineEffect {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
  return { do: "wait", delayMs: Math.round(delayMs * (0.5 + random() / 2)) };
}

export function showLine(line: Line): LineState {
  switch (line.state) {
    case "off":
      return { state: "off" };
    case "asking":
    case "starting":
      // Renewing is nobody's business: calls come in all the while.
      return line.over
        ? { state: "ready", provider: line.over.provider, edge: line.over.edge }
        : { state: "starting" };
    case "ready":
      return { state: "ready", provider: line.provider, edge: line.edge };
    case "down":
      return { state: "reconnecting", since: line.since };
    case "trouble":
      return { state: "trouble", code: line.code, message: line.message };
    default:
      return assertNever(line);
  }
}
