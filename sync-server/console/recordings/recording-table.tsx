import { useMemo, useState } from "react";
import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { dayAndTime, formatDuration } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import {
  ImportedRecordings,
  type RecordingImport,
  type Verdict,
} from "../../../shared/calls/recording-import-wire.ts";
import { People } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useKeyset } from "../api/use-keyset.ts";
import { DataTable, ShowMore, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Bar, Trouble } from "../parts/page.tsx";
import { shownVerdicts, verdictNames } from "./import-words.ts";
import styles from "./recordings.module.css";
import { importsPath } from "./use-archive.ts";

type Recording = ImportedRecordings["recordings"][number];

/** The recordings of an import, a tab for each thing that can become of them. */
export function RecordingTable({ one }: { one: RecordingImport }) {
  const shown = shownVerdicts(one);
  const [chosen, setChosen] = useState<Verdict | null>(null);
  const verdict = chosen !== null && shown.includes(chosen) ? chosen : (shown[0] ?? "refused");
  return (
    <>
      <Bar>
        <Tabs<Verdict>
          label="What becomes of them"
          value={verdict}
          onChange={setChosen}
          tabs={shown.map((key) => ({ key, label: verdictNames[key], count: one.counts[key] }))}
        />
      </Bar>
      {/* Anew as more are looked at: a page that was asked for early has others behind it. */}
      <Recordings key={`${verdict} ${one.counts[verdict]}`} id={one.id} verdict={verdict} />
    </>
  );
}

function Recordings({ id, verdict }: { id: string; verdict: Verdict }) {
  const path = `${importsPath}/${id}/recordings?verdict=${verdict}`;
  const { pages, error, reload, loadMore } = useKeyset(path, ImportedRecordings);
  const people = useAnswer("/people", People).value?.people;
  const names = useMemo(
    () => new Map<string, string>(people?.map(({ userId, name }) => [userId, name])),
    [people],
  );
  const now = useNow();
  return (
    <>
      <Trouble error={error} onRetry={reload} />
      <DataTable
        label={verdictNames[verdict]}
        rows={pages.length > 0 ? pages.flatMap(({ recordings }) => recordings) : undefined}
        rowKey={({ place }) => String(place)}
        columns={verdict === "taken" ? callColumns(names, now) : plainColumns}
        empty={verdict === "refused" ? "None: everything in it can be read." : "None."}
        foot={<ShowMore label="Show more" onMore={loadMore} />}
      />
    </>
  );
}

const plainColumns: readonly DataColumn<Recording>[] = [
  { title: "Recording", width: "40%", cell: ({ name }) => <bdi>{name}</bdi> },
  { title: "Why", cell: ({ verdict, why }) => <bdi className={styles["why"]}>{why || saidOf[verdict]}</bdi> },
];

const saidOf: Record<Verdict, string> = {
  ready: "",
  unnamed: "does not say whose call it was",
  known: "is a call already",
  refused: "",
  taken: "",
};

function callColumns(names: ReadonlyMap<string, string>, now: Date): readonly DataColumn<Recording>[] {
  return [
    {
      title: "Call",
      width: "168px",
      cell: ({ call }) =>
        call ? (
          <Link to={["call-log", call.id]}>{dayAndTime(new Date(call.startedAt), now)}</Link>
        ) : (
          "Deleted since"
        ),
    },
    { title: "With", cell: ({ call }) => call && <bdi>{call.leadName || "Nobody known"}</bdi> },
    { title: "Agent", width: "140px", cell: ({ call }) => names.get(call?.agentId ?? "") ?? "" },
    {
      title: "Length",
      width: "80px",
      align: "end",
      cell: ({ call }) => call && formatDuration(call.durationMs / 1_000),
    },
    { title: "Recording", spare: true, cell: ({ name }) => <bdi>{name}</bdi> },
  ];
}
