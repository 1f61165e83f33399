import type { Deal } from "../../../shared/entities/deal.ts";
import { useDirectory } from "../../client/index.ts";
import { DateField } from "../../ui/fields/date-field.tsx";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { Select } from "../../ui/fields/select.tsx";
import {
  CustomFields,
  LeadSelect,
  ListingSelect,
  NumberField,
  SavedText,
  type SetField,
  useStageChoices,
} from "../record-fields/index.ts";
import styles from "./deals.module.css";

export type DealFields = Pick<
  Deal,
  | "name"
  | "leadId"
  | "listingId"
  | "stage"
  | "value"
  | "currency"
  | "expectedCloseOn"
  | "probability"
  | "ownerId"
  | "notes"
  | "custom"
>;

/** Every field of a deal. `onSet` gets one path at a time, when the person has finished with it. */
export function DealForm({
  deal,
  leadName,
  listingTitle,
  onSet,
}: {
  deal: DealFields;
  leadName: string | null;
  listingTitle: string | null;
  onSet: SetField;
}) {
  const directory = useDirectory();
  const stages = useStageChoices("deals", deal.stage);
  return (
    <div className={styles["form"]}>
      <div className={styles["wide"]}>
        <SavedText label="Name" required value={deal.name} onSave={(name) => onSet("name", name)} />
      </div>
      <Select
        label="Stage"
        compact
        choices={stages}
        value={deal.stage}
        onChange={(stage) => stage && onSet("stage", stage)}
      />
      <MoneyField
        label="Value"
        compact
        currency={deal.currency}
        value={deal.value}
        onChange={(value, seen) => onSet("value", value, seen)}
      />
      <DateField
        label="Expected close"
        compact
        value={deal.expectedCloseOn}
        onChange={(day, seen) => onSet("expectedCloseOn", day, seen)}
      />
      <NumberField
        label="Probability"
        unit="%"
        whole
        max={100}
        value={deal.probability}
        onChange={(probability, seen) => onSet("probability", probability, seen)}
      />
      <LeadSelect compact value={deal.leadId} chosenName={leadName} onChange={(id) => onSet("leadId", id)} />
      <ListingSelect
        compact
        value={deal.listingId}
        chosenName={listingTitle}
        onChange={(id) => onSet("listingId", id)}
      />
      <Select
        label="Owner"
        compact
        clearable
        choices={directory.people.map(({ userId, name }) => ({ value: userId as string, label: name }))}
        value={deal.ownerId}
        onChange={(ownerId) => onSet("ownerId", ownerId)}
      />
      <SavedText
        label="Currency"
        required
        maxLength={3}
        value={deal.currency}
        onSave={(text) => onCurrency(text, onSet)}
      />
      <CustomFields collection="deals" custom={deal.custom} onSave={onSet} />
      <div className={styles["wide"]}>
        <SavedText label="Notes" lines={5} value={deal.notes} onSave={(notes) => onSet("notes", notes)} />
      </div>
    </div>
  );
}

/** Three letters, or nothing happens: the field shows again what stands. */
function onCurrency(text: string, onSet: SetField): void {
  const code = text.toUpperCase();
  if (/^[A-Z]{3}$/u.test(code)) onSet("currency", code);
}
