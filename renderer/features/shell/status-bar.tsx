import { useNavigate } from "@tanstack/react-router";
import { Database } from "lucide-react";
import { shutOut } from "../../../shared/rpc/pipe.ts";
import { syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useConnection, useDirectory, useLive } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { KeyHint } from "../../ui/display/kbd.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { SyncStatusItem } from "../sync/index.ts";
import { openKeys, useDesk } from "./desk-state.ts";
import { placeOfRecord } from "./place-of-record.ts";
import styles from "./status-bar.module.css";

/** How sync stands, what is on this device, what is listed. */
export function StatusBar() {
  const listNote = useDesk((desk) => desk.listNote);
  const navigate = useNavigate();
  return (
    <footer className={styles["bar"]}>
      <SyncStatusItem onOpenRecord={(record) => void navigate({ to: placeOfRecord(record) })} />
      <LeadsOnDevice />
      <ConnectionItem />
      <span className={styles["space"]} />
      {listNote && (
        <span className={styles["item"]} role="status">
          {listNote}
        </span>
      )}
      <button type="button" className={styles["item"]} aria-keyshortcuts="?" onClick={openKeys}>
        Keys <KeyHint keys="?" />
      </button>
    </footer>
  );
}

function LeadsOnDevice() {
  const status = useLive(syncStatus, {}).value;
  const { term } = useDirectory();
  if (!status) return null;
  return (
    <span className={styles["item"]}>
      <Icon of={Database} size={13} />
      {countOf(status.leadsOnDevice, term("lead"), term("leads"))} on this device
    </span>
  );
}

const connectionWords = {
  connecting: "Opening",
  lost: "Coming back. Your edits are kept.",
  "shut-out": `${shutOut} Your edits are kept.`,
};

/** The window lost its own replica: nothing is lost, and mostly there is nothing to do but to wait. */
function ConnectionItem() {
  const connection = useConnection();
  if (connection === "open") return null;
  return (
    <span className={styles["item"]} role="status">
      {connectionWords[connection]}
    </span>
  );
}
