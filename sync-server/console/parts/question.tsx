import { useState, type ReactNode } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Dialog } from "../../../renderer/ui/floating/dialog.tsx";
import { useChange, type Change } from "../api/use-change.ts";
import styles from "./question.module.css";

export type Asked = {
  change: Change;
  /** The way back, which has the focus. */
  keep: string;
  go: string;
};

/** A question before what nothing brings back; all else is done at once and can be undone. */
export function Question({
  title,
  ask,
  onClose,
  children,
}: {
  title: string;
  /** Null: nothing is asked. */
  ask: Asked | null;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog opened={ask !== null} onClose={onClose} title={title}>
      {ask && (
        <div className={styles["question"]}>
          {children}
          <Answers ask={ask} onClose={onClose} />
        </div>
      )}
    </Dialog>
  );
}

function Answers({ ask: { change, keep, go }, onClose }: { ask: Asked; onClose: () => void }) {
  const send = useChange();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const done = await send(change);
    setBusy(false);
    if (done) onClose();
  };
  return (
    <div className={styles["answers"]}>
      <Button onClick={onClose} data-autofocus>
        {keep}
      </Button>
      <Button kind="danger" disabled={busy} onClick={() => void run()}>
        {go}
      </Button>
    </div>
  );
}
