import { useNavigate } from "@tanstack/react-router";
import { useDirectory, useEdits, type Directory } from "../../client/index.ts";
import { FormDialog, useFieldForm } from "../record-fields/index.ts";
import { leadFields, type LeadField } from "./model/lead-fields.ts";

const asked = ["name", "phone", "email", "company", "title", "city", "stage", "source"];

/** A lead by hand: what one knows on the telephone, and what the tenant requires. */
export function NewLeadDialog({ me, onClose }: { me: string; onClose: () => void }) {
  const directory = useDirectory();
  const { create } = useEdits();
  const navigate = useNavigate();
  const form = useFieldForm(formFields(directory), {
    focus: "name",
    start: { stage: directory.stages("leads")[0]?.key ?? "" },
  });
  const name = String(form.values["name"]);
  const isReady = form.isReady && name.trim() !== "";
  const lead = directory.term("lead");

  const save = async () => {
    if (!isReady) return;
    const fields = { ...form.values, ownerId: me };
    const made = await create({ collection: "leads", fields, label: `Added ${name}` });
    if (!made.ok) return;
    onClose();
    void navigate({ to: "/leads/$leadId", params: { leadId: made.value.id }, search: (before) => before });
  };
  return (
    <FormDialog
      title={`New ${lead}`}
      action={`Add ${lead}`}
      isReady={isReady}
      onSave={() => void save()}
      onClose={onClose}
    >
      {form.editors}
    </FormDialog>
  );
}

function formFields(directory: Directory): LeadField[] {
  const fields = leadFields(directory);
  const own = asked.flatMap((path) => fields.find((field) => field.path === path) ?? []);
  return [...own, ...fields.filter(({ custom }) => custom !== null)];
}
