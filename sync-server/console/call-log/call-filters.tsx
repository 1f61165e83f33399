import { Search } from "lucide-react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { noFilter, outcomes, type CallFilterState } from "./call-words.ts";
import styles from "./call-log.module.css";

const directions = [
  { value: "inbound", label: "Came in" },
  { value: "outbound", label: "Went out" },
];

export function CallFilters({
  filter,
  onChange,
  people,
}: {
  filter: CallFilterState;
  onChange: (filter: CallFilterState) => void;
  people: readonly { value: string; label: string }[];
}) {
  const set = (change: Partial<CallFilterState>) => onChange({ ...filter, ...change });
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(noFilter);
  const choice = (key: "direction" | "outcome" | "agentId", label: string, placeholder: string) => ({
    ...{ label, placeholder, hideLabel: true, compact: true, clearable: true },
    value: filter[key],
    onChange: (value: string | null) => set({ [key]: value }),
  });
  return (
    <div className={styles["filters"]} role="search" aria-label="Filter the calls">
      <TextInput
        label="Search"
        hideLabel
        compact
        icon={Search}
        placeholder="A number, or a name"
        value={filter.search}
        onChange={(search) => set({ search })}
      />
      <Select {...choice("direction", "Direction", "Both ways")} choices={directions} />
      <Select {...choice("outcome", "Outcome", "Any outcome")} choices={outcomes} />
      <Select {...choice("agentId", "Agent", "Anybody")} choices={people} />
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
      {isFiltered && (
        <Button kind="quiet" onClick={() => onChange(noFilter)}>
          Show all
        </Button>
      )}
    </div>
  );
}
