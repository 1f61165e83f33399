import { Search } from "lucide-react";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { FilterBar, FilterSelect } from "../parts/filter-bar.tsx";
import { noFilter, outcomes, type CallFilterState } from "./call-words.ts";

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
  const choice = (key: "direction" | "outcome" | "agentId", label: string, placeholder: string) => ({
    ...{ label, placeholder, value: filter[key] },
    onChange: (value: string | null) => onChange({ ...filter, [key]: value }),
  });
  return (
    <FilterBar label="Filter the calls" filter={filter} none={noFilter} onChange={onChange}>
      <TextInput
        label="Search"
        hideLabel
        compact
        icon={Search}
        placeholder="A number, or a name"
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
      <FilterSelect {...choice("direction", "Direction", "Both ways")} choices={directions} />
      <FilterSelect {...choice("outcome", "Outcome", "Any outcome")} choices={outcomes} />
      <FilterSelect {...choice("agentId", "Agent", "Anybody")} choices={people} />
    </FilterBar>
  );
}
