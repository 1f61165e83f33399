import { and, eq, inArray, sql } from "drizzle-orm";
import { inTenant, rowsOf, schema, type Tx } from "../database/index.ts";
import type { Job } from "../jobs/index.ts";
import { assertNever, err, ok } from "../../shared/result/result.ts";
import type { Connected } from "./accounts.ts";
import { untilThrough } from "./attempts.ts";
import { CarrierTrouble } from "./carrier-trouble.ts";
import { mediaUrlOf, nowOf, type TelephonyDeps } from "./deps.ts";
import { hearLeg, type LegNews } from "./hear-leg.ts";
import { changeCall, changeHeld, changeLeg, lineOf, tell, type Leg, type Line } from "./line.ts";
import { planSettlement, type SettleStep } from "./plan-settlement.ts";
import type { Answered, CarrierError, CarrierLine, Script } from "./port.ts";
import { scriptFor } from "./scripts.ts";
import { concludeMerge, noteRoom, partLines } from "./merge-lines.ts";
import { moveOver } from "./move-over.ts";
import { lockLine, lockLines, writeLines } from "./store.ts";
import { messageScript, noteMessage } from "./voicemail.ts";

/** A step may call for another; a line that never comes to rest is a fault. */
const mostSteps = 40;
/** Carriers count the reports of a leg from 0. */
export const afterAllReports = 1_000_000;

/**
 * Job: makes the carrier do what is wanted of a line, step by step, each noted as soon as it is done. Whatever fails
 * ends the run, and the job is tried again from what was reached: nobody is left on hold by a carrier's bad minute.
 */
export async function settleCall(deps: TelephonyDeps, { tenantId, key: callId }: Job): Promise<void> {
  let next = await note(deps, { tenantId, callId }, (line) => line);
  for (let done = 0; next; done += 1) {
    if (done === mostSteps) throw new Error(`the line of ${callId} does not settle`);
    const { line, step } = next;
    const connected = await deps.accounts.byId(line.call.accountId);
    if (!connected) throw new Error(`the account ${line.call.accountId} is gone`);
    next = await take(deps, connected, line, step);
  }
}

/** A step to be taken, and the line as it stood before. */
type Next = { line: Line; step: SettleStep };

/**
 * Noted before the carrier is asked, because this node may not live to hear the answer: a dial may have gone through, and
 * is looked for at the carrier before another one would ring twice; of hold and recording nobody knows until they are
 * asked for again.
 */
function beforeStep(line: Line, step: SettleStep, now: Date): Line {
  if (step.do === "dial") return changeLeg(line, step.leg.id, { askedAt: now });
  if (step.do === "hold") return changeHeld(line, step.leg, null);
  if (step.do === "record" && line.call.recording !== null) return changeCall(line, { recording: null });
  if (step.do === "move") return noteRoom(line, step.leg, null);
  return line;
}

/** @returns the next one */
async function take(
  deps: TelephonyDeps,
  connected: Connected,
  line: Line,
  step: SettleStep,
): Promise<Next | null> {
  if (step.do === "conclude-merge" || step.do === "part") return noteBoth(deps, line, step);
  const answer =
    step.do === "give-up"
      ? ({ ok: true, value: undefined } as const)
      : await carryOut(deps, connected, line, step);
  deps.metrics.command(step.do, answer.ok ? "ok" : answer.error.why);
  if (answer.ok) return note(deps, line.call, (now) => afterStep(now, step, answer.value, nowOf(deps)));
  return afterRefusal(deps, line, step, answer.error);
}

/** What a carrier is asked for. */
type CarrierStep = Exclude<SettleStep, { do: "give-up" | "conclude-merge" | "part" }>;

