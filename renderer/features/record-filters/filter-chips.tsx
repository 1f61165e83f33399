import { Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import type { CustomField, Filter } from "../../../shared/entities/setting.ts";
import { useDirectory } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Chip } from "../../ui/controls/chip.tsx";
import { Picker } from "../../ui/fields/picker.tsx";
import { Popover } from "../../ui/floating/popover.tsx";
import { useNow } from "../../ui/format/use-now.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import type { RecordField } from "../record-fields/index.ts";
import { FilterEditor } from "./filter-editor.tsx";
import { goneFilters, opWords, startFilter } from "./filter-model.ts";
import { filterValueWords } from "./filter-words.ts";
import styles from "./record-filters.module.css";

/** Filters as sentences that can be edited and taken away, and a way to one more. */
export function FilterChips({
  collection,
  fields,
  filters,
  onChange,
  children,
}: {
  collection: CustomField["collection"];
  fields: readonly RecordField[];
  filters: readonly Filter[];
  onChange: (filters: Filter[]) => void;
  children?: ReactNode;
}) {
  const [editing, setEditing] = useState<number | null>(null);
  const { fieldLabel } = useDirectory();
  const fieldsByPath = new Map(fields.map((field) => [field.path, field]));
  const gone = goneFilters(filters, fields);
  return (
    <div className={styles["chips"]}>
      {filters.map((filter, index) => (
        <FilterChip
          key={`${index} ${filter.field}`}
          filter={filter}
          collection={collection}
          field={
            fieldsByPath.get(filter.field) ?? unknownField(filter.field, fieldLabel(collection, filter.field))
          }
          isGone={gone.includes(filter)}
          opened={editing === index}
          onOpen={(opened) => setEditing(opened ? index : null)}
          onChange={(next) => onChange(filters.with(index, next))}
          onRemove={() => onChange(filters.toSpliced(index, 1))}
        />
      ))}
      <AddFilter
        fields={fields}
        onAdd={(field) => {
          onChange([...filters, startFilter(field)]);
          setEditing(filters.length);
        }}
      />
      {children}
    </div>
  );
}

/** A filter over a field that is not offered: it can be read and removed. */
function unknownField(path: string, label: string): RecordField {
  return { path, label, kind: "text", custom: null };
}

interface FilterChipProps {
  filter: Filter;
  collection: CustomField["collection"];
  field: RecordField;
  /** The field is not offered any more. */
  isGone: boolean;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  onChange: (filter: Filter) => void;
  onRemove: () => void;
}

function FilterChip(props: FilterChipProps) {
  const { filter, collection, field, isGone, opened, onOpen, onChange, onRemove } = props;
  const directory = useDirectory();
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
            operator={isGone ? "is archived, nothing fits" : opWords(field.kind, filter.op)}
            value={isGone ? null : filterValueWords(filter, { field, collection }, directory, now)}
            onEdit={() => onOpen(!opened)}
            onRemove={onRemove}
          />
        </span>
      }
    >
      {isGone ? (
        <div className={styles["editor"]}>
          <p>An admin archived “{field.label}”: nothing fits this filter while that is so.</p>
          <Button onClick={onRemove}>Take it away</Button>
        </div>
      ) : (
        <FilterEditor filter={filter} field={field} onChange={onChange} onDone={() => onOpen(false)} />
      )}
    </Popover>
  );
}

function AddFilter({
  fields,
  onAdd,
}: {
  fields: readonly RecordField[];
  onAdd: (field: RecordField) => void;
}) {
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
