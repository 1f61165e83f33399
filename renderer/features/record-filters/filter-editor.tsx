import type { Filter, FilterOp } from "../../../shared/entities/setting.ts";
import { useDirectory } from "../../client/index.ts";
import { filterChoices, type Choice } from "../../ui/fields/choices.ts";
import { DateField } from "../../ui/fields/date-field.tsx";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { parseNumber } from "../../ui/fields/parse-number.ts";
import { Checkbox, Radio } from "../../ui/fields/tick.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { useState } from "react";
import { peopleChoices, teamChoices, useStageChoices, type RecordField } from "../record-fields/index.ts";
import { changeOp, editorOf, opsOf, toggleValue, type ValueEditor } from "./filter-model.ts";
import styles from "./record-filters.module.css";

interface FilterEditorProps {
  filter: Filter;
  field: RecordField;
  onChange: (filter: Filter) => void;
  onDone: () => void;
}

/** Operator and value of one filter; the list follows at once. */
export function FilterEditor({ filter, field, onChange, onDone }: FilterEditorProps) {
  return (
    <form
      className={styles["editor"]}
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
      }}
    >
      <div role="radiogroup" aria-label={`${field.label}: how to compare`} className={styles["ops"]}>
        {opsOf(field.kind).map(([op, label]) => (
          <Radio
            key={op}
            name="op"
            checked={op === filter.op}
            onChange={() => onChange(changeOp(filter, field.kind, op))}
          >
            {label}
          </Radio>
        ))}
      </div>
      <ValueField
        key={filter.op}
        editor={editorOf(field.kind, filter.op)}
        filter={filter}
        field={field}
        onChange={onChange}
      />
      <button type="submit" hidden aria-hidden tabIndex={-1} />
    </form>
  );
}

type ValueProps = Omit<FilterEditorProps, "onDone"> & { editor: ValueEditor };

function ValueField({ editor, filter, field, onChange }: ValueProps) {
  const { business } = useDirectory();
  const [first] = filter.values;
  const set = (value: Filter["values"][number] | null) =>
    onChange({ ...filter, values: value === null || value === "" ? [] : [value] });
  const label = `${field.label}: value`;
  switch (editor) {
    case "none":
      return null;
    case "choices":
      return <ChoiceValues filter={filter} field={field} onChange={onChange} />;
    case "money":
      return (
        <MoneyField
          label={label}
          hideLabel
          compact
          data-autofocus
          currency={business?.currency ?? "USD"}
          value={typeof first === "number" ? first : null}
          onChange={set}
        />
      );
    case "day":
      return (
        <DateField
          label={label}
          hideLabel
          compact
          data-autofocus
          value={typeof first === "string" ? first.slice(0, 10) : null}
          onChange={(day) => set(day && dayValue(day, field, filter.op))}
        />
      );
    case "number":
    case "days":
      return (
        <TextInput
          label={label}
          hideLabel
          compact
          data-autofocus
          inputMode="numeric"
          value={first === undefined ? "" : String(first)}
          onChange={(text) => set(parseNumber(text))}
          end={editor === "days" && <span className={styles["unit"]}>days</span>}
        />
      );
    case "text":
      return (
        <TextInput
          label={label}
          hideLabel
          compact
          data-autofocus
          value={typeof first === "string" ? first : ""}
          onChange={set}
        />
      );
  }
}

/** A day field compares days; an instant is compared with the day's beginning or end on this machine. */
function dayValue(day: string, field: RecordField, op: FilterOp): string {
  if (field.kind === "date") return day;
  return new Date(`${day}T${op === "at-most" ? "23:59:59.999" : "00:00:00.000"}`).toISOString();
}

const searchFrom = 9;

function ChoiceValues({ filter, field, onChange }: Omit<ValueProps, "editor">) {
  const choices = useChoicesOf(field);
  const [typed, setTyped] = useState("");
  return (
    <>
      {choices.length >= searchFrom && (
        <TextInput
          label="Find"
          hideLabel
          compact
          data-autofocus
          placeholder="Type to find"
          value={typed}
          onChange={setTyped}
        />
      )}
      <div className={styles["choices"]}>
        {filterChoices(choices, typed).map((choice) => (
          <Checkbox
            key={choice.value}
            checked={filter.values.map(String).includes(choice.value)}
            onChange={() =>
              onChange(
                field.kind === "boolean"
                  ? { ...filter, values: [choice.value === "true"] }
                  : toggleValue(filter, choice.value),
              )
            }
          >
            {choice.mark} {choice.label}
          </Checkbox>
        ))}
      </div>
    </>
  );
}

function useChoicesOf(field: RecordField): Choice[] {
  const directory = useDirectory();
  const stages = useStageChoices("leads");
  if (field.kind === "stage") return stages;
  if (field.kind === "person") return [{ value: "me", label: "Me" }, ...peopleChoices(directory)];
  if (field.kind === "team") return teamChoices(directory);
  if (field.kind === "boolean") {
    return [
      { value: "true", label: "Yes" },
      { value: "false", label: "No" },
    ];
  }
  return (field.custom?.options ?? []).map((option) => ({ value: option, label: option }));
}
