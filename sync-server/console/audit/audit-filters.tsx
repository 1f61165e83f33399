import { FilterBar, FilterSelect } from "../parts/filter-bar.tsx";
import { kindsOfDeed, noFilter, type AuditFilterState } from "./audit-words.ts";

export function AuditFilters({
  filter,
  onChange,
  people,
  about,
}: {
  filter: AuditFilterState;
  onChange: (filter: AuditFilterState) => void;
  people: readonly { value: string; label: string }[];
  /** What the filter's subject is called. */
  about: string;
}) {
  const set = (change: Partial<AuditFilterState>) => onChange({ ...filter, ...change });
  return (
    <FilterBar label="Filter the log" filter={filter} none={noFilter} onChange={onChange}>
      {people.length > 0 && (
        <FilterSelect
          label="Who"
          placeholder="Anybody"
          value={filter.actorId}
          choices={people}
          onChange={(actorId) => set({ actorId })}
        />
      )}
      <FilterSelect
        label="What"
        placeholder="Anything"
        value={filter.action}
        choices={kindsOfDeed}
        onChange={(action) => set({ action })}
      />
      {filter.subject !== null && <span className="cut">On {about}</span>}
    </FilterBar>
  );
}
