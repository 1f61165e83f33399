import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Dialog } from "../../../renderer/ui/floating/dialog.tsx";
import { agoInWords } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange } from "../api/use-change.ts";
import type { Device } from "./device-words.ts";
import styles from "./devices.module.css";

/** The one question of the console: nothing brings back what a wipe takes. */
export function WipeDialog({ device, onClose }: { device: Device | null; onClose: () => void }) {
  return (
    <Dialog opened={device !== null} onClose={onClose} title={`Wipe ${device?.name ?? ""}?`}>
      {device && <WipeQuestion device={device} onClose={onClose} />}
    </Dialog>
  );
}

function WipeQuestion({ device, onClose }: { device: Device; onClose: () => void }) {
  const change = useChange();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const { id, name, userName, lastSeenAt } = device;
  const wipe = async () => {
    setBusy(true);
    const done = await change({
      request: { method: "POST", path: `/devices/${id}/wipe` },
      said: `${name} is signed out and removes everything when it connects.`,
      touches: ["/devices", "/sessions"],
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <div className={styles["question"]}>
      <p>
        {userName} used it {agoInWords(new Date(lastSeenAt), now)}. Everything it holds is removed the next
        time it connects, edits that it has not sent included. What it has sent stays on the server.
      </p>
      <p>This cannot be taken back.</p>
      <div className={styles["answers"]}>
        <Button onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button kind="danger" disabled={busy} onClick={() => void wipe()}>
          Wipe {name}
        </Button>
      </div>
    </div>
  );
}
