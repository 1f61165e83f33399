import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { DateField } from "../../../renderer/ui/fields/date-field.tsx";
import { MoneyField } from "../../../renderer/ui/fields/money-field.tsx";
import { parseNumber, readingOfNumber, showNumber } from "../../../renderer/ui/fields/parse-number.ts";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { MultiSelect, Select } from "../../../renderer/ui/fields/select.tsx";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { SavedText } from "../parts/saved-text.tsx";

export type FieldValue = CustomField["default"];

/** The control that a value of this field is typed or picked with. */
export function FieldValueControl({
  field: { type, options },
  label,
  required = false,
  value,
  currency,
  onChange,
}: {
  field: Pick<CustomField, "type" | "options">;
  label: string;
  required?: boolean;
  value: FieldValue;
  currency: string;
  onChange: (value: FieldValue) => void;
}) {
  const look = { label, required };
  const choices = options.map((option) => ({ value: option, label: option }));
  const number = typeof value === "number" ? value : null;
  const text = typeof value === "string" ? value : "";
  switch (type) {
    case "select":
      return <Select {...look} clearable choices={choices} value={text || null} onChange={onChange} />;
    case "multi-select":
      return (
        <MultiSelect
          {...look}
          choices={choices}
          value={Array.isArray(value) ? value : []}
          onChange={onChange}
        />
      );
    case "boolean":
      return <YesNo label={label} value={value} onChange={onChange} />;
    case "date":
      return <DateField {...look} value={text || null} onChange={onChange} />;
    case "money":
      return <MoneyField {...look} currency={currency} value={number} onChange={onChange} />;
    case "number":
      return (
        <ParsedField<number>
          {...look}
          inputMode="decimal"
          value={number}
          onChange={onChange}
          show={showNumber}
          parse={parseNumber}
          reading={readingOfNumber}
          notUnderstood="Not a number: try 12 or 1,200.5"
        />
      );
    default:
      return <SavedText label={label} value={text} onSave={(typed) => onChange(typed || null)} />;
  }
}

function YesNo({
  label,
  value,
  onChange,
}: {
  label: string;
  value: FieldValue;
  onChange: (value: FieldValue) => void;
}) {
  const words = { yes: true, no: false, none: null } as const;
  const chosen = value === true ? "yes" : value === false ? "no" : "none";
  return (
    <div>
      <Segmented
        label={label}
        value={chosen}
        onChange={(word) => onChange(words[word])}
        segments={[
          { value: "none", label: "Not said" },
          { value: "yes", label: "Yes" },
          { value: "no", label: "No" },
        ]}
      />
    </div>
  );
}
