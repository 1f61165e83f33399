import { Search } from "lucide-react";
import { useState } from "react";
import { leadTimeline, type TimelineKind } from "../../../../shared/rpc/contract/leads.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Tabs } from "../../../ui/controls/tabs.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { ErrorLine } from "../../../ui/display/error-line.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { setTimelineKinds, useProfileState } from "./profile-state.ts";
import { groupByDay } from "./timeline-groups.ts";
import { TimelineLine } from "./timeline-line.tsx";
import styles from "./timeline.module.css";

const pageItems = 100;

const tabs: readonly { key: string; label: string; kinds: readonly TimelineKind[] }[] = [
  { key: "all", label: "All", kinds: [] },
  { key: "call", label: "Calls", kinds: ["call"] },
  { key: "note", label: "Notes", kinds: ["note"] },
  { key: "email", label: "E-mail", kinds: ["email", "message"] },
  { key: "task", label: "Tasks", kinds: ["task", "appointment"] },
  { key: "change", label: "Changes", kinds: ["change"] },
];

/** Everything that happened with a lead, newest first. */
export function Timeline({ lead, onNote }: { lead: Lead; onNote: () => void }) {
  const kinds = useProfileState((state) => state.kinds);
  const [search, setSearch] = useState<string | null>(null);
  const [limit, setLimit] = useState(pageItems);
  const input = { id: lead.id, kinds: [...kinds], search: search ?? "", limit };
  const { value, error } = useLive(leadTimeline, input);
  const now = useNow();
  const current = tabs.find((tab) => tab.kinds.join() === kinds.join())?.key ?? "all";
  return (
    <section className={styles["timeline"]} aria-label="Timeline">
      <div className={styles["bar"]}>
        <Tabs
          label="What to show"
          value={current}
          onChange={(key) => setTimelineKinds(tabs.find((tab) => tab.key === key)?.kinds ?? [])}
          tabs={tabs.map((tab) => ({ ...tab, count: value && countOf(tab.kinds, value.counts) }))}
        />
        <Find search={search} onSearch={setSearch} />
      </div>
      {error && <ErrorLine what={error.message} kept="What is shown is from before." />}
      {value &&
        groupByDay(value.items, now).map((group) => (
          <section key={group.heading} className={styles["day"]}>
            <h3>{group.heading}</h3>
            {group.items.map((item) => (
              <TimelineLine key={item.id} item={item} lead={lead} now={now} />
            ))}
          </section>
        ))}
      {value?.items.length === 0 && (
        <NothingYet searching={Boolean(search) || kinds.length > 0} onNote={onNote} />
      )}
      {value?.more && (
        <Button kind="quiet" onClick={() => setLimit(Math.min(500, limit + pageItems))}>
          Show older
        </Button>
      )}
    </section>
  );
}

/** All is the sum: a kind that has no tab still counts. */
function countOf(kinds: readonly TimelineKind[], counts: Record<string, number>): number {
  const counted = kinds.length === 0 ? Object.keys(counts) : kinds;
  return counted.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}

function Find({ search, onSearch }: { search: string | null; onSearch: (text: string | null) => void }) {
  if (search === null) {
    return (
      <Button kind="quiet" size="small" icon={Search} onClick={() => onSearch("")}>
        Find
      </Button>
    );
  }
  return (
    <div className={styles["find"]}>
      <TextInput
        label="Find in the timeline"
        hideLabel
        compact
        icon={Search}
        placeholder="Find in the timeline"
        ref={(input) => input?.focus()}
        value={search}
        onChange={onSearch}
        onKeyDown={(event) => {
          if (event.key === "Escape") onSearch(null);
        }}
      />
    </div>
  );
}

function NothingYet({ searching, onNote }: { searching: boolean; onNote: () => void }) {
  return (
    <div className={styles["nothing"]}>
      {searching ? (
        <EmptyState>Nothing of this kind.</EmptyState>
      ) : (
        <EmptyState>
          Nothing has happened yet.{" "}
          <Button kind="link" onClick={onNote}>
            Write a note
          </Button>
        </EmptyState>
      )}
    </div>
  );
}
