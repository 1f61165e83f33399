import type { callStatistics } from "../../../shared/rpc/contract/phone.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { addDays, dayOf, startOfDay } from "../../../shared/time/zone.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { createParameters } from "../live/parameters.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";

type Statistics = OutputOf<typeof callStatistics>;
type Sums = Omit<Statistics, "perDay" | "dispositions">;

/** Sums of the last days, today included, in the tenant's calendar. Talk time runs from answer to end, less holds. */
export function createCallStatistics(
  replica: Replica,
  settings: TenantSettings,
  clock: Clock,
  onMinute: (rerun: () => void) => () => void,
): QueryHandler<typeof callStatistics> {
  return liveQuery<typeof callStatistics>(
    { reads: replica.reads },
    {
      dependsOn: ["calls", "settings"],
      alsoOn: onMinute,
      read: (input) => readStatistics(replica, settings.business().timeZone, clock, input),
    },
  );
}

async function readStatistics(
  { reads, me }: Replica,
  zone: string,
  clock: Clock,
  { days, agent }: ParsedInputOf<typeof callStatistics>,
): Promise<Statistics> {
  const today = dayOf(clock.now(), zone);
  const first = addDays(today, 1 - days);
  const parameters = createParameters();
  const since = parameters.add(new Date(startOfDay(first, zone)).toISOString());
  const who = agent === "me" ? me.userId : agent;
  const ofAgent = who === null ? "true" : `doc->>'agentId' = ${parameters.add(who)}`;
  const calls = `${reads.table("calls")} where not deleted and doc->>'startedAt' >= ${since} and ${ofAgent}`;
  const [sums] = await reads.sql<Sums>(`select ${sumsSql} from ${calls}`, parameters.values);
  const dispositions = await reads.sql<{ key: string; calls: number }>(
    `select doc->>'disposition' as key, count(*)::int as calls from ${calls} and doc->>'disposition' <> ''
     group by 1 order by 2 desc, 1`,
    parameters.values,
  );
  const zoned = `((doc->>'startedAt')::timestamptz at time zone ${parameters.add(zone)})::date::text`;
  const perDay = await reads.sql<Statistics["perDay"][number]>(
    `select ${zoned} as day, ${daySql} from ${calls} group by 1`,
    parameters.values,
  );
  return { ...(sums ?? noSums), dispositions, perDay: everyDay(first, days, perDay) };
}

const answered = "doc->>'answeredAt' is not null";
const missed = "doc->>'direction' = 'inbound' and doc->>'answeredAt' is null and doc->>'endedAt' is not null";
const msBetween = (from: string, to: string) =>
  `extract(epoch from (doc->>'${to}')::timestamptz - (doc->>'${from}')::timestamptz)::float8 * 1000`;
/** Null for calls that nobody answered, or that have not ended. */
const talkMs = `greatest(0, ${msBetween("answeredAt", "endedAt")} - coalesce((doc->'line'->>'holdMs')::float8, 0))`;

const sumsSql = `count(*)::int as total,
  count(*) filter (where doc->>'direction' = 'inbound')::int as inbound,
  count(*) filter (where ${answered})::int as answered,
  count(*) filter (where ${missed})::int as missed,
  coalesce(sum(${talkMs}) filter (where ${answered} and doc->>'endedAt' is not null), 0)::float8 as "talkMs",
  coalesce(avg(${talkMs}) filter (where ${answered} and doc->>'endedAt' is not null), 0)::float8 as "averageTalkMs",
  avg(${msBetween("startedAt", "answeredAt")})
    filter (where ${answered} and doc->>'direction' = 'inbound')::float8 as "averageAnswerMs"`;

const daySql = `count(*) filter (where doc->>'direction' = 'inbound')::int as inbound,
  count(*) filter (where doc->>'direction' = 'outbound')::int as outbound,
  count(*) filter (where ${missed})::int as missed`;

const noSums: Sums = {
  total: 0,
  inbound: 0,
  answered: 0,
  missed: 0,
  talkMs: 0,
  averageTalkMs: 0,
  averageAnswerMs: null,
};

function everyDay(first: string, days: number, found: Statistics["perDay"]): Statistics["perDay"] {
  const byDay = new Map(found.map((row) => [row.day, row]));
  return Array.from({ length: days }, (_, index) => {
    const day = addDays(first, index);
    return byDay.get(day) ?? { day, inbound: 0, outbound: 0, missed: 0 };
  });
}
