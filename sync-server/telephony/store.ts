import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { CallState } from "../../shared/calls/call.ts";
import { CallEvent } from "../../shared/calls/call-event.ts";
import { usualPhoneRules } from "../../shared/calls/phone-rules.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import { schema, type Tx } from "../database/index.ts";
import { addJobs, type JobRequest } from "../jobs/index.ts";
import { takeCallEvents } from "../sync/index.ts";
import { planSettlement } from "./plan-settlement.ts";
import { lineOf, tell, type Leg, type Line, type LineCall, type Said } from "./line.ts";
import { followEnded, type EndedCall } from "./outbound/follow-call.ts";
import { readPhonePolicy, type PhonePolicy } from "./policy.ts";
import { announceLines } from "./transcript/line-changes.ts";

const { lineCalls, callLegs } = schema;

/** Locks and reads lines, in the order of their ids. Calls that have none are left out. */
export async function lockLines(
  tx: Tx,
  tenantId: string,
  callIds: readonly string[],
): Promise<Map<string, Line>> {
  if (callIds.length === 0) return new Map();
  // One parameter however many there are: hundreds would have to be read and planned one by one.
  const ids = sql`ANY(${sql.param([...callIds])}::text[])`;
  const calls = await tx
    .select()
    .from(lineCalls)
    .where(and(eq(lineCalls.tenantId, tenantId), sql`${lineCalls.callId} = ${ids}`))
    .orderBy(lineCalls.callId)
    .for("update");
  const legs = (await tx
    .select()
    .from(callLegs)
    .where(and(eq(callLegs.tenantId, tenantId), sql`${callLegs.callId} = ${ids}`))
    .orderBy(callLegs.dialledAt, callLegs.id)) as Leg[];
  const byCall = Map.groupBy(legs, ({ callId }) => callId);
  return new Map(calls.map((call) => [call.callId, lineOf(call, byCall.get(call.callId) ?? [])]));
}

export async function lockLine(tx: Tx, tenantId: string, callId: string): Promise<Line | null> {
  return (await lockLines(tx, tenantId, [callId])).get(callId) ?? null;
}

/**
 * Writes what has become of lines that this transaction holds: rows, events and work that follows, all or nothing.
 * @param before as `lockLines` gave them; a line that is not in it is new
 */
export async function writeLines(
  tx: Tx,
  tenantId: string,
  before: ReadonlyMap<string, Line>,
  after: readonly Line[],
  now: Date,
): Promise<void> {
  const policy = after.some(hasEnded) ? await readPhonePolicy(tx, tenantId) : usualPhoneRules;
  const numbered = after.map((line) => number(withWrapUp(asRuled(line, policy), policy, now), now));
  await putCalls(
    tx,
    numbered.filter(({ call }) => call !== before.get(call.callId)?.call).map(({ call }) => call),
  );
  const known = new Set([...before.values()].flatMap(({ legs }) => legs));
  await putLegs(
    tx,
    numbered.flatMap(({ legs }) => legs.filter((leg) => !known.has(leg))),
  );
  const moved = numbered.filter(
    ({ call, legs }) =>
      legs.some((leg) => !known.has(leg)) || call.consent !== before.get(call.callId)?.call.consent,
  );
  await announceLines(
    tx,
    moved.map(({ call }) => call.callId),
  );
  const said = new Map(
    numbered.flatMap(({ call, events }) => (events.length > 0 ? [[call.callId, events] as const] : [])),
  );
  if (said.size > 0) {
    const calls = await takeCallEvents(tx, tenantId, said, { now: now.toISOString() });
    await followEnded(tx, tenantId, endedAmong(after, calls), now);
  }
  await addJobs(
    tx,
    after.flatMap((line) => jobsOf(line, now)),
  );
}

function hasEnded({ said }: Line): boolean {
  return said.some(({ fact }) => fact.type === "ended");
}

function endedAmong(lines: readonly Line[], calls: ReadonlyMap<string, CallState>): EndedCall[] {
  return lines.filter(hasEnded).flatMap(({ call: { callId }, legs, said }) => {
    const told = calls.get(callId);
    // Carriers call completed only what was picked up: the report of that may still be under way.
    const wasPickedUp = said.some(({ by, fact }) => by === "carrier" && fact.type === "ended" && fact.why === "completed"); // prettier-ignore
    const call = told && wasPickedUp ? { ...told, answeredAt: told.answeredAt ?? told.endedAt } : told;
    const wasDialled = legs.some(({ role, askedAt }) => role === "customer" && askedAt !== null);
    return call ? [{ callId, call, wasDialled: wasDialled || call.provider === "sip" }] : [];
  });
}

