import type { ReactNode } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { Select, type SelectProps } from "../../../renderer/ui/fields/select.tsx";
import { filterQuery, type DayFilter } from "./day-filter.ts";
import styles from "./filter-bar.module.css";

/** Narrows a log down: what it can be asked for, the days, and a way back to all of it. */
export function FilterBar<Filter extends DayFilter>({
  label,
  filter,
  none,
  onChange,
  children,
}: {
  label: string;
  filter: Filter;
  /** The filter that leaves nothing out. */
  none: Filter;
  onChange: (filter: Filter) => void;
  children: ReactNode;
}) {
  return (
    <div className={styles["filters"]} role="search" aria-label={label}>
      {children}
      <DateField
        label="From"
        hideLabel
        compact
        placeholder="From any day"
        value={filter.fromDay}
        onChange={(fromDay) => onChange({ ...filter, fromDay })}
      />
      <DateField
        label="Until"
        hideLabel
        compact
        placeholder="Until today"
        value={filter.toDay}
        onChange={(toDay) => onChange({ ...filter, toDay })}
      />
      {filterQuery(filter) !== "" && (
        <Button kind="quiet" onClick={() => onChange(none)}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** One of several, or any. @param placeholder what "any" is called */
export function FilterSelect(
  props: Pick<SelectProps, "label" | "placeholder" | "value" | "choices" | "onChange">,
) {
  return <Select {...props} hideLabel compact clearable />;
}
