import { CloudOff } from "lucide-react";
import { syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useLive } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/display/icon.tsx";
import { useNow } from "../../ui/format/use-now.ts";
import { offlineWords } from "./sync-words.ts";
import styles from "./sync.module.css";

/** For the top bar: says in words that the desk works from this device; nothing while it is connected. */
export function OfflineBadge() {
  const status = useLive(syncStatus, {}).value;
  const now = useNow();
  const words = status && offlineWords(status, now);
  if (!words) return null;
  return (
    <span className={styles["offline"]} role="status" title={`${words.title}, ${words.detail}`}>
      <Icon of={CloudOff} size={14} />
      <strong className="cut">{words.title}</strong>
      <span className={classNames(styles["offline-detail"], "cut")}>{words.detail}</span>
    </span>
  );
}
