import { createParameters } from "../live/parameters.ts";
import { nameOf, weigh } from "./adherence.ts";
import { callFacts } from "./call-facts.ts";
import { inPeriod, inScope, outcomeOf, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";

/** Without a key: of all calls of the playbook. */
type Counted = { playbook: string; key: string | null; calls: number; won: number };
export type CardOutcome = {
  outcomeWith: number | null;
  outcomeWithout: number | null;
  gain: number | null;
  unsure: boolean;
};

/**
 * What came of the calls of a playbook in which a card was due, and of those in which it was not. Each call counts once,
 * however often the card was due and however many had the call.
 * @returns of the card whose `nameOf` is asked for
 */
export async function readCardOutcomes(
  ports: InsightPorts,
  scope: InsightScope,
): Promise<(card: { playbook: string; key: string }) => CardOutcome> {
  const counted = new Map((await readCounts(ports, scope)).map((one) => [nameIn(one), one]));
  return (card) => {
    const all = counted.get(nameIn({ ...card, key: null }));
    const having = counted.get(nameIn(card));
    const { outcomeDone, outcomeSkipped, gain, unsure } = weigh({
      done: having?.calls ?? 0,
      skipped: (all?.calls ?? 0) - (having?.calls ?? 0),
      wonDone: having?.won ?? 0,
      wonSkipped: (all?.won ?? 0) - (having?.won ?? 0),
    });
    return { outcomeWith: outcomeDone, outcomeWithout: outcomeSkipped, gain, unsure };
  };
}

function nameIn({ playbook, key }: Pick<Counted, "playbook" | "key">): string {
  return key === null ? playbook : nameOf({ playbook, key });
}

function readCounts(ports: InsightPorts, scope: InsightScope): Promise<Counted[]> {
  const parameters = createParameters();
  const won = `disposition = ${parameters.add(outcomeOf(scope, ports.settings))}`;
  return ports.replica.reads.sql<Counted>(
    `select playbook, key, sum(calls)::int as calls, sum(won)::int as won
     from (select playbook, cards, count(*) as calls, count(*) filter (where ${won}) as won from ${callFacts}
       where ${inScope(scope, ports.replica, parameters)}
         and ${inPeriod(periodsOf(scope, ports).now, parameters)}
       group by 1, 2) alike,
       lateral (select distinct key from unnest(cards) key union all select null) card
     group by 1, 2`,
    parameters.values,
  );
}
