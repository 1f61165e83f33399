import type { CallControl } from "../../shared/calls/server-wire.ts";
import { audit } from "../auth/index.ts";
import { inTenant, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";
import { untilThrough } from "./attempts.ts";
import { applyControl, type LineControl } from "./control.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { endAtDesk } from "./end-at-desk.ts";
import { readGreeting } from "./greetings.ts";
import { judgeAskedIn } from "./judge-asked-in.ts";
import { judgeLate, type Late } from "./late-control.ts";
import type { Line } from "./line.ts";
import { mergeCalls } from "./merge-calls.ts";
import { runsThroughServer } from "./own-exchange.ts";
import { askedIn } from "./recording-terms.ts";
import { lockLine, writeLines } from "./store.ts";
import { noSuchCall, requireSupervision } from "./supervision.ts";
import { supposeUnplaced } from "./unplaced-dials.ts";

/** A customer who still hears that the call is recorded is not in the room yet in which they can be held. */
const longestWaitMs = 6_000;

/**
 * Does to a call what only the carrier can. Answers when the carrier has done it. Where it has not in time, the wish is
 * taken back, and refused; what must happen all the same (a caller off hold, a leg taken down) goes on being tried, and
 * the refusal says so.
 * @throws Refused
 */
export async function controlCall(
  deps: TelephonyDeps,
  identity: Identity,
  callId: string,
  control: CallControl,
  ip: string,
): Promise<void> {
  const { tenantId } = identity;
  const connected = await deps.accounts.ofTenant(tenantId);
  const exchange = connected && !runsThroughServer(connected.account) ? connected.account.id : null;
  if (control.do === "merge") {
    if (exchange !== null) throw atExchange;
    return mergeCalls(deps, identity, { callId, withId: control.with }, longestWaitMs);
  }
  const blocked = await untilThrough(() =>
    inTenant(deps.db, identity, async (tx) => {
      const line = await lockLine(tx, tenantId, callId);
      if (isElsewhere(line, exchange)) {
        if (control.do === "end") return endAtDesk(tx, identity, callId, ip).then(() => null);
        if (control.do === "hang-up" && line)
          return takeBack(tx, identity, line, nowOf(deps)).then(() => null);
        throw atExchange;
      }
      if (!line) throw noSuchCall();
      await requireRight(tx, identity, line, control);
      await requireGreeting(tx, tenantId, control);
      const judged = await judgeAskedIn(tx, identity, line.call, control, { ip, now: nowOf(deps) });
      if (!judged.ok) return judged.error;
      const applied = applyControl(line, control, identity, nowOf(deps));
      if (!applied.ok) throw new Refused("conflict", applied.error.message, { code: applied.error.code });
      const after = judged.value === null ? applied.value : askedIn(line, applied.value, judged.value);
      await writeLines(tx, tenantId, new Map([[callId, line]]), [after], nowOf(deps));
      if (after !== line) await noteInAudit(tx, identity, callId, control, ip);
      return null;
    }),
  );
  // What is refused has been noted, so it is no reason to take the transaction back.
  if (blocked !== null) throw new Refused("conflict", blocked, { code: "not-possible" });
  if (await deps.jobs.finish(tenantId, "call.settle", callId, longestWaitMs)) return;
  const late = await untilThrough(() => inTenant(deps.db, { tenantId }, (tx) => judge(deps, tx, callId, control, identity))); // prettier-ignore
  if (late.is !== "done") throw new Refused("unavailable", late.message);
}

/** A desk never heard that it may dial, and does not. */
async function takeBack(tx: Tx, { tenantId, userId }: Identity, line: Line, now: Date): Promise<void> {
  if (!line.legs.some(({ role, agentId }) => role === "agent" && agentId === userId)) throw noSuchCall();
  await supposeUnplaced(tx, tenantId, line.call.callId, now);
}

const atExchange = new Refused("conflict", "Calls of your own exchange are steered from the desk alone.", { code: "not-possible" }); // prettier-ignore

/** Of what is done to a call, whatever somebody may have to answer for. */
async function noteInAudit(
  tx: Tx,
  { tenantId, userId }: Identity,
  callId: string,
  control: CallControl,
  ip: string,
): Promise<void> {
  const entry = { tenantId, actorId: userId, subject: `calls/${callId}`, ip };
  if (control.do === "end") await audit(tx, { ...entry, action: "call.end" });
  if (control.do === "consent")
    await audit(tx, { ...entry, action: "call.consent", details: { answer: control.answer } });
}

/** Nothing that the agent was told did not work comes about long afterwards. */
async function judge(
  deps: TelephonyDeps,
  tx: Tx,
  callId: string,
  control: LineControl,
  { tenantId, userId }: Identity,
): Promise<Late> {
  const line = await lockLine(tx, tenantId, callId);
  if (!line) throw noSuchCall();
  const late = judgeLate(line, control, userId);
  if (late.is === "undone")
    await writeLines(tx, tenantId, new Map([[callId, line]]), [late.line], nowOf(deps));
  return late;
}

/** Judged before anything is asked of the carrier: a message without words would be silence. */
async function requireGreeting(tx: Tx, tenantId: string, control: CallControl): Promise<void> {
  if (control.do !== "drop-voicemail") return;
  const greeting = await readGreeting(tx, tenantId, control.greeting);
  if (greeting?.use !== "drop" || greeting.archived)
    throw new Refused("conflict", "There is no such greeting any more.", { code: "not-possible" });
}

/** One that came in at the exchange is not known here at all. */
function isElsewhere(line: Line | null, exchange: string | null): boolean {
  return exchange !== null && (line === null || line.call.accountId === exchange);
}

/** Whoever is in the call may steer it; who supervises may listen and end it. To everybody else it does not exist. */
async function requireRight(tx: Tx, identity: Identity, line: Line, control: CallControl): Promise<void> {
  const { userId } = identity;
  if (control.do !== "monitor" && control.do !== "end") {
    const takesPart = line.legs.some(
      (leg) => leg.agentId === userId && leg.state === "live" && leg.role !== "monitor",
    );
    const dials = line.legs.some(
      (leg) => leg.agentId === userId && leg.role === "agent" && leg.state !== "ended",
    );
    if (takesPart || dials) return;
    throw noSuchCall();
  }
  await requireSupervision(tx, identity, line.call.callId);
}
