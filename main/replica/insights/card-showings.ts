import { isShowing } from "./notes.ts";
import { triggersOf } from "./call-facts.ts";

/** The table of showings: one narrow row for each time that a card was shown. */
export const cardShowings = "ringside_card_showing";

/**
 * Kept beside the records as facts are (call-facts.ts), and for the same reason: to look into the records of 80,000
 * showings takes half a second.
 * @param insights quoted table of the collection
 */
export function cardShowingStatements(insights: string): string[] {
  return [
    `drop table if exists ${cardShowings}`,
    `create table ${cardShowings} (id text primary key, call_id text not null, agent_id text, playbook text not null,
       key text not null, dismissed bool not null)`,
    takeShowings,
    dropShowings,
    ...triggersOf(insights, "showings", { take: "ringside_take_showings", drop: "ringside_drop_showings" }),
    `insert into ${cardShowings} ${showingsOf(insights)}`,
  ];
}

/** Ids are chosen by whoever writes: one of another kind, or of no call, must not keep the rest from being written. */
function showingsOf(changed: string): string {
  return `select id, doc->>'callId', doc->>'agentId', doc->>'playbook', doc->>'card',
      doc->>'state' is not distinct from 'dismissed'
    from ${changed} where ${isShowing} and not deleted and doc->>'kind' = 'card-shown'
      and num_nulls(doc->>'callId', doc->>'playbook', doc->>'card') = 0`;
}

const forget = `delete from ${cardShowings} where id in (select id from changed where ${isShowing})`;

/** One that comes again takes the place of the one before. */
const takeShowings = `create or replace function ringside_take_showings() returns trigger language plpgsql as $$ begin
    ${forget};
    insert into ${cardShowings} ${showingsOf("changed")};
    return null; end $$`;

const dropShowings = `create or replace function ringside_drop_showings() returns trigger language plpgsql as $$ begin
    ${forget};
    return null; end $$`;
