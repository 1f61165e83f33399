import type { FormEvent, ReactNode } from "react";
import { Button } from "../../ui/controls/button.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import styles from "./field-form.module.css";

/** A form for something new: Enter or the button adds it. */
export function FormDialog({
  title,
  action,
  isReady,
  onSave,
  onClose,
  children,
}: {
  title: string;
  action: string;
  isReady: boolean;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      width={640}
      footer={
        <>
          <Button size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" size="large" keys="mod+enter" disabled={!isReady} onClick={onSave}>
            {action}
          </Button>
        </>
      }
    >
      <SaveKey onSave={onSave} />
      <form
        className={styles["form"]}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}

function SaveKey({ onSave }: { onSave: () => void }) {
  useShortcuts("dialog", [
    { id: "save-record", keys: "mod+enter", title: "Save", group: "Dialog", run: onSave, whileTyping: true },
  ]);
  return null;
}
