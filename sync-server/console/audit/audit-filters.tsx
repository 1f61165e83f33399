import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { kindsOfDeed, noFilter, saySubject, type AuditFilterState } from "./audit-words.ts";
import styles from "./audit.module.css";

export function AuditFilters({
  filter,
  onChange,
  people,
  names,
}: {
  filter: AuditFilterState;
  onChange: (filter: AuditFilterState) => void;
  people: readonly { value: string; label: string }[];
  names: ReadonlyMap<string, string>;
}) {
  const set = (change: Partial<AuditFilterState>) => onChange({ ...filter, ...change });
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return (
    <div className={styles["filters"]} role="search" aria-label="Filter the log">
      {people.length > 0 && (
        <Select
          label="Who"
          hideLabel
          compact
          clearable
          placeholder="Anybody"
          value={filter.actorId}
          choices={people}
          onChange={(actorId) => set({ actorId })}
        />
      )}
      <Select
        label="What"
        hideLabel
        compact
        clearable
        placeholder="Anything"
        value={filter.action}
        choices={kindsOfDeed}
        onChange={(action) => set({ action })}
      />
      <DateField
        label="From"
        hideLabel
        compact
        placeholder="From any day"
        value={filter.fromDay}
        onChange={(fromDay) => set({ fromDay })}
      />
      <DateField
        label="Until"
        hideLabel
        compact
        placeholder="Until today"
        value={filter.toDay}
        onChange={(toDay) => set({ toDay })}
      />
      {filter.subject !== null && <span className="cut">On {saySubject(filter.subject, names)}</span>}
      {isFiltered && (
        <Button kind="quiet" onClick={() => onChange(noFilter)}>
          Show all
        </Button>
      )}
    </div>
  );
}
