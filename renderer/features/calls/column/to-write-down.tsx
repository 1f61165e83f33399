import { Link } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { callsToWriteDown } from "../../../../shared/rpc/contract/calls.ts";
import { useLive } from "../../../client/index.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { countOf } from "../../../ui/format/numbers.ts";
import styles from "./column.module.css";

/** Calls whose wrap-up ran out, or waits behind another call. A single one is opened at once. */
export function ToWriteDown() {
  const owed = useLive(callsToWriteDown, {}).value;
  if (!owed || owed.calls === 0) return null;
  const open = owed.calls === 1 ? { open: owed.newestId ?? undefined } : {};
  return (
    <Link to="/calls" search={{ show: "to-write-down", ...open }} className={styles["owed"]}>
      <Icon of={PenLine} size={14} />
      {countOf(owed.calls, "call", "calls")} to write down
    </Link>
  );
}
