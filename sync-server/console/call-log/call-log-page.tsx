import { PhoneIncoming, PhoneMissed, PhoneOutgoing } from "lucide-react";
import { useMemo, useState } from "react";
import { Icon, type IconType } from "../../../renderer/ui/display/icon.tsx";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { dayAndTimeExact, shortDate } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { otherNumber } from "../../../shared/calls/call.ts";
import { CallLog } from "../../admin/telephony/wire.ts";
import { Dispositions, People, Queues } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { usePages, type Paged } from "../api/use-pages.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, ShowMore, type DataColumn } from "../parts/data-table.tsx";
import { filterQuery } from "../parts/day-filter.ts";
import { LiveNote } from "../parts/live-note.tsx";
import { Column, Meaning, Page, Trouble } from "../parts/page.tsx";
import { CallFilters } from "./call-filters.tsx";
import { CallDetail } from "./call-detail.tsx";
import { noFilter, sayOther, sayOutcome, type Call } from "./call-words.ts";
import styles from "./call-log.module.css";

const here = ["call-log"];
const log: Paged<typeof CallLog, Call> = {
  path: "/telephony/call-log",
  answer: CallLog,
  keyOf: ({ id }) => id,
  read: ({ calls, next, searchedSince }) => ({ rows: calls, next, searchedSince }),
};

const renewEveryMs = 2_000;
// What a filter looks for may be in few of many calls, all of which are read for it.
const renewFilteredEveryMs = 10_000;

/** Every call, newest first, as it is now; one of them with everything that was ever said of it. */
export function CallLogPage({ rest: [open] }: PageProps) {
  const [filter, setFilter] = useState(noFilter);
  const query = filterQuery(filter);
  const { rows, next, searchedSince, error, reload, renew, loadOlder } = usePages(log, query);
  useAskEvery(query === "" ? renewEveryMs : renewFilteredEveryMs, renew);
  const names = useNames();
  const now = useNow();
  return (
    <Page crumbs={[{ label: "Call log" }]} note={<LiveNote isLive={error === null} />}>
      <Column kind="main" label="Call log">
        <CallFilters filter={filter} onChange={setFilter} people={names.agents} />
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="Calls"
          rows={rows}
          rowKey={log.keyOf}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          columns={columnsFor(names)}
          empty={
            query === ""
              ? "No call yet. Whatever desks and carriers say of calls will stand here."
              : "No call fits this filter."
          }
          foot={
            next === null && searchedSince !== null ? (
              <Meaning>
                Calls before {shortDate(new Date(searchedSince), now)} were not searched. Choose days to look
                further back.
              </Meaning>
            ) : (
              <ShowMore label="Show older calls" onMore={next === null ? null : () => void loadOlder()} />
            )
          }
        />
      </Column>
      {open && <CallDetail key={open} id={open} names={names} closeTo={here} />}
    </Page>
  );
}

type Named = ReturnType<typeof useNames>;

/** What people, queues and dispositions are called. */
function useNames() {
  const people = useAnswer("/people", People).value?.people;
  const queues = useAnswer("/queues", Queues).value?.queues;
  const dispositions = useAnswer("/dispositions", Dispositions).value?.dispositions;
  return useMemo(
    () => ({
      agents: (people ?? []).map(({ userId, name }) => ({ value: userId as string, label: name })),
      people: new Map<string, string>(people?.map(({ userId, name }) => [userId, name])),
      queues: new Map(queues?.map(({ key, label }) => [key, label])),
      dispositions: new Map(dispositions?.map(({ key, label }) => [key, label])),
    }),
    [people, queues, dispositions],
  );
}

function columnsFor({ people, dispositions }: Named): readonly DataColumn<Call>[] {
  return [
    {
      title: "When",
      width: "168px",
      cell: (call) => (
        <span className={styles["when"]}>
          <Icon of={iconOf(call)} size={14} />
          {dayAndTimeExact(new Date(call.startedAt), new Date())}
        </span>
      ),
    },
    { title: "With", cell: sayOther },
    {
      title: "Number",
      width: "152px",
      cell: (call) => formatPhone(otherNumber(call)),
    },
    { title: "Agent", width: "116px", cell: ({ agentId }) => people.get(agentId ?? "") ?? "" },
    { title: "Outcome", width: "116px", cell: sayOutcome },
    {
      title: "Disposition",
      width: "140px",
      spare: true,
      cell: ({ disposition }) => dispositions.get(disposition) ?? disposition,
    },
  ];
}

function iconOf({ direction, answeredAt, endReason }: Call): IconType {
  if (direction === "outbound") return PhoneOutgoing;
  return answeredAt === null && endReason !== "" ? PhoneMissed : PhoneIncoming;
}
