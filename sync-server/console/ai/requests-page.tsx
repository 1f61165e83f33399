import { useState } from "react";
import { dayAndTimeExact, shortDate } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { AiRequestLines, AiRetention, type AiRequestLine } from "../../admin/ai/wire.ts";
import { People } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { usePages, type Paged } from "../api/use-pages.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, ShowMore, type DataColumn } from "../parts/data-table.tsx";
import { filterQuery } from "../parts/day-filter.ts";
import { FilterBar, FilterSelect } from "../parts/filter-bar.tsx";
import { Link } from "../parts/link.tsx";
import { Column, Meaning, Page, Trouble } from "../parts/page.tsx";
import { KeepDetail, keepPlace } from "./keep-detail.tsx";
import { RequestDetail } from "./request-detail.tsx";
import { isTrouble, noFilter, outcomes, sayResult, sayUse, type RequestFilter } from "./request-words.ts";
import { limitedFeatures, sayCost, sayFeature } from "./words.ts";
import styles from "./ai.module.css";

const here = ["ai-requests"];
const paged: Paged<typeof AiRequestLines, AiRequestLine> = {
  path: "/ai/requests",
  answer: AiRequestLines,
  keyOf: ({ id }) => id,
  read: ({ requests, next, searchedSince }) => ({ rows: requests, next, searchedSince }),
};

/** Who asked a model what for, and what came of it: nothing of what was asked or answered is kept. */
export function RequestsPage({ rest: [open] }: PageProps) {
  const [filter, setFilter] = useState(noFilter);
  const query = filterQuery(filter);
  const { rows, next, searchedSince, error, reload, loadOlder } = usePages(paged, query);
  const people = useAnswer("/people", People).value?.people ?? [];
  const kept = useAnswer("/ai/retention", AiRetention).value;
  const now = useNow();
  const nameOf = (userId: string | null) =>
    userId === null
      ? "The server"
      : (people.find((one) => one.userId === userId)?.name ?? "Somebody who left");
  return (
    <Page
      crumbs={[{ label: "AI requests", to: here }]}
      note={
        kept && <Link to={keepPlace}>{`Kept for ${kept.requestDays ?? kept.server.requestDays} days`}</Link>
      }
    >
      <Column kind="main" label="AI requests">
        <RequestFilters
          filter={filter}
          onChange={setFilter}
          people={people.map(({ userId, name }) => ({ value: userId, label: name }))}
        />
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="AI requests"
          rows={rows}
          rowKey={paged.keyOf}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          columns={columnsAt(now, nameOf)}
          empty={
            query === ""
              ? "Nobody has asked anything yet. Each request stands here, and nothing of what it said."
              : "No request fits this filter."
          }
          foot={
            next === null && searchedSince !== null ? (
              <Meaning>
                Requests before {shortDate(new Date(searchedSince), now)} were not searched. Choose days to
                look further back.
              </Meaning>
            ) : (
              <ShowMore label="Show older requests" onMore={next === null ? null : () => void loadOlder()} />
            )
          }
        />
      </Column>
      {open === keepPlace[1] && <KeepDetail closeTo={here} />}
      {open && open !== keepPlace[1] && <RequestDetail key={open} id={open} nameOf={nameOf} closeTo={here} />}
    </Page>
  );
}

function RequestFilters({
  filter,
  onChange,
  people,
}: {
  filter: RequestFilter;
  onChange: (filter: RequestFilter) => void;
  people: readonly { value: string; label: string }[];
}) {
  const choice = (key: "userId" | "feature" | "outcome", label: string, placeholder: string) => ({
    ...{ label, placeholder, value: filter[key] },
    onChange: (value: string | null) => onChange({ ...filter, [key]: value }),
  });
  return (
    <FilterBar label="Filter the requests" filter={filter} none={noFilter} onChange={onChange}>
      <FilterSelect {...choice("userId", "Who", "Anybody")} choices={people} />
      <FilterSelect {...choice("feature", "Feature", "Any feature")} choices={limitedFeatures} />
      <FilterSelect {...choice("outcome", "Outcome", "Any outcome")} choices={outcomes} />
    </FilterBar>
  );
}

function columnsAt(
  now: Date,
  nameOf: (userId: string | null) => string,
): readonly DataColumn<AiRequestLine>[] {
  return [
    { title: "When", width: "148px", cell: ({ askedAt }) => dayAndTimeExact(new Date(askedAt), now) },
    { title: "Who", cell: ({ userId }) => <span className="cut">{nameOf(userId)}</span> },
    { title: "Feature", width: "140px", cell: ({ feature }) => sayFeature(feature) },
    {
      title: "Model",
      spare: true,
      cell: ({ model }) => <span className="cut">{model || "Ringside's rules"}</span>,
    },
    { title: "Used", width: "164px", align: "end", spare: true, cell: sayUse },
    { title: "Cost", width: "84px", align: "end", cell: ({ cost }) => (cost === 0 ? "" : sayCost(cost)) },
    {
      title: "Outcome",
      width: "208px",
      cell: (line) => (
        <span className={styles["result"]} data-trouble={isTrouble(line) || undefined}>
          {sayResult(line)}
        </span>
      ),
    },
  ];
}
