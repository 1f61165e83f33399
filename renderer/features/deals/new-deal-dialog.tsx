import { useState } from "react";
import { useDirectory, useEdits } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { LeadSelect, neededFields, useFieldForm } from "../record-fields/index.ts";
import styles from "./deals.module.css";

/** What a deal needs to begin with, the tenant's own fields among it; the rest is filled in where it opens. */
export function NewDealDialog({
  opened,
  onClose,
  onAdded,
}: {
  opened: boolean;
  onClose: () => void;
  onAdded: (id: string) => void;
}) {
  const { term } = useDirectory();
  return (
    <Dialog opened={opened} onClose={onClose} title={`New ${term("deal")}`}>
      <NewDealForm
        onClose={onClose}
        onAdded={(id) => {
          onClose();
          onAdded(id);
        }}
      />
    </Dialog>
  );
}

function NewDealForm({ onAdded, onClose }: { onAdded: (id: string) => void; onClose: () => void }) {
  const directory = useDirectory();
  const { business, term } = directory;
  const { create } = useEdits();
  const [name, setName] = useState("");
  const [leadId, setLeadId] = useState<string | null>(null);
  const [value, setValue] = useState<number | null>(null);
  const needed = useFieldForm(neededFields(directory, "deals"));
  const isReady = name.trim() !== "" && needed.isReady;
  const add = async () => {
    if (!isReady) return;
    const fields = { name: name.trim(), leadId, value, ...needed.values };
    const added = await create({ collection: "deals", fields, label: `Added ${fields.name}` });
    if (added.ok) onAdded(added.value.id);
  };
  return (
    <form
      className={styles["new"]}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        dir="auto"
        value={name}
        onChange={setName}
        maxLength={500}
      />
      <LeadSelect value={leadId} chosenName={null} onChange={setLeadId} />
      <MoneyField label="Value" currency={business?.currency ?? "USD"} value={value} onChange={setValue} />
      {needed.editors}
      <div className={styles["new-end"]}>
        <Button size="large" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" kind="primary" size="large" keys="enter" disabled={!isReady}>
          Add {term("deal")}
        </Button>
      </div>
    </form>
  );
}
