import { useState } from "react";
import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { Devices, Sessions } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Bar, Column, Page, Trouble } from "../parts/page.tsx";
import { DeviceTable } from "./device-table.tsx";
import { revokeWords, wipeWords } from "./device-words.ts";
import { SessionTable } from "./session-table.tsx";
import styles from "./devices.module.css";

type View = "devices" | "sessions";

/** Every desk and every session of the tenant. */
export function DevicesPage() {
  const [view, setView] = useState<View>("devices");
  const devices = useAnswer("/devices", Devices);
  const sessions = useAnswer("/sessions", Sessions);
  return (
    <Page crumbs={[{ label: "Devices and sessions" }]}>
      <Column kind="main" label="Devices and sessions">
        <Bar>
          <Tabs<View>
            label="What is shown"
            value={view}
            onChange={setView}
            tabs={[
              { key: "devices", label: "Devices", count: devices.value?.devices.length },
              { key: "sessions", label: "Sessions", count: sessions.value?.sessions.length },
            ]}
          />
        </Bar>
        {view === "devices" ? (
          <>
            <p className={styles["meaning"]}>
              {revokeWords} {wipeWords}
            </p>
            <Trouble error={devices.error} onRetry={devices.reload} />
            <DeviceTable devices={devices.value?.devices} showsPerson mayWipeThem />
          </>
        ) : (
          <>
            <p className={styles["meaning"]}>
              Ending a session signs that desk or browser out. Nothing is removed there, and its person can
              sign in again.
            </p>
            <Trouble error={sessions.error} onRetry={sessions.reload} />
            <SessionTable
              sessions={sessions.value?.sessions}
              devices={devices.value?.devices ?? []}
              showsPerson
            />
          </>
        )}
      </Column>
    </Page>
  );
}
