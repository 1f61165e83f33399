import { Button } from "../../ui/controls/button.tsx";
import { Dialog } from "../../ui/floating/dialog.tsx";
import { countOf } from "../../ui/format/numbers.ts";

/** @param unsent how many edits the server has not got; null = the dialog is closed */
export function SignOutDialog({
  unsent,
  onLeave,
  onClose,
}: {
  unsent: number | null;
  onLeave: (what: "keep" | "discard") => void;
  onClose: () => void;
}) {
  const edits = countOf(unsent ?? 0, "edit");
  return (
    <Dialog
      opened={unsent !== null}
      onClose={onClose}
      title={`${edits} not sent yet`}
      footer={
        <>
          <Button kind="quiet" onClick={onClose}>
            Stay
          </Button>
          <Button onClick={() => onLeave("discard")}>Discard {edits}</Button>
          <Button kind="primary" size="large" data-autofocus onClick={() => onLeave("keep")}>
            Keep and sign out
          </Button>
        </>
      }
    >
      <p>
        The server does not have them. Kept, they stay on this machine and are sent when you sign in here
        again. Discarded, they are gone: that cannot be undone.
      </p>
    </Dialog>
  );
}
