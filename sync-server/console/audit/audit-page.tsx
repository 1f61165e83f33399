import { ChevronDown, ChevronRight, Download } from "lucide-react";
import { useMemo, useState } from "react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { dayAndTimeExact } from "../../../renderer/ui/format/times.ts";
import { AuditEntries, Devices, People, Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { usePages, type Paged } from "../api/use-pages.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, ShowMore, type DataColumn } from "../parts/data-table.tsx";
import { filterQuery } from "../parts/day-filter.ts";
import { Column, Page, Trouble } from "../parts/page.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { EntryDetails } from "./entry-details.tsx";
import { noFilter, sayActor, sayDeed, type Entry } from "./audit-words.ts";
import { saySubject } from "./subject-words.ts";
import styles from "./audit.module.css";

const log: Paged<typeof AuditEntries, Entry> = {
  path: "/audit",
  answer: AuditEntries,
  keyOf: ({ id }) => String(id),
  read: ({ entries, next }) => ({ rows: entries, next }),
};

/** Who did what, newest first. Admins read names of people, teams and devices; operators have none to read. */
export function AuditPage({ session }: PageProps) {
  return session.role === "admin" ? <NamedAudit /> : <Audit names={noNames} people={[]} />;
}

const noNames: ReadonlyMap<string, string> = new Map();

function NamedAudit() {
  const people = useAnswer("/people", People).value?.people;
  const teams = useAnswer("/teams", Teams).value?.teams;
  const devices = useAnswer("/devices", Devices).value?.devices;
  const names = useMemo(
    () =>
      new Map<string, string>([
        ...(people ?? []).map(({ userId, name }) => [userId, name] as const),
        ...(devices ?? []).map(({ id, name }) => [id, name] as const),
        ...(teams ?? []).map(({ id, name }) => [id, name] as const),
      ]),
    [people, teams, devices],
  );
  const actors = (people ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
  return <Audit names={names} people={actors} />;
}

function Audit({
  names,
  people,
}: {
  names: ReadonlyMap<string, string>;
  people: readonly { value: string; label: string }[];
}) {
  const [filter, setFilter] = useState(noFilter);
  const [about, setAbout] = useState("");
  const [opened, setOpened] = useState<number | null>(null);
  const query = filterQuery(filter);
  const { rows, next, error, reload, loadOlder } = usePages(log, query);
  const toggle = (id: number) => setOpened((was) => (was === id ? null : id));
  return (
    <Page
      crumbs={[{ label: "Audit log" }]}
      action={
        <a
          className={styles["export"]}
          href={`/api/v1/audit.csv${query && `?${query}`}`}
          download="audit.csv"
        >
          <Download size={16} strokeWidth={1.35} aria-hidden /> Download CSV
        </a>
      }
    >
      <Column kind="main" label="Audit log">
        <AuditFilters filter={filter} onChange={setFilter} people={people} about={about} />
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="What was done"
          rows={rows}
          rowKey={({ id }) => String(id)}
          columns={columnsFor(opened, toggle)}
          onPoint={({ id }) => toggle(id)}
          more={(entry) =>
            entry.id === opened && (
              <EntryDetails
                entry={entry}
                names={names}
                onFollow={() => {
                  setAbout(saySubject(entry));
                  setFilter({ ...noFilter, subject: entry.subject });
                }}
              />
            )
          }
          empty={query === "" ? "Nothing was done yet." : "Nothing fits this filter."}
          foot={
            <ShowMore label="Show older entries" onMore={next === null ? null : () => void loadOlder()} />
          }
        />
      </Column>
    </Page>
  );
}

function columnsFor(opened: number | null, toggle: (id: number) => void): readonly DataColumn<Entry>[] {
  return [
    {
      title: "When",
      width: "188px",
      cell: ({ id, at }) => (
        <span className={styles["when"]}>
          <IconButton
            size="small"
            icon={opened === id ? ChevronDown : ChevronRight}
            label={opened === id ? "Hide details" : "Show details"}
            aria-expanded={opened === id}
            onClick={() => toggle(id)}
          />
          {dayAndTimeExact(new Date(at), new Date())}
        </span>
      ),
    },
    { title: "Who", cell: sayActor },
    { title: "What", cell: ({ action }) => <span title={action}>{sayDeed(action)}</span> },
    { title: "On", cell: saySubject },
    { title: "From", width: "124px", spare: true, cell: ({ ip }) => ip ?? "" },
  ];
}
