import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { ago } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { useChange } from "../api/use-change.ts";
import { DataTable } from "../parts/data-table.tsx";
import { mayRevoke, mayWipe, platformWords, stateWords, type Device } from "./device-words.ts";
import { WipeDialog } from "./wipe-dialog.tsx";
import styles from "./devices.module.css";

/** Desks, with what can be done when one is lost. @param mayWipeThem admins alone may */
export function DeviceTable({
  devices,
  showsPerson,
  mayWipeThem,
}: {
  devices: readonly Device[] | undefined;
  showsPerson: boolean;
  mayWipeThem: boolean;
}) {
  const now = useNow();
  const change = useChange();
  const [wiping, setWiping] = useState<Device | null>(null);
  const revoke = ({ id, name, userName }: Device) =>
    void change({
      request: { method: "POST", path: `/devices/${id}/revoke` },
      said: `${name} is signed out. ${userName} can sign in there again.`,
      touches: ["/devices", "/sessions"],
    });
  return (
    <>
      <DataTable
        label="Devices"
        rows={devices}
        rowKey={({ id }) => id}
        faded={(device) => device.state === "wiped"}
        empty="No desk has signed in yet."
        columns={[
          { title: "Device", cell: ({ name }) => name },
          ...(showsPerson ? [{ title: "Person", cell: ({ userName }: Device) => userName }] : []),
          {
            title: "System",
            spare: true,
            width: "140px",
            cell: ({ platform, appVersion }) => `${platformWords[platform] ?? platform} ${appVersion}`,
          },
          {
            title: "Last seen",
            width: "92px",
            cell: ({ lastSeenAt }) => ago(new Date(lastSeenAt), now),
          },
          { title: "State", width: "132px", cell: ({ state }) => stateWords[state] },
          {
            title: "Actions",
            width: mayWipeThem ? "140px" : "92px",
            align: "end",
            cell: (device) => (
              <span className={styles["actions"]}>
                {mayRevoke(device) && (
                  <Button
                    kind="quiet"
                    size="small"
                    aria-label={`Revoke ${device.name} of ${device.userName}`}
                    onClick={() => revoke(device)}
                  >
                    Revoke
                  </Button>
                )}
                {mayWipeThem && mayWipe(device) && (
                  <Button
                    kind="quiet"
                    size="small"
                    aria-label={`Wipe ${device.name} of ${device.userName}`}
                    onClick={() => setWiping(device)}
                  >
                    Wipe…
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      <WipeDialog device={wiping} onClose={() => setWiping(null)} />
    </>
  );
}
