import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { useDirectory, useEdits } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { FieldEditor } from "./fields/field-editor.tsx";
import { emptyValue } from "./fields/field-values.ts";
import { leadFields, type LeadField } from "./model/lead-fields.ts";
import styles from "./new-lead.module.css";

const asked = ["name", "phone", "email", "company", "title", "city", "stage", "source"];

/** A lead by hand: what one knows on the telephone, and what the tenant requires. */
export function NewLeadDialog({ me, onClose }: { me: string; onClose: () => void }) {
  const directory = useDirectory();
  const { create } = useEdits();
  const navigate = useNavigate();
  const fields = formFields(leadFields(directory));
  const [values, setValues] = useState<Record<string, FieldValue>>(() =>
    startValues(fields, directory.stages("leads")[0]?.key ?? "", me),
  );
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const isReady =
    String(values["name"] ?? "").trim() !== "" && wrong.size === 0 && !lacksRequired(fields, values);
  const lead = directory.term("lead");

  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!isReady) return;
    const name = String(values["name"]);
    const made = await create({ collection: "leads", fields: values, label: `Added ${name}` });
    if (!made.ok) return;
    onClose();
    void navigate({ to: "/leads/$leadId", params: { leadId: made.value.id }, search: (before) => before });
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`New ${lead}`}
      width={640}
      footer={
        <>
          <Button size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            size="large"
            keys="mod+enter"
            disabled={!isReady}
            onClick={() => void save()}
          >
            Add {lead}
          </Button>
        </>
      }
    >
      <SaveKey onSave={() => void save()} />
      <form className={styles["form"]} onSubmit={(event) => void save(event)}>
        {fields.map((field) => (
          <FieldEditor
            key={field.path}
            field={field}
            takesFocus={field.path === "name"}
            value={values[field.path] ?? null}
            onChange={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
            onWrong={(isWrong) => setWrong((before) => withMember(before, field.path, isWrong))}
          />
        ))}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}

function SaveKey({ onSave }: { onSave: () => void }) {
  useShortcuts("dialog", [
    { id: "save-lead", keys: "mod+enter", title: "Save", group: "Dialog", run: onSave, whileTyping: true },
  ]);
  return null;
}

function formFields(fields: readonly LeadField[]): LeadField[] {
  const own = asked.flatMap((path) => fields.find((field) => field.path === path) ?? []);
  return [...own, ...fields.filter(({ custom }) => custom !== null)];
}

function startValues(fields: readonly LeadField[], stage: string, me: string): Record<string, FieldValue> {
  const defaults = fields.map((field) => [field.path, field.custom?.default ?? emptyValue(field)] as const);
  return { ...Object.fromEntries(defaults), stage, ownerId: me };
}

function lacksRequired(fields: readonly LeadField[], values: Record<string, FieldValue>): boolean {
  return fields.some(
    ({ custom, path }) => custom?.required && (values[path] === null || values[path] === ""),
  );
}

function withMember(set: ReadonlySet<string>, member: string, present: boolean): ReadonlySet<string> {
  if (set.has(member) === present) return set;
  const next = new Set(set);
  if (present) next.add(member);
  else next.delete(member);
  return next;
}
