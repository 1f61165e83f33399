import { useNavigate } from "@tanstack/react-router";
import { session } from "../../../shared/rpc/contract/session.ts";
import { useDirectory, useEdits, useLive, type Directory } from "../../client/index.ts";
import { FormDialog, useFieldForm } from "../record-fields/index.ts";
import { leaveWantedLead, useDesk } from "../shell/index.ts";
import { leadFields, type LeadField } from "./model/lead-fields.ts";

const asked = ["name", "phone", "email", "company", "title", "city", "stage", "source"];

/** A lead by hand: what one knows on the telephone, and what the tenant requires. */
export function NewLeadDialog({ me, onClose }: { me: string; onClose: () => void }) {
  const navigate = useNavigate();
  const open = ({ id: leadId }: Made) =>
    void navigate({ to: "/leads/$leadId", params: { leadId }, search: (before) => before });
  return <LeadForm me={me} phone="" onMade={open} onClose={onClose} />;
}

/** The form of a lead that was asked for elsewhere: of whoever has just called, say, where one stays. */
export function WantedLeadDialog() {
  const wanted = useDesk(({ wantedLead }) => wantedLead);
  const state = useLive(session, {}).value?.session;
  if (!wanted || state?.state !== "signed-in") return null;
  return <LeadForm me={state.person.userId} {...wanted} onClose={leaveWantedLead} />;
}

type Made = { id: string; name: string };

function LeadForm({
  me,
  phone,
  onMade,
  onClose,
}: {
  me: string;
  phone: string;
  onMade: (lead: Made) => void;
  onClose: () => void;
}) {
  const directory = useDirectory();
  const { create } = useEdits();
  const form = useFieldForm(formFields(directory), {
    focus: "name",
    start: { stage: directory.stages("leads")[0]?.key ?? "", phone },
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
    onMade({ id: made.value.id, name });
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
