import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { Phone } from "../../../renderer/ui/display/phone.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import {
  ListedEntries,
  outboundPaths,
  type CallListState,
  type EntriesQuery,
  type ListedEntry,
} from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { People } from "../../admin/wire.ts";
import { belowApi, useAnswer, useKept } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import { DataTable } from "../parts/data-table.tsx";
import { Trouble } from "../parts/page.tsx";
import { lastOffset, sayAttempts, sayEntry } from "./entry-words.ts";
import styles from "./phone.module.css";

type Show = EntriesQuery["show"];
const pageSize = 50;

/** Who stands in a list, a page at a time. */
export function EntryTable({ list, state }: { list: CallList; state: CallListState | undefined }) {
  const [show, setShow] = useState<Show>("open");
  const [offset, setOffset] = useState(0);
  const path = belowApi(outboundPaths.entries(list.key));
  const answer = useAnswer(`${path}?show=${show}&offset=${offset}&limit=${pageSize}`, ListedEntries);
  const value = useKept(answer.value);
  // Whoever stood on the last page alone was taken out, or called.
  if (value && offset > lastOffset(value.total, pageSize)) setOffset(lastOffset(value.total, pageSize));
  return (
    <>
      <div className={styles["shown"]}>
        <Segmented<Show>
          label="Who is shown"
          value={show}
          onChange={(next) => {
            setShow(next);
            setOffset(0);
          }}
          segments={[
            { value: "open", label: "To be called" },
            { value: "done", label: "Done" },
          ]}
        />
        {value && <Pages offset={offset} total={value.total} onTurn={setOffset} />}
      </div>
      <Trouble error={answer.error} onRetry={answer.reload} />
      <Entries
        entries={value?.entries}
        list={list}
        empty={
          show === "done" || (state && state.counts.reached > 0)
            ? "Nobody."
            : "Nobody yet. Agents and managers add people from the desk’s lists."
        }
      />
    </>
  );
}

function Entries({
  entries,
  list,
  empty,
}: {
  entries: readonly ListedEntry[] | undefined;
  list: CallList;
  empty: string;
}) {
  const now = useNow();
  const nameOf = useNames();
  const remove = useRemove(list);
  return (
    <DataTable
      label={`People of ${list.label}`}
      rows={entries}
      rowKey={({ entryId }) => entryId}
      empty={empty}
      columns={[
        { title: "Name", cell: ({ leadName }) => <bdi>{leadName}</bdi> },
        { title: "Company", spare: true, cell: ({ company }) => <bdi>{company}</bdi> },
        { title: "Number", width: "152px", cell: ({ number }) => <Phone number={number} /> },
        { title: "State", width: "210px", cell: (entry) => sayEntry(entry.now, now, nameOf) },
        { title: "Tried", width: "200px", cell: (entry) => sayAttempts(entry, now) },
        {
          title: "Added",
          width: "110px",
          spare: true,
          cell: ({ addedAt }) => dayAndTime(new Date(addedAt), now),
        },
        {
          title: "Actions",
          width: "90px",
          align: "end",
          cell: (entry) =>
            entry.now.state !== "calling" &&
            entry.now.state !== "done" && (
              <Button
                kind="quiet"
                size="small"
                aria-label={`Remove ${entry.leadName}`}
                onClick={() => void remove(entry)}
              >
                Remove
              </Button>
            ),
        },
      ]}
    />
  );
}

function useNames(): (userId: string) => string {
  const people = useAnswer("/people", People).value?.people ?? [];
  return (userId) => people.find((one) => one.userId === userId)?.name ?? "an agent";
}

/** Takes somebody out of the list; undone, they begin anew in it. */
function useRemove({ key, label }: CallList) {
  const change = useChange();
  return ({ leadId, leadName, priority }: ListedEntry) =>
    change({
      request: {
        method: "POST",
        path: belowApi(outboundPaths.remove(key)),
        body: { leadIds: [leadId] },
      },
      undo: [
        {
          method: "POST",
          path: belowApi(outboundPaths.entries(key)),
          body: { leadIds: [leadId], priority, scheduledAt: null },
        },
      ],
      said: `${leadName} is not called from “${label}” any more.`,
      touches: [belowApi(outboundPaths.lists)],
    });
}

function Pages({
  offset,
  total,
  onTurn,
}: {
  offset: number;
  total: number;
  onTurn: (offset: number) => void;
}) {
  if (total === 0) return null;
  const last = Math.min(offset + pageSize, total);
  return (
    <span className={styles["pages"]}>
      <span>
        {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(total)}
      </span>
      <Button size="small" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - pageSize))}>
        Before
      </Button>
      <Button size="small" disabled={last >= total} onClick={() => onTurn(offset + pageSize)}>
        Next
      </Button>
    </span>
  );
}