/** Where no messages are taken, a caller who found nobody has left none: they were told so, and missed. */
function asRuled(line: Line, { voicemail }: PhonePolicy): Line {
  if (voicemail || line.call.direction === "outbound") return line;
  const said = line.said.map((one) =>
    one.fact.type === "ended" && one.fact.why === "voicemail"
      ? { ...one, fact: { ...one.fact, why: "no-answer" as const } }
      : one,
  );
  return { ...line, said };
}

/** How long the agent may write things down, where the tenant has decided so. */
function withWrapUp(line: Line, { wrapUpSeconds }: PhonePolicy, now: Date): Line {
  const end = line.said.find(({ fact }) => fact.type === "ended");
  if (!end || wrapUpSeconds === usualPhoneRules.wrapUpSeconds) return line;
  const endedMs = end.by === "carrier" ? Date.parse(end.at) : now.getTime();
  const until = new Date(endedMs + wrapUpSeconds * 1_000).toISOString() as Instant;
  return tell(line, "wrap-up", { type: "wrap-up-extended", until });
}

type Numbered = { call: LineCall; legs: readonly Leg[]; events: CallEvent[] };

/** The server counts its own events of each call, because its clock may be set back between two of them. */
function number({ call, legs, said }: Line, now: Date): Numbered {
  const own = said.filter(({ by }) => by === "server").length;
  let seq = call.nextSeq;
  const events = said.map((one) => withHead(one, one.by === "server" ? seq++ : 0, now));
  return { call: own > 0 ? { ...call, nextSeq: seq } : call, legs, events };
}

function withHead(said: Said, seq: number, now: Date): CallEvent {
  const head =
    said.by === "server"
      ? { source: "server:line", key: said.key, seq, at: now.toISOString() }
      : { source: `carrier:${said.sid}`, key: said.key, seq: said.seq, at: said.at };
  return CallEvent.parse({ ...said.fact, ...head });
}

const putCalls = putInto(lineCalls, ["tenantId", "callId"], ["startedAt"]);
const putLegs = putInto(callLegs, ["tenantId", "id"], ["dialledAt"]);

/**
 * Makes rows, or changes those that are there, in one statement with one parameter.
 * @param key by which a row is known
 * @param fixed what never changes of one
 */
function putInto<T extends typeof lineCalls | typeof callLegs, K extends keyof T["$inferSelect"] & string>(
  table: T,
  key: readonly K[],
  fixed: readonly K[],
) {
  const columns = Object.entries(getTableColumns(table));
  const listed = (wanted: typeof columns) =>
    sql.join(
      wanted.map(([, { name }]) => sql.identifier(name)),
      sql`, `,
    );
  const isKey = (name: string) => key.some((one) => one === name);
  const changing = columns.filter(([name]) => !isKey(name) && !fixed.some((one) => one === name));
  const changes = changing.map(
    ([, { name }]) => sql`${sql.identifier(name)} = excluded.${sql.identifier(name)}`,
  );
  const [all, keys] = [listed(columns), listed(columns.filter(([name]) => isKey(name)))];
  return async (tx: Tx, rows: readonly T["$inferSelect"][]): Promise<void> => {
    if (rows.length === 0) return;
    const given = rows.map((row) =>
      Object.fromEntries(columns.map(([field, { name }]) => [name, row[field as keyof typeof row]])),
    );
    await tx.execute(
      sql`INSERT INTO ${table} (${all})
          SELECT ${all} FROM jsonb_populate_recordset(NULL::${table}, ${JSON.stringify(given)}::jsonb)
          ON CONFLICT (${keys}) DO UPDATE SET ${sql.join(changes, sql`, `)}`,
    );
  };
}

/** Work on a line, by kind; see index.ts. A line that is as it is wanted needs no settling. */
function jobsOf(line: Line, now: Date): JobRequest[] {
  const { tenantId, callId, accountId } = line.call;
  const wanted = line.jobs.filter(({ kind }) => kind !== "settle" || planSettlement(line).length > 0);
  return [
    ...wanted.map(({ kind, afterMs }) => ({
      ...{ tenantId, kind: `call.${kind}`, key: callId },
      dueAt: new Date(now.getTime() + afterMs),
    })),
    ...[...new Set(line.strays)].map((sid) => ({
      ...{ tenantId, kind: "call.stray", key: sid, payload: { accountId } },
      dueAt: now,
    })),
  ];
}
