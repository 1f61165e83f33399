import { useState, type ReactNode } from "react";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { CustomField } from "../../../shared/entities/setting.ts";
import { useDirectory } from "../../client/index.ts";
import { FormDialog } from "./form-dialog.tsx";
import { neededFields, type RecordField } from "./record-field.ts";
import { useFieldForm } from "./use-field-form.tsx";

/** @returns whether it was added; what was typed stays where it was not */
type Add = (given: Record<string, FieldValue>) => Promise<boolean>;

/**
 * Adds a record at a click, or asks first for what the tenant needs of a new one and does not give by itself.
 * @param noun the tenant's word for what is added
 */
export function useAdding(
  collection: CustomField["collection"],
  noun: string,
  add: Add,
): { begin: () => void; dialog: ReactNode } {
  const directory = useDirectory();
  const [asked, setAsked] = useState<RecordField[] | null>(null);
  const begin = () => {
    const needed = neededFields(directory, collection);
    if (needed.length === 0) void add({});
    else setAsked(needed);
  };
  const dialog = asked && (
    <NeededDialog fields={asked} noun={noun} add={add} onClose={() => setAsked(null)} />
  );
  return { begin, dialog };
}

function NeededDialog({
  fields,
  noun,
  add,
  onClose,
}: {
  fields: readonly RecordField[];
  noun: string;
  add: Add;
  onClose: () => void;
}) {
  const form = useFieldForm(fields, { focus: fields[0]?.path });
  const [adding, setAdding] = useState(false);
  const isReady = form.isReady && !adding;
  const save = async () => {
    if (!isReady) return;
    setAdding(true);
    const added = await add(form.values);
    setAdding(false);
    if (added) onClose();
  };
  return (
    <FormDialog
      title={`New ${noun}`}
      action={`Add ${noun}`}
      isReady={isReady}
      onSave={() => void save()}
      onClose={onClose}
    >
      {form.editors}
    </FormDialog>
  );
}