async function carryOut(
  deps: TelephonyDeps,
  { account, line: open }: Connected,
  line: Line,
  step: CarrierStep,
): Answered<string | void> {
  const carrier = await open();
  const { callId } = line.call;
  const sid = step.leg.sid ?? "";
  switch (step.do) {
    case "hold":
      return carrier.hold(callId, sid, step.on, callId);
    case "voicemail":
      return carrier.redirect(sid, await messageOf(deps, line, step.leg, deps.soundsUrl(account)));
    case "dial": {
      const dialled = await carrier.dial(dialOf(line, step.leg, mediaUrlOf(deps, account, step.leg)));
      return dialled.ok ? { ok: true, value: dialled.value.sid } : dialled;
    }
    case "find":
      return findDial(deps, carrier, line, step.leg);
    case "anchor":
      return carrier.setAnchor(callId, sid, step.on);
    case "record":
      return carrier.record(sid, step.leg.id, step.state);
    case "stop-listening":
      return carrier.stopListening(sid, step.leg.id);
    case "move":
      return moveOver(carrier, line, step.leg);
    case "hang-up":
      return carrier.hangUp(sid);
    default:
      return assertNever(step);
  }
}

/**
 * Of the carrier's legs between the same places the newest that is none of ours: all others have been heard of. Where
 * the answer to another such dial was lost too, nobody can tell whose it is but the carrier's reports, which carry our
 * own name of the leg: they are waited for. So is one that the carrier has taken its time for and not begun with yet.
 */
async function findDial(
  deps: TelephonyDeps,
  carrier: CarrierLine,
  line: Line,
  leg: Leg,
): Answered<string | undefined> {
  const { to, from } = dialOf(line, leg, null);
  const found = await carrier.findDials({ to, from }, leg.dialledAt);
  if (!found.ok) return found;
  return inTenant(deps.db, line.call, async (tx) => {
    const known = await readKnown(tx, line, found.value);
    const unknown = found.value.filter((sid) => !known.has(sid));
    if (
      unknown.length > 0 &&
      (await isAnotherLost(tx, line, leg, to.kind === "desk" ? to.userId : to.number))
    )
      return err({ why: "unreachable", message: "several dials to one place may be this one" });
    if (unknown.length === 0 && isStillAwaited(leg, nowOf(deps)))
      return err({ why: "unreachable", message: "the carrier may still be about to dial" });
    return ok(unknown[0]);
  });
}

/** A dial that fails within this has failed; one that nobody has answered for so long may be under way … */
const answersWithinMs = 5_000;
/** … for so long after it was asked for: another one would ring there, too. */
const beginsWithinMs = 20_000;

function isStillAwaited({ askedAt }: Leg, now: Date): boolean {
  const waitedMs = now.getTime() - (askedAt ?? now).getTime();
  return waitedMs > answersWithinMs && waitedMs < beginsWithinMs;
}

async function readKnown(
  tx: Tx,
  { call: { tenantId, accountId } }: Line,
  sids: readonly string[],
): Promise<ReadonlySet<string | null>> {
  const { callLegs } = schema;
  const own = and(eq(callLegs.tenantId, tenantId), eq(callLegs.accountId, accountId), inArray(callLegs.sid, [...sids])); // prettier-ignore
  return new Set((await tx.select({ sid: callLegs.sid }).from(callLegs).where(own)).map(({ sid }) => sid));
}

/** As far back as a carrier is asked for dials, and as long as one may take that the carrier is slow with. */
const lostWithinSeconds = 60;

/** Whether another leg to this place was asked for of which nobody has heard. */
async function isAnotherLost(tx: Tx, { call }: Line, leg: Leg, place: string): Promise<boolean> {
  const others = await rowsOf(
    tx,
    sql`SELECT 1 FROM call_legs l JOIN line_calls c ON c.tenant_id = l.tenant_id AND c.call_id = l.call_id
        WHERE l.tenant_id = ${call.tenantId} AND l.account_id = ${call.accountId} AND l.sid IS NULL AND l.id <> ${leg.id}
          AND l.purpose->'wentOverAs' IS NULL
          AND l.asked_at > ${leg.dialledAt.toISOString()}::timestamptz - make_interval(secs => ${lostWithinSeconds})
          AND c.ours = ${call.ours} AND coalesce(l.agent_id, l.purpose->'target'->>'number', c.theirs) = ${place} LIMIT 1`,
  );
  return others.length > 0;
}

function messageOf(deps: TelephonyDeps, line: Line, leg: Leg, sounds: string): Promise<Script> {
  return inTenant(deps.db, line.call, (tx) => messageScript(tx, line, leg, sounds, nowOf(deps)));
}

