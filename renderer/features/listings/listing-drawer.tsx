import type { Listing } from "../../../shared/entities/listing.ts";
import { useDirectory } from "../../client/index.ts";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { MultiSelect, Select } from "../../ui/fields/select.tsx";
import { ListingPicture, ListingWriter } from "../assistant/index.ts";
import { CustomFields, NumberField, RecordDrawer, SavedText, type SetField } from "../record-fields/index.ts";
import { statusLabels } from "./listing-words.ts";
import { StatusMark } from "./status-mark.tsx";
import styles from "./listings.module.css";

/** One listing beside the list. */
export function ListingDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { term } = useDirectory();
  return (
    <RecordDrawer
      collection="listings"
      id={id}
      noun={term("listing")}
      nameOf={({ title }) => title}
      onClose={onClose}
    >
      {(listing, set) => <ListingForm listing={listing} set={set} />}
    </RecordDrawer>
  );
}

function ListingForm({ listing, set }: { listing: Listing; set: SetField }) {
  return (
    <div className={styles["form"]}>
      <TextField listing={listing} field="title" onSet={set} required wide />
      <StatusField listing={listing} onSet={set} />
      <MoneyField
        label="Price"
        compact
        currency={listing.currency}
        value={listing.price}
        onChange={(price, seen) => set("price", price, seen)}
      />
      <TextField listing={listing} field="address" onSet={set} wide />
      <TextField listing={listing} field="city" onSet={set} />
      <TextField listing={listing} field="type" onSet={set} />
      <SizeFields listing={listing} onSet={set} />
      <OwnerField listing={listing} onSet={set} />
      <CustomFields collection="listings" custom={listing.custom} onSave={set} />
      <div className={styles["wide"]}>
        <FeaturesField listing={listing} onSet={set} />
      </div>
      <div className={styles["wide"]}>
        <SavedText
          label="Description"
          lines={6}
          value={listing.description}
          onSave={(text) => set("description", text)}
        />
      </div>
      <div className={styles["wide"]}>
        <ListingWriter listing={listing} onUse={(text) => set("description", text)} />
      </div>
      <div className={styles["wide"]}>
        <ListingPicture listing={listing} />
      </div>
    </div>
  );
}

function TextField({
  listing,
  field,
  onSet,
  required = false,
  wide = false,
}: {
  listing: Listing;
  field: "title" | "address" | "city" | "type";
  onSet: SetField;
  required?: boolean;
  wide?: boolean;
}) {
  const { fieldLabel } = useDirectory();
  return (
    <div className={wide ? styles["wide"] : undefined}>
      <SavedText
        label={fieldLabel("listings", field)}
        required={required}
        value={listing[field]}
        onSave={(text) => onSet(field, text)}
      />
    </div>
  );
}

function StatusField({ listing, onSet }: { listing: Listing; onSet: SetField }) {
  const statuses = Object.entries(statusLabels) as [Listing["status"], string][];
  return (
    <Select
      label="Status"
      compact
      choices={statuses.map(([value, label]) => ({ value, label, mark: <StatusMark status={value} /> }))}
      value={listing.status}
      onChange={(status) => status && onSet("status", status)}
    />
  );
}

const sizes = [
  ["bedrooms", 1_000, false, undefined],
  ["bathrooms", 1_000, false, undefined],
  ["parking", 10_000, true, undefined],
  ["landSize", 1e9, false, "m²"],
] as const;

function SizeFields({ listing, onSet }: { listing: Listing; onSet: SetField }) {
  const { fieldLabel } = useDirectory();
  return sizes.map(([field, max, whole, unit]) => (
    <NumberField
      key={field}
      label={fieldLabel("listings", field)}
      max={max}
      whole={whole}
      {...(unit ? { unit } : {})}
      value={listing[field]}
      onChange={(number, seen) => onSet(field, number, seen)}
    />
  ));
}

function OwnerField({ listing, onSet }: { listing: Listing; onSet: SetField }) {
  const { people } = useDirectory();
  return (
    <Select
      label="Owner"
      compact
      clearable
      choices={people.map(({ userId, name }) => ({ value: userId as string, label: name }))}
      value={listing.ownerId}
      onChange={(ownerId) => onSet("ownerId", ownerId)}
    />
  );
}

function FeaturesField({ listing, onSet }: { listing: Listing; onSet: SetField }) {
  return (
    <MultiSelect
      label="Features"
      placeholder="Type to add"
      choices={listing.features.map((feature) => ({ value: feature, label: feature }))}
      value={listing.features}
      onChange={(features) => onSet("features", features)}
      onCreate={(feature) => onSet("features", [...listing.features, feature.slice(0, 100)])}
    />
  );
}
