import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { CallReport } from "../../shared/entities/insight.ts";
import {
  inputOf,
  reportId,
  type CallToReport,
  type Found,
} from "../../shared/coaching/report/call-to-report.ts";
import type { ReportInput } from "../../shared/coaching/report/report-input.ts";
import { compileInTurns } from "../../shared/coaching/playbook/compile-playbook.ts";
import { examplesOf } from "../../shared/coaching/playbook/meanings.ts";
import { createPauses, takeTurns } from "../../shared/time/turns.ts";
import type { AiFailure, BrokeOff, Generated, Known } from "../ai/index.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { saveRecords } from "../sync/index.ts";
import { compareCall } from "./compare-meanings.ts";
import { nowOf, type CoachingDeps } from "./deps.ts";
import { giveNotes, giveSegments } from "./give-segments.ts";
import { readCall, readKnownOf } from "./read-call.ts";
import type { ReportMaker } from "./report-maker.ts";
import {
  isSameFinding,
  keepWords,
  reportWords,
  wordReport,
  type Words,
  type WordsInput,
} from "./report-words.ts";

/** A report is to be put into a model's words; the key is the call. */
export const wordsJob = "call.words";

/**
 * Job: what a call came to, by the rules, and at once; what a model should have compared in meaning and did not comes by
 * another try. A call that is reported on again (something was said that came late) keeps its words until there are new
 * ones; where nothing new was found, no model is asked again.
 * @throws where another try may help
 */
export async function reportCall(deps: CoachingDeps, { tenantId, key: callId, attempt }: Job): Promise<void> {
  const read = await inTenant(deps.db, { tenantId }, async (tx) => {
    await giveSegments(tx, tenantId, callId, nowOf(deps));
    await giveNotes(tx, tenantId, callId, nowOf(deps));
    const call = await readCall(tx, tenantId, callId);
    if (call === null) return null;
    const { leadId, agentId } = call.call;
    return { call, known: await readKnownOf(tx, tenantId, { leadId, agentIds: [agentId] }) };
  });
  if (read === null) return;
  const { call } = read;
  const { state, ...input } = await compared(deps, tenantId, read, attempt === 1);
  const found = await find(deps.reports, call, input);
  await inTenant(deps.db, { tenantId }, (tx) => saveFound(deps, tx, tenantId, callId, found));
  if (state === "unanswered") throw new Error("what was said could not be compared in meaning");
}

/** What a model compared while the call went on is known; where it takes long now, the report comes without at first. */
const comparedWithinMs = 3_000;
/** So long at most nobody else is served while a playbook is compiled: the largest takes a second. */
const sliceMs = 10;

/** A call with what its playbook's examples are alike to. */
async function compared(
  { ai }: CoachingDeps,
  tenantId: string,
  { call, known }: { call: CallToReport; known: Known },
  isFirst: boolean,
) {
  const input = inputOf(call);
  const { playbook, utterances } = input;
  const examples = playbook === null ? [] : examplesOf(playbook);
  if (playbook === null || examples.length === 0) return { ...input, state: "compared" as const };
  // Once the report is there nobody waits, and a slow model may take as long as the gateway lets it.
  const within = isFirst ? { signal: AbortSignal.timeout(comparedWithinMs) } : {};
  const comparing = { ai, tenantId, priority: "background" as const, known, ...within };
  const pause = createPauses(() => performance.now(), setImmediate, sliceMs);
  const compiled = await takeTurns(compileInTurns(playbook), pause);
  const found = await compareCall(comparing, examples, [compiled], utterances);
  return { ...input, ...found };
}

/**
 * Reports on calls at once, in the caller's time, and by the rules alone: for calls that were not held here.
 * None is reported on twice, so that words of a model stay.
 */
export async function reportNow(
  { db, reports }: Pick<CoachingDeps, "db" | "reports">,
  tenantId: string,
  callIds: readonly string[],
  now: Date,
): Promise<void> {
  const calls: CallToReport[] = [];
  await inTenant(db, { tenantId }, async (tx) => {
    for (const callId of callIds) {
      const known = await lockReport(tx, tenantId, callId);
      const call = known === null ? await readCall(tx, tenantId, callId) : null;
      if (call) calls.push(call);
    }
  });
  const found = await Promise.all(calls.map((call) => find(reports, call, inputOf(call))));
  await inTenant(db, { tenantId }, (tx) => saveReports(tx, tenantId, found, now));
}

async function find(reports: ReportMaker, { call }: CallToReport, input: ReportInput): Promise<Found> {
  return { id: reportId(call.id), ...(await reports.make(input)) };
}

