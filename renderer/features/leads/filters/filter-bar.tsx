import { ArrowDownWideNarrow, ArrowUpNarrowWide, Columns3, Plus } from "lucide-react";
import { useState } from "react";
import type { Filter } from "../../../../shared/entities/setting.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Chip } from "../../../ui/controls/chip.tsx";
import { Picker } from "../../../ui/fields/picker.tsx";
import { Menu, MenuDivider, MenuItem } from "../../../ui/floating/menu.tsx";
import { Popover } from "../../../ui/floating/popover.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { sortedBy } from "../list/sorting.ts";
import { sortableFields, type LeadField } from "../model/lead-fields.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { ColumnsChooser } from "./columns-chooser.tsx";
import { FilterEditor } from "./filter-editor.tsx";
import { opWords, startFilter } from "./filter-model.ts";
import { filterValueWords } from "./filter-words.ts";
import styles from "./filters.module.css";

/** What a view shows: filters as sentences, the order, the columns. */
export function FilterBar({ list, children }: { list: LeadListModel; children?: React.ReactNode }) {
  const { filters } = list.view;
  const [editing, setEditing] = useState<number | null>(null);
  const fieldsByPath = new Map(list.fields.map((field) => [field.path, field]));
  const setFilters = (next: Filter[]) => list.change({ filters: next });
  return (
    <div className={styles["bar"]}>
      <div className={styles["chips"]}>
        {filters.map((filter, index) => (
          <FilterChip
            key={`${index} ${filter.field}`}
            filter={filter}
            field={fieldsByPath.get(filter.field) ?? unknownField(filter.field)}
            list={list}
            opened={editing === index}
            onOpen={(opened) => setEditing(opened ? index : null)}
            onChange={(next) => setFilters(filters.with(index, next))}
            onRemove={() => setFilters(filters.toSpliced(index, 1))}
          />
        ))}
        <AddFilter
          fields={list.fields}
          onAdd={(field) => {
            setFilters([...filters, startFilter(field)]);
            setEditing(filters.length);
          }}
        />
        {children}
      </div>
      <SortMenu list={list} />
      <ColumnsButton list={list} />
    </div>
  );
}

/** A filter over a field that was archived since: it can be read and removed. */
function unknownField(path: string): LeadField {
  return { path, label: path.replace(/^custom\./u, ""), kind: "text", custom: null };
}

interface FilterChipProps {
  filter: Filter;
  field: LeadField;
  list: LeadListModel;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}

function FilterChip({ filter, field, list, opened, onOpen, onChange, onRemove }: FilterChipProps) {
  const now = useNow();
  return (
    <Popover
      opened={opened}
      onChange={onOpen}
      label={`Filter by ${field.label}`}
      target={
        <span>
          <Chip
            opened={opened}
            field={field.label}
            operator={opWords(field.kind, filter.op)}
            value={filterValueWords(filter, field, list.directory, now)}
            onEdit={() => onOpen(!opened)}
            onRemove={onRemove}
          />
        </span>
      }
    >
      <FilterEditor filter={filter} field={field} onChange={onChange} onDone={() => onOpen(false)} />
    </Popover>
  );
}

function AddFilter({ fields, onAdd }: { fields: readonly LeadField[]; onAdd: (field: LeadField) => void }) {
  return (
    <Picker
      label="Field to filter by"
      choices={fields.map(({ path, label }) => ({ value: path, label }))}
      chosen={[]}
      onPick={(path) => {
        const field = fields.find((candidate) => candidate.path === path);
        if (field) onAdd(field);
      }}
      target={({ opened, toggle }) => <AddFilterButton opened={opened} toggle={toggle} />}
    />
  );
}

function AddFilterButton({ opened, toggle, ...rest }: { opened: boolean; toggle: () => void }) {
  useShortcuts("screen", [
    { id: "filter", keys: "f", title: "Add a filter", group: "This list", run: toggle },
  ]);
  return (
    <Button
      {...rest}
      kind="quiet"
      size="small"
      icon={Plus}
      keys="f"
      aria-expanded={opened}
      aria-haspopup="listbox"
      onClick={toggle}
    >
      Filter
    </Button>
  );
}

function SortMenu({ list }: { list: LeadListModel }) {
  const { sort } = list.view;
  const fields = sortableFields(list.directory);
  const current = fields.find(({ path }) => path === sort.field);
  return (
    <Menu
      position="bottom-end"
      target={
        <Button
          kind="quiet"
          size="small"
          icon={sort.direction === "desc" ? ArrowDownWideNarrow : ArrowUpNarrowWide}
          aria-label={`Sorted by ${current?.label ?? sort.field}`}
        >
          {current?.label ?? "Sort"}
        </Button>
      }
    >
      <MenuItem
        checked={sort.direction === "asc"}
        onClick={() => list.change({ sort: { ...sort, direction: "asc" } })}
      >
        Lowest, A or oldest first
      </MenuItem>
      <MenuItem
        checked={sort.direction === "desc"}
        onClick={() => list.change({ sort: { ...sort, direction: "desc" } })}
      >
        Highest, Z or newest first
      </MenuItem>
      <MenuDivider />
      {fields.map(({ path, label }) => (
        <MenuItem
          key={path}
          checked={path === sort.field}
          onClick={() =>
            list.change({ sort: path === sort.field ? sort : sortedBy(sort, path, list.fields) })
          }
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function ColumnsButton({ list }: { list: LeadListModel }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      target={
        <Button kind="quiet" size="small" icon={Columns3} onClick={() => setOpened(!opened)}>
          Columns
        </Button>
      }
    >
      <ColumnsChooser list={list} />
    </Popover>
  );
}
