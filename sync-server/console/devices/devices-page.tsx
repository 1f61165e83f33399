import { useState } from "react";
import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { Devices, Sessions } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Bar, Column, Meaning, Page, Trouble } from "../parts/page.tsx";
import { DeviceTable } from "./device-table.tsx";
import { revokeWords, wipeWords } from "./device-words.ts";
import { SessionTable } from "./session-table.tsx";

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
            <Meaning>
              {revokeWords} {wipeWords}
            </Meaning>
            <Trouble error={devices.error} onRetry={devices.reload} />
            <DeviceTable devices={devices.value?.devices} showsPerson mayWipeThem />
          </>
        ) : (
          <>
            <Meaning>
              Ending a session signs that desk or browser out. Nothing is removed there, and its person can
              sign in again.
            </Meaning>
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
