import type { CustomValue, FieldValue } from "../../../shared/entities/fields.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { useDirectory } from "../../client/index.ts";
import { DateField } from "../../ui/fields/date-field.tsx";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { MultiSelect, Select } from "../../ui/fields/select.tsx";
import { Checkbox } from "../../ui/fields/tick.tsx";
import { optionChoices } from "./field-values.ts";
import { NumberField } from "./number-field.tsx";
import { customRecordField } from "./record-field.ts";
import type { SetField } from "./record-drawer.tsx";
import { SavedField } from "./saved-field.tsx";

/** The tenant's own fields of a record, each by its kind. @param onSave gets the path: `custom.budget` */
export function CustomFields({
  collection,
  custom,
  onSave,
}: {
  collection: CustomField["collection"];
  custom: Record<string, CustomValue>;
  onSave: SetField;
}) {
  const { customFields } = useDirectory();
  return customFields(collection).map((field) => (
    <CustomFieldInput
      key={field.key}
      field={field}
      value={custom[field.key] ?? null}
      onSave={(value, seen) => onSave(`custom.${field.key}`, value, seen)}
    />
  ));
}

function CustomFieldInput({
  field,
  value,
  onSave,
}: {
  field: CustomField;
  value: CustomValue;
  onSave: (value: FieldValue, seen?: FieldValue) => void;
}) {
  const { business } = useDirectory();
  const { label, required } = field;
  const choices = optionChoices(field, value);
  const text = typeof value === "string" ? value : "";
  const number = typeof value === "number" ? value : null;
  switch (field.type) {
    case "number":
      return <NumberField label={label} value={number} onChange={onSave} max={1e12} />;
    case "money":
      return (
        <MoneyField
          label={label}
          compact
          currency={business?.currency ?? "USD"}
          value={number}
          onChange={onSave}
        />
      );
    case "date":
      return <DateField label={label} compact value={text || null} onChange={onSave} />;
    case "boolean":
      return (
        <Checkbox checked={value === true} onChange={onSave}>
          {label}
        </Checkbox>
      );
    case "select":
      return (
        <Select
          label={label}
          compact
          clearable={!required}
          choices={choices}
          value={text || null}
          onChange={onSave}
        />
      );
    case "multi-select":
      return (
        <MultiSelect
          label={label}
          compact
          choices={choices}
          value={Array.isArray(value) ? value : []}
          onChange={onSave}
        />
      );
    default:
      return <SavedField field={customRecordField(field)} value={value} onSave={onSave} />;
  }
}
