import { useState } from "react";
import { session } from "../../../shared/rpc/contract/session.ts";
import { useDirectory, useEdits, useLive } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { MoneyField } from "../../ui/fields/money-field.tsx";
import { TextInput } from "../../ui/fields/text-input.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { LeadSelect } from "../record-fields/index.ts";
import styles from "./deals.module.css";

/** What a deal needs to begin with; the rest is filled in where it opens. */
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
  const { business, stages, term } = useDirectory();
  const { create } = useEdits();
  const me = useLive(session, {}).value?.session;
  const [name, setName] = useState("");
  const [leadId, setLeadId] = useState<string | null>(null);
  const [value, setValue] = useState<number | null>(null);
  const currency = business?.currency ?? "USD";
  const add = async () => {
    const person = me?.state === "signed-in" ? me.person : null;
    const fields = {
      name: name.trim(),
      leadId,
      listingId: null,
      stage: stages("deals")[0]?.key ?? "",
      value,
      currency,
      expectedCloseOn: null,
      probability: null,
      ownerId: person?.userId ?? null,
      teamId: person?.teamIds[0] ?? null,
      notes: "",
      custom: {},
    };
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
      <MoneyField label="Value" currency={currency} value={value} onChange={setValue} />
      <div className={styles["new-end"]}>
        <Button size="large" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" kind="primary" size="large" keys="enter" disabled={name.trim() === ""}>
          Add {term("deal")}
        </Button>
      </div>
    </form>
  );
}