function dialOf(line: Line, leg: Leg, mediaUrl: string | null) {
  const { callId, ours, theirs } = line.call;
  const { transferId, partyId, target, role } = leg.purpose;
  const parameters = {
    callId,
    role: leg.role,
    number: theirs,
    ...(transferId ? { transferId } : {}),
    ...(partyId ? { partyId } : {}),
    ...(role ? { monitoring: role } : {}),
  };
  const number = leg.role === "customer" ? theirs : target?.kind === "number" ? target.number : "";
  const to =
    leg.agentId === null
      ? ({ kind: "number", number } as const)
      : ({ kind: "desk", userId: leg.agentId, parameters } as const);
  return {
    legId: leg.id,
    to,
    from: ours,
    ringMs: leg.ringMs,
    detectMachine: leg.role === "customer" && line.call.pickedUpBy === "awaited",
    script: scriptFor(line, leg, mediaUrl),
  };
}

/** What is noted of one line alone. */
type NotedStep = Exclude<SettleStep, { do: "conclude-merge" | "part" }>;

/** What a step that the carrier has taken makes of the line. */
function afterStep(line: Line, step: NotedStep, sid: string | void, now: Date): Line {
  const leg = currentOf(line, step.leg);
  switch (step.do) {
    case "hold": {
      const n = line.call.nextSeq;
      const type = step.on ? ("held" as const) : ("resumed" as const);
      // Waiting for a transfer's target or in a queue is no hold of the agent's making.
      const isHold = !line.legs.some(({ role, state }) => role === "transfer" && state !== "ended") && line.call.queuedAt === null; // prettier-ignore
      const changed = changeHeld(line, leg, step.on);
      if (leg.role !== "customer") return changed;
      return isHold ? tell(changed, `${type}:${n}`, { type }) : changed;
    }
    case "voicemail":
      return noteMessage(line, step.waits, now);
    case "dial":
      // A report may have named it before the answer did.
      return typeof sid === "string" && leg.sid === null ? changeLeg(line, leg.id, { sid }) : line;
    case "find":
      if (leg.sid !== null) return line;
      return changeLeg(line, leg.id, typeof sid === "string" ? { sid } : { askedAt: null });
    case "anchor":
      return changeLeg(line, leg.id, { anchor: step.on });
    case "record":
      return tell(changeCall(line, { recording: step.state }), `recording:${line.call.nextSeq}`, {
        type: "recording",
        state: step.state,
      });
    case "stop-listening":
      return changeCall(line, { transcribedBy: "nobody" });
    case "move":
      return noteRoom(line, leg, line.call.callId);
    case "hang-up":
      return hearLeg(line, leg, takenDown(leg, now));
    case "give-up":
      return hearLeg(line, leg, { sid: "", status: "cancelled", seq: 0, at: now, machine: false });
  }
}

/** The carrier's own report of it, should it come, finds the leg ended. */
function takenDown(leg: Leg, at: Date): LegNews {
  const status = leg.state === "live" ? ("completed" as const) : ("cancelled" as const);
  return { sid: leg.sid ?? "", status, seq: afterAllReports, at, machine: false };
}

async function afterRefusal(
  deps: TelephonyDeps,
  line: Line,
  step: NotedStep,
  error: CarrierError,
): Promise<Next | null> {
  const { leg } = step;
  const ended = (status: "failed" | "cancelled" | "completed") =>
    note(deps, line.call, (now) => {
      const current = currentOf(now, leg);
      const at = nowOf(deps);
      return hearLeg(now, current, { sid: leg.sid ?? "", status, seq: afterAllReports, at, machine: false });
    });
  if (step.do === "dial" || step.do === "find") {
    const isLate = nowOf(deps).getTime() > leg.dialledAt.getTime() + leg.ringMs;
    if (error.why !== "unreachable" || isLate) return ended(leg.wanted ? "failed" : "cancelled");
  }
  // Nobody is there any more who could be told something, or let go.
  const isToLeg = step.do === "hang-up" || step.do === "voicemail" || step.do === "move";
  if (isToLeg && error.why === "gone") return ended("completed");
  if (step.do === "move" && error.why === "refused") return noteBoth(deps, line, { do: "part", leg });
  // Not in the room yet, or no more: whoever comes in while the customer waits is put on hold then (`hearJoined`).
  if (step.do === "hold" && leg.role !== "customer" && error.why === "gone")
    return note(deps, line.call, (now) => changeHeld(now, currentOf(now, leg), step.on));
  // It has left the room already, which is what this was to allow.
  if (step.do === "anchor" && !leg.wanted && error.why === "gone")
    return note(deps, line.call, (now) => changeLeg(now, leg.id, { anchor: step.on }));
  // Tried again it would be refused again, and nothing else that is left to do waits for that.
  if (keepsNoMore(step) && error.why !== "unreachable") {
    deps.log.warn({ callId: line.call.callId, step: step.do, why: error.message }, "the carrier does not stop keeping what is said in a call of which nothing more may be kept"); // prettier-ignore
    return note(deps, line.call, (now) => afterStep(now, step, undefined, nowOf(deps)));
  }
  // Where it cannot be reached it may have been carried out: whatever is wanted by the time it is asked again, it is told.
  if (step.do === "hold" && error.why !== "unreachable")
    await keep(deps, line, (now) => changeHeld(now, currentOf(now, leg), heldOf(line, leg)));
  if (step.do === "record" && error.why !== "unreachable")
    await keep(deps, line, (now) => changeCall(now, { recording: line.call.recording }));
  throw new CarrierTrouble(error);
}

