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
  /** No calls come in; the next try is due later, or when the person wants it. `over`: the device that is still up. */
  | { state: "trouble"; code: string; message: string; failures: number; over: Registered | null };

type Access = { provider: string; expiresAt: string };
type Registered = Access & {
  edge: string;
  /** Fresh access is due but would cost a second of a call that is up: it waits for the end of the call. */
  renewalDue: boolean;
  /** The device is no longer good for calls that come in, and would hang up if it were stopped: it waits as well. */
  restartDue: boolean;
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
/** `inCall`: somebody is talked to or rings here. Stopping the device would hang up on them. */
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
      return takeAccess(line, event.access, ports);
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
      return endCall(line);
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

function takeAccess(line: Line, access: LineAccess, { inCall }: LinePorts): LineStep {
  if (line.state !== "asking") return keep(line);
  const { provider, expiresAt } = access;
  const { failures, over } = line;
  const next = { provider, expiresAt };
  const isSameKind = over?.provider === provider;
  if (isSameKind && (inCall || !over.restartDue)) {
    return {
      line: { state: "starting", failures, access: next, over },
      effects: [{ do: "update-access", access }],
    };
  }
  // A line of another carrier is none for the call that is up.
  if (over && inCall) return keep({ state: "ready", ...over, renewalDue: true });
  return {
    line: { state: "starting", failures, access: next, over: null },
    effects: [{ do: "stop-device" }, { do: "start-device", access }],
  };
}

/** While the old access is still good the line is up, and the server is asked again. Its calls outlive it. */
function refuseAccess(
  line: Line,
  { code, message }: { code: string; message: string },
  ports: LinePorts,
): LineStep {
  if (line.state !== "asking") return keep(line);
  const failures = line.failures + 1;
  const wait = backOff(failures, ports);
  const { over } = line;
  if (over && !over.restartDue && Date.parse(over.expiresAt) > ports.nowMs) {
    return { line: { state: "ready", ...over, renewalDue: true }, effects: [wait] };
  }
  return {
    line: { state: "trouble", code, message, failures, over: over && wornOut(over) },
    effects: [wait],
  };
}

function becomeReady(
  { access, over }: Extract<Line, { state: "starting" }>,
  edge: string,
  { nowMs, inCall }: LinePorts,
): LineStep {
  const restartDue = over?.restartDue ?? false;
  const now = { ...access, edge, renewalDue: false, restartDue };
  // Its call ended while it was renewed.
  if (restartDue && !inCall) return ask(0, now);
  return { line: { state: "ready", ...now }, effects: [waitForRenewal(access, nowMs)] };
}

function comeUp(line: Line, edge: string, ports: LinePorts): LineStep {
  if (line.state === "starting") return becomeReady(line, edge, ports);
  if (!isUp(line)) return keep(line);
  const ready = { ...registered(line), state: "ready", edge } as const;
  return { line: ready, effects: [waitForRenewal(line, ports.nowMs)] };
}

function waitForRenewal({ expiresAt }: Access, nowMs: number): LineEffect {
  return { do: "wait", delayMs: Math.max(1_000, Date.parse(expiresAt) - renewBeforeMs - nowMs) };
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
  const over = deviceOf(line);
  if (line.state === "asking" && over && code === "access") return keep({ ...line, over: wornOut(over) });
  if (line.state === "off" || line.state === "trouble" || line.state === "asking") return keep(line);
  const failures = ("failures" in line ? line.failures : 0) + 1;
  // Access that is no longer good (an hour of sleep) is no reason to wait: fresh access is asked for at once.
  if (code === "access" && failures === 1) return ask(failures, over && wornOut(over));
  const wait = backOff(failures, ports);
  if (over && ports.inCall) {
    return { line: { state: "trouble", code, message, failures, over: wornOut(over) }, effects: [wait] };
  }
  return {
    line: { state: "trouble", code, message, failures, over: null },
    effects: [{ do: "stop-device" }, wait],
  };
}

/** The device that may have calls. One that is being started has none yet. */
function deviceOf(line: Line): Registered | null {
  if (isUp(line)) return registered(line);
  return "over" in line ? line.over : null;
}

function registered({ provider, expiresAt, edge, renewalDue, restartDue }: Registered): Registered {
  return { provider, expiresAt, edge, renewalDue, restartDue };
}

/** A device whose access was refused no longer registers, also with a fresh one (twilio-voice.js, 31205). */
function wornOut(device: Registered): Registered {
  return { ...device, restartDue: true };
}

/** What had to wait for the end of the call, or could not be mended in it, is done now. */
function endCall(line: Line): LineStep {
  const device = deviceOf(line);
  if (line.state === "trouble" && device) return ask(line.failures, device);
  return isUp(line) && (line.renewalDue || line.restartDue) ? ask(0, device) : keep(line);
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
      return ask(line.failures, line.over);
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
  if (line.state === "trouble") return ask(0, line.over);
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
      return line.over && !line.over.restartDue
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
