import {
  RecordingImport,
  RecordingImports,
  mostArchiveBytes,
} from "../../../shared/calls/recording-import-wire.ts";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { ErrorLine } from "../../../renderer/ui/display/error-line.tsx";
import { FileDrop, FileOnItsWay } from "../../../renderer/ui/fields/file-drop.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Column, Meaning, Page, Trouble } from "../parts/page.tsx";
import { sayState } from "./import-words.ts";
import { OpenImport } from "./open-import.tsx";
import styles from "./recordings.module.css";
import { importsPath, useArchive } from "./use-archive.ts";

/** Recordings of elsewhere: bring an archive, and what was brought before. */
export function RecordingsPage({ rest: [open] }: PageProps) {
  if (open !== undefined) return <OpenImport key={open} id={open} />;
  return (
    <Page crumbs={[{ label: "Recordings" }]}>
      <Column kind="main" label="Recordings">
        <Meaning>
          Calls that were recorded elsewhere come in with their transcripts: they stand in the call history,
          play beside what was said, and are reported on like any other call.
        </Meaning>
        <NewArchive />
        <Imports />
      </Column>
    </Page>
  );
}

function NewArchive() {
  const { sending, trouble, send, cancel } = useArchive();
  return (
    <div className={styles["archive"]}>
      {sending ? (
        <FileOnItsWay {...sending} does="sent">
          {sending.doneBytes >= sending.totalBytes ? (
            <p>It is being unpacked…</p>
          ) : (
            <Button kind="quiet" onClick={cancel}>
              Cancel
            </Button>
          )}
        </FileOnItsWay>
      ) : (
        <FileDrop
          title="Drop a ZIP archive of recordings here"
          note={`Sound of two channels, agent left, with a transcript of the same name as JSON or WebVTT; up to ${mostArchiveBytes / 1e9} GB. Nothing comes in before you have seen what would.`}
          label="ZIP archive"
          accept=".zip,application/zip"
          group="This page"
          onFile={send}
        />
      )}
      {trouble && <ErrorLine what={trouble} kept="Nothing came in." />}
    </div>
  );
}

function Imports() {
  const { value, error, reload } = useAnswer(importsPath, RecordingImports);
  const now = useNow();
  return (
    <>
      <Trouble error={error} onRetry={reload} />
      <DataTable
        label="Imports"
        rows={value?.imports}
        rowKey={({ id }) => id}
        rowTo={({ id }) => ["recordings", id]}
        faded={({ state }) => state === "undone"}
        columns={columnsFor(now)}
        empty="Nothing was brought in yet."
      />
    </>
  );
}

function columnsFor(now: Date): readonly DataColumn<RecordingImport>[] {
  return [
    { title: "Archive or folder", cell: ({ source }) => <bdi>{source}</bdi> },
    { title: "When", width: "168px", cell: ({ startedAt }) => dayAndTime(new Date(startedAt), now) },
    {
      title: "Recordings",
      width: "96px",
      align: "end",
      spare: true,
      cell: ({ total }) => (total === null ? "" : formatCount(total)),
    },
    { title: "State", width: "220px", cell: sayState },
  ];
}
