import { Field } from "../../../renderer/ui/fields/field.tsx";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { BusinessSettings } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Preview } from "../parts/preview.tsx";
import { FieldValueControl } from "./field-value.tsx";
import { useTerms } from "./use-terms.ts";
import styles from "./settings.module.css";

/** The form of a new record as it will look; what is typed here goes nowhere. */
export function FieldPreview({
  collection,
  fields,
  openId,
}: {
  collection: CustomField["collection"];
  fields: readonly CustomField[];
  openId: string;
}) {
  const { term } = useTerms();
  const currency = useAnswer("/business", BusinessSettings).value?.currency ?? "USD";
  const singular = ({ leads: "lead", deals: "deal", listings: "listing" } as const)[collection];
  const shown = fields.filter(({ id, archived }) => !archived || id === openId);
  return (
    <Preview title={`As people see it in a new ${term(singular)}`}>
      <div className={styles["preview-card"]}>
        {shown.length === 0 && <p>Nothing of your own yet.</p>}
        {shown.map((field) =>
          field.type === "boolean" ? (
            <Field key={field.id} label={field.label} required={field.required}>
              {() => <Shown field={field} currency={currency} />}
            </Field>
          ) : (
            <Shown key={field.id} field={field} currency={currency} />
          ),
        )}
      </div>
    </Preview>
  );
}

function Shown({ field, currency }: { field: CustomField; currency: string }) {
  const { label, required, default: value } = field;
  return (
    <FieldValueControl
      field={field}
      label={label}
      required={required}
      value={value}
      currency={currency}
      onChange={() => {}}
    />
  );
}
