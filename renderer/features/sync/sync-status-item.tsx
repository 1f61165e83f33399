import { CloudOff, RefreshCw } from "lucide-react";
import { useState } from "react";
import { syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useLive } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { Tooltip } from "../../ui/floating/tooltip.tsx";
import { useNow } from "../../ui/format/use-now.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import type { OpenRecord } from "./open-record.ts";
import { SyncPanel } from "./sync-panel.tsx";
import { connectionWords, statusBarWords } from "./sync-words.ts";
import { useNetworkReturn } from "./use-network-return.ts";
import styles from "./sync.module.css";

/** The first item of the status bar; it opens the panel above itself. */
export function SyncStatusItem({ onOpenRecord }: { onOpenRecord: OpenRecord }) {
  const [opened, setOpened] = useState(false);
  const status = useLive(syncStatus, {}).value;
  const now = useNow(1_000);
  useNetworkReturn();
  const toggle = () => setOpened((was) => !was);
  useShortcuts("global", [{ id: "sync", keys: "g y", title: "Open sync", group: "Go to", run: toggle }]);
  if (!status) return null;
  const off = connectionWords(status, now).shape === "off";
  return (
    <>
      <Tooltip label="What is sent and what is not" keys="g y">
        <button type="button" className={styles["bar-item"]} aria-expanded={opened} onClick={toggle}>
          <Icon of={off ? CloudOff : RefreshCw} size={13} />
          {statusBarWords(status, now).map((part) => (
            <span key={part} className={styles["bar-part"]}>
              {part}
            </span>
          ))}
        </button>
      </Tooltip>
      {opened && (
        <SyncPanel
          onClose={() => setOpened(false)}
          onOpenRecord={(record) => {
            setOpened(false);
            onOpenRecord(record);
          }}
        />
      )}
    </>
  );
}
