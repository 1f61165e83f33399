import type { Call } from "../../../shared/entities/call.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { listCalls } from "../../../shared/rpc/contract/phone.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { recordSql } from "../live/read-records.ts";
import { searchSql } from "../live/search-sql.ts";
import type { Replica } from "../replica.ts";
import { createCallNumbers, numberIn, type CallNumbers } from "./call-numbers.ts";
import { rememberedSince, toWriteDownSql } from "./to-write-down.ts";

type Input = ParsedInputOf<typeof listCalls>;
const scopes = ["all", "missed", "voicemail", "call-backs", "to-write-down"] as const;

/** The call history, newest first, a page at a time. */
export function createListCalls(replica: Replica, clock: Clock): QueryHandler<typeof listCalls> {
  const numbers = createCallNumbers(replica.reads);
  return liveQuery<typeof listCalls>(
    { reads: replica.reads },
    {
      dependsOn: ["calls", "leads", "tasks", "settings"],
      async read(input) {
        const page = await readCalls(replica, clock, input, await findByNumber(numbers, input.search));
        numbers.prepare();
        return page;
      },
    },
  );
}

/**
 * Calls of a number that was typed, or a part of it, with and without the zeros that are dialled before it. Null: it is
 * no number, or none of any call, and is looked for as a word.
 */
async function findByNumber(numbers: CallNumbers, search: string): Promise<string[] | null> {
  const digits = numberIn(search);
  if (digits === null) return null;
  for (const wanted of new Set([digits, digits.replace(/^0+/u, "")])) {
    const found = wanted === "" ? [] : await numbers.find(wanted);
    if (found.length > 0) return found;
  }
  return null;
}

/** @param only these calls, whatever was searched for; null = all that match */
async function readCalls(
  replica: Replica,
  clock: Clock,
  input: Input,
  only: string[] | null,
): Promise<OutputOf<typeof listCalls>> {
  const { reads, edits } = replica;
  const parameters = createParameters();
  const matching = matchingSql(replica, clock, input, only, parameters);
  const counted = await countScopes(replica, matching, parameters.values);
  const found = await reads.sql<{ doc: Call; leadName: string | null }>(
    `select ${recordSql.replaceAll("doc", "call.doc").replaceAll("'id', id", "'id', call.id")} as doc,
       lead.doc->>'name' as "leadName"
     from ${matching} and ${scopeSql(replica, input.scope)}
     order by call.doc->>'startedAt' desc, call.id desc
     limit ${parameters.add(input.limit)} offset ${parameters.add(input.offset)}`,
    parameters.values,
  );
  const rows = found.map(({ doc, leadName }) => ({
    ...doc,
    line: doc.line ?? null,
    leadName,
    waiting: edits.waitingFields("calls", doc.id).length > 0,
  }));
  return { total: counted[input.scope] ?? 0, counts: counted, rows };
}

async function countScopes(
  replica: Replica,
  matching: string,
  values: readonly unknown[],
): Promise<Record<string, number>> {
  const counts = scopes.map(
    (scope) => `count(*) filter (where ${scopeSql(replica, scope)})::int as "${scope}"`,
  );
  const [counted] = await replica.reads.sql<Record<string, number>>(
    `select ${counts.join(", ")} from ${matching}`,
    values,
  );
  return counted ?? {};
}

function matchingSql(
  { reads, me }: Replica,
  clock: Clock,
  { agent, search }: Input,
  only: string[] | null,
  parameters: Parameters,
): string {
  const who = agent === "me" ? me.userId : agent;
  const ofAgent = who === null ? "true" : `call.doc->>'agentId' = ${parameters.add(who)}`;
  const texts = ["lead.doc->>'name'", "lead.doc->>'company'"].concat(
    ["from", "to", "notes", "summary"].map((field) => `call.doc->>'${field}'`),
  );
  return `${reads.table("calls")} call
    cross join (select ${parameters.add(me.userId)}::text as id,
      ${parameters.add(rememberedSince(clock))}::text as remembers) me
    left join ${reads.table("leads")} lead on lead.id = call.doc->>'leadId' and not lead.deleted
    where not call.deleted and ${ofAgent}
      and ${only ? `call.id = any(${parameters.add(only)}::text[])` : searchSql(search, texts, parameters)}`;
}

const missedSql = `call.doc->>'direction' = 'inbound' and call.doc->>'answeredAt' is null
  and call.doc->>'endedAt' is not null`;

function scopeSql({ reads }: Replica, scope: Input["scope"]): string {
  switch (scope) {
    case "all":
      return "true";
    case "missed":
      return `(${missedSql})`;
    case "voicemail":
      return "call.doc->>'direction' = 'inbound' and call.doc->>'endReason' = 'voicemail'";
    case "call-backs":
      return `(${missedSql} and not exists (${laterCallSql(reads.table("calls"))}))`;
    case "to-write-down":
      return `(call.doc->>'startedAt' >= me.remembers and ${toWriteDownSql(reads, "me.id")})`;
  }
}

/** Somebody has spoken to that person, or tried to, since they called. */
function laterCallSql(table: string): string {
  return `select from ${table} later where not later.deleted
    and later.doc->>'startedAt' > call.doc->>'startedAt'
    and (later.doc->>'to' = call.doc->>'from'
      or (later.doc->>'from' = call.doc->>'from' and later.doc->>'answeredAt' is not null))`;
}