function currentOf({ legs }: Line, leg: Leg): Leg {
  return legs.find(({ id }) => id === leg.id) ?? leg;
}

function heldOf({ call }: Line, { role, purpose }: Leg): boolean | null {
  return role === "customer" ? call.held : (purpose.held ?? false);
}

function keepsNoMore(step: SettleStep): boolean {
  return step.do === "stop-listening" || (step.do === "record" && step.state === "off");
}

/**
 * Writes what a step has come to, and that the next one is about to be taken: one transaction each, because a busy
 * server does little else.
 * @returns the next step; null = there is none
 */
function note(
  deps: TelephonyDeps,
  { tenantId, callId }: { tenantId: string; callId: string },
  change: (line: Line) => Line,
): Promise<Next | null> {
  return inLine(deps, tenantId, callId, (before) => {
    const line = change(before);
    const [step] = planSettlement(line);
    if (!step) return { after: line, value: null };
    return { after: beforeStep(line, step, nowOf(deps)), value: { line: atRest(line), step } };
  });
}

/** The same of a step that makes one call of two, or leaves them two. */
function noteBoth(
  deps: TelephonyDeps,
  { call: { tenantId, callId } }: Line,
  { do: what, leg }: { do: "conclude-merge" | "part"; leg: Leg },
): Promise<Next | null> {
  const fromId = leg.purpose.merged?.from ?? "";
  return untilThrough(() =>
    inTenant(deps.db, { tenantId }, async (tx) => {
      const lines = await lockLines(tx, tenantId, [callId, fromId]);
      const [into, from] = [lines.get(callId), lines.get(fromId)];
      if (!into || !from) return null;
      const both = { into, from };
      const after = what === "part" ? partLines(both, leg.id) : concludeMerge(both, leg.id, nowOf(deps));
      const [step] = planSettlement(after.into);
      const noted = step ? beforeStep(after.into, step, nowOf(deps)) : after.into;
      await writeLines(tx, tenantId, lines, [noted, after.from], nowOf(deps));
      return step ? { line: atRest(after.into), step } : null;
    }),
  );
}

/** Writes what is known after a refusal; the job is tried again later. */
async function keep(deps: TelephonyDeps, { call }: Line, change: (line: Line) => Line): Promise<void> {
  await inLine(deps, call.tenantId, call.callId, (line) => ({ after: change(line), value: null }));
}

function inLine<T>(
  deps: TelephonyDeps,
  tenantId: string,
  callId: string,
  work: (line: Line) => { after: Line; value: T | null },
): Promise<T | null> {
  return untilThrough(() =>
    inTenant(deps.db, { tenantId }, async (tx) => {
      const line = await lockLine(tx, tenantId, callId);
      if (!line) return null;
      const { after, value } = work(line);
      if (after !== line) await writeLines(tx, tenantId, new Map([[callId, line]]), [after], nowOf(deps));
      return value;
    }),
  );
}

/** Without what was said and asked for in the transaction that has just been written. */
function atRest({ call, legs }: Line): Line {
  return lineOf(call, legs);
}