async function saveFound(
  deps: CoachingDeps,
  tx: Tx,
  tenantId: string,
  callId: string,
  found: Found,
): Promise<void> {
  const earlier = await lockReport(tx, tenantId, callId);
  const isKnown = earlier !== null && isSameFinding(found, earlier);
  const isWorded = earlier?.wordedBy === "model";
  const report = isWorded ? keepWords(found, earlier) : found;
  const wordsMissing = isKnown ? earlier.wordsMissing : report.wordsMissing;
  const now = nowOf(deps);
  await saveReports(tx, tenantId, [{ ...report, wordsMissing }], now);
  if (!isKnown) await addJob(tx, { tenantId, kind: wordsJob, key: callId, dueAt: now });
}

/**
 * Job: the same in a model's words, where one is set up. What it failed of is said in the report at once.
 * @returns when there is room again, where that is soon
 * @throws where it may help to try again
 */
export async function wordCall(
  deps: CoachingDeps,
  { tenantId, key: callId }: Job,
  brokeOff: BrokeOff | null,
): Promise<Date | undefined> {
  const read = await inTenant(deps.db, { tenantId }, (tx) => readWithReport(tx, tenantId, callId));
  if (read === null) return undefined;
  const { report } = read;
  const answer = await deps.ai.generate({ task: reportWords, input: read, tenantId, userId: null, brokeOff });
  await keepAnswer(deps, { tenantId, callId, report }, answer);
  const { instead } = answer;
  if (instead !== null && isWorthAnotherTry(instead)) throw new Error(instead.message);
  return instead === null ? undefined : roomSoon(instead, deps.clock.now());
}

type Worded = { tenantId: string; callId: string; report: CallReport };

/** Puts a model's words into the report that they are about, or says there why there are none. */
export async function keepAnswer(
  deps: CoachingDeps,
  { tenantId, callId, report }: Worded,
  { by, output, instead }: Generated<Words>,
): Promise<void> {
  if (by === "rules" && instead === null) return;
  const worded = instead === null ? wordReport(report, output) : { ...report, wordsMissing: instead.message };
  await inTenant(deps.db, { tenantId }, (tx) => saveWords(deps, tx, tenantId, callId, worded));
}

function isWorthAnotherTry({ code }: AiFailure): boolean {
  return code === "unavailable" || code === "timed-out";
}

/** A rate by the minute is no reason to leave a report without words; a budget of the month is. */
const soonMs = 5 * 60_000;

function roomSoon({ code, until }: AiFailure, nowMs: number): Date | undefined {
  const atMs = code === "limited" && until ? Date.parse(until) : Number.NaN;
  return atMs - nowMs <= soonMs ? new Date(atMs) : undefined;
}

/** What a model is to put into words; null = there is no report, or its call is gone. */
export async function readWithReport(tx: Tx, tenantId: string, callId: string): Promise<WordsInput | null> {
  const report = await lockReport(tx, tenantId, callId);
  const call = report && (await readCall(tx, tenantId, callId));
  if (!call) return null;
  const { leadId, agentId, parts = [] } = report;
  const agentIds = [agentId, ...parts.map((part) => part.agentId)];
  return {
    report,
    utterances: call.utterances,
    known: await readKnownOf(tx, tenantId, { leadId, agentIds }),
  };
}

/** Words on what was found meanwhile are asked for by whoever found it. */
async function saveWords(
  deps: CoachingDeps,
  tx: Tx,
  tenantId: string,
  callId: string,
  worded: CallReport,
): Promise<void> {
  const current = await lockReport(tx, tenantId, callId);
  if (current === null || !isSameFinding(current, worded)) return;
  const report = keepWords(current, worded);
  await saveReports(tx, tenantId, [report], nowOf(deps));
}

/** Reports, and on each call the mood that its report has: timelines and scores read it there. Desks leave that to us. */
async function saveReports(tx: Tx, tenantId: string, reports: readonly Found[], at: Date): Promise<void> {
  const now = at.toISOString();
  await saveRecords(tx, tenantId, "insights", reports, { now });
  const moods = reports.flatMap(({ callId: id, sentiment }) => (id === null ? [] : [{ id, sentiment }]));
  await saveRecords(tx, tenantId, "calls", moods, { now, onlyLiving: true });
}

/** A lock of its own: the row's comes after its lead's, which whoever saves it takes first. */
async function lockReport(tx: Tx, tenantId: string, callId: string): Promise<CallReport | null> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`report ${tenantId} ${callId}`}::text, 0))`,
  );
  const [row] = await rowsOf<{ doc: CallReport }>(
    tx,
    sql`SELECT doc FROM insights WHERE tenant_id = ${tenantId} AND id = ${reportId(callId)} AND NOT deleted`,
  );
  return row?.doc ?? null;
}
