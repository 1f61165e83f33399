import { useState, type FormEvent } from "react";
import { Button } from "../../../ui/controls/button.tsx";
import { Checkbox } from "../../../ui/fields/tick.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { Dialog } from "../../../ui/floating/dialog.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import type { ViewEdits } from "./use-view-edits.ts";
import styles from "./views.module.css";

export type ViewDialogState = { kind: "new" } | { kind: "rename"; name: string };

interface ViewDialogProps {
  state: ViewDialogState;
  list: LeadListModel;
  edits: ViewEdits;
  onClose: () => void;
}

export function ViewDialog({ state, list, edits, onClose }: ViewDialogProps) {
  const [name, setName] = useState(state.kind === "rename" ? state.name : "");
  const [shared, setShared] = useState(false);
  const isNew = state.kind === "new";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    if (trimmed === "") return;
    onClose();
    void (isNew ? edits.create(trimmed, shared) : edits.rename(trimmed));
  };
  return (
    <Dialog opened onClose={onClose} title={isNew ? "New view" : "Rename the view"}>
      <form className={styles["form"]} onSubmit={submit}>
        <TextInput label="Name" data-autofocus value={name} onChange={setName} maxLength={80} />
        {isNew && (
          <p className={styles["note"]}>
            It keeps the filters, order, columns and layout that are shown now.
          </p>
        )}
        {isNew && list.me.mayShare && (
          <Checkbox checked={shared} onChange={setShared}>
            Everybody sees it
          </Checkbox>
        )}
        <div className={styles["form-end"]}>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" keys="enter" disabled={name.trim() === ""}>
            {isNew ? "Add view" : "Rename"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
