import { metricNames } from "../../../shared/coaching/metrics/catalogue.ts";

/**
 * The table of facts: one narrow row for each call that has a report; for one that several agents had, one for the whole
 * of it and one for the part of each.
 */
export const callFacts = "ringside_call_fact";

const metricColumns = metricNames.map((name) => `"${name}" float8`);
/** The metrics besides, called as in the catalogue. */
const ownColumns = [
  "call_id text not null",
  // `alone`: one agent's call; else `whole`, or a `part`. Calls are counted by the first two, agents' by the outer two.
  "row_of text not null",
  "lead_id text",
  "agent_id text",
  "team_id text",
  // When the call began.
  "at_ms float8 not null",
  "playbook text not null",
  "version int not null",
  // Keys of the checklist.
  "done text[] not null",
  "skipped text[] not null",
  // Keys of the cards that were due, each time once.
  "cards text[] not null",
  "disposition text not null",
  // The most telling moment of each sort, as its place in the report; null = there is none.
  "bad_moment int",
  "bad_weight float8",
  "good_moment int",
  "good_weight float8",
];
const columns = [...ownColumns.map((column) => column.split(" ")[0] ?? ""), ...quotedMetrics()].join(", ");

/**
 * How telling a moment is, before its age: a minute of monologue, a quarter of a minute of dead air and one
 * interruption weigh the same.
 */
const weight = `case moment->>'kind'
  when 'monologue' then (moment->>'endMs')::float8 / 60000 - (moment->>'atMs')::float8 / 60000
  when 'dead-air' then (moment->>'endMs')::float8 / 15000 - (moment->>'atMs')::float8 / 15000
  when 'objection' then 1.2 when 'mood' then 1.1 when 'item' then 0.8 when 'question' then 0.6 else 1 end`;

/**
 * Reports are 3 to 10 kB of packed JSON: to read one figure of each of 20,000 takes a second, and a dashboard needs
 * many (docs/decisions/0025). So the figures stand in a table of their own as well, which the database keeps
 * itself: by triggers, in the very transaction that writes a report or a call. It cannot fall behind or be left half
 * written, and is made anew from the reports whenever these statements, or the tables they name, change.
 * @param insights quoted table of the collection, as is `calls`
 */
export function callFactStatements(insights: string, calls: string): string[] {
  return [
    `drop table if exists ${callFacts}`,
    `create table ${callFacts} (${[...ownColumns, ...metricColumns].join(", ")})`,
    `create index on ${callFacts} (call_id)`,
    takeReports(calls),
    dropReports,
    takeCalls,
    ...triggersOf(insights, "reports", { take: "ringside_take_reports", drop: "ringside_drop_reports" }),
    ...triggersOf(calls, "calls", { take: "ringside_take_calls" }),
    `insert into ${callFacts} (${columns}) ${factsOf(insights, calls)}`,
  ];
}

function quotedMetrics(): string[] {
  return metricNames.map((name) => `"${name}"`);
}

function factsOf(changed: string, calls: string): string {
  const keysWhere = (is: string) =>
    `array(select item->>'key' from jsonb_array_elements(report.doc->'items') item
       where ${is} order by 1)`;
  const best = (good: boolean) =>
    `left join lateral (select place::int - 1 as at, ${weight} as weight
       from jsonb_array_elements(report.doc->'moments') with ordinality listed (moment, place)
       where (moment->>'good')::bool is ${String(good)} and ${isOwn("moment")} order by 2 desc, 1 limit 1) ${good ? "good" : "bad"} on true`;
  return `select substr(report.id, 8), row_of, report.doc->>'leadId', own.agent_id, report.doc->>'teamId',
      extract(epoch from (report.doc->>'at')::timestamptz)::float8 * 1000,
      report.doc->>'playbook', (report.doc->>'playbookVersion')::int,
      ${keysWhere(`item->>'atMs' is not null and ${isOwn("item")}`)},
      ${keysWhere("item->>'atMs' is null and own.is_last")},
      array(select card->>'key' from jsonb_array_elements(report.doc->'cards') card where ${isOwn("card")} order by 1),
      coalesce(call.doc->>'disposition', ''),
      bad.at, bad.weight, good.at, good.weight, ${metricNames.map((name) => `metric."${name}"`).join(", ")}
    from ${changed} report
      cross join lateral (${rowsOfReport}) own
      cross join lateral jsonb_to_record(own.metrics) metric (${metricColumns.join(", ")})
      left join ${calls} call on call.id = substr(report.id, 8) and not call.deleted
      ${best(false)} ${best(true)}
    where not report.deleted and report.id like 'report:%' and report.doc->>'kind' = 'report'`;
}

/**
 * Whose figures a report has: the call's, and where several had it those of each, with the times in which they did
 * (`spans` null = always). What nobody did was left out by whoever had the call last, until its end.
 */
const rowsOfReport = `
  select case when jsonb_array_length(coalesce(report.doc->'parts', '[]')) = 0 then 'alone' else 'whole' end as row_of,
    report.doc->>'agentId' as agent_id, report.doc->'metrics' as metrics, null::jsonb as spans, true as is_last
  union all select 'part', part->>'agentId', part->'metrics', part->'spans', part->'spans' @> '[{"toMs": null}]'
  from jsonb_array_elements(coalesce(report.doc->'parts', '[]')) part`;

/** Whether something of the report with an `atMs` lies in these times. */
function isOwn(what: string): string {
  const atMs = `(${what}->>'atMs')::float8`;
  return `(own.spans is null or exists (select from jsonb_array_elements(own.spans) span
    where ${atMs} >= (span->>'fromMs')::float8 and (span->>'toMs' is null or ${atMs} < (span->>'toMs')::float8)))`;
}

/** A report that comes again takes the place of the one before. */
function takeReports(calls: string): string {
  return `create or replace function ringside_take_reports() returns trigger language plpgsql as $$ begin
    delete from ${callFacts} where call_id in (select substr(id, 8) from changed where id like 'report:%');
    insert into ${callFacts} (${columns}) ${factsOf("changed", calls)};
    return null; end $$`;
}

const dropReports = `create or replace function ringside_drop_reports() returns trigger language plpgsql as $$ begin
    delete from ${callFacts} where call_id in (select substr(id, 8) from changed where id like 'report:%');
    return null; end $$`;

/** How a call ended is often said after its report was made. */
const takeCalls = `create or replace function ringside_take_calls() returns trigger language plpgsql as $$ begin
    update ${callFacts} fact set disposition = said.disposition
    from (select id, case when deleted then '' else coalesce(doc->>'disposition', '') end as disposition from changed) said
    where fact.call_id = said.id and fact.disposition <> said.disposition;
    return null; end $$`;

/** One for each statement, not for each row: a page of a first sync is one call. */
export function triggersOf(table: string, name: string, run: { take: string; drop?: string }): string[] {
  const trigger = (event: string, rows: string, procedure: string) =>
    `create or replace trigger ringside_${name}_${event} after ${event} on ${table}
       referencing ${rows} table as changed for each statement execute function ${procedure}()`;
  return [
    trigger("insert", "new", run.take),
    trigger("update", "new", run.take),
    ...(run.drop ? [trigger("delete", "old", run.drop)] : []),
  ];
}
