import { CloudUpload, GitMerge } from "lucide-react";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import styles from "./list.module.css";

/** A name in its own direction; marks for what is not sent yet and for values that want a decision. */
export function LeadName({ lead }: { lead: LeadRow }) {
  return (
    <>
      <bdi className={`${styles["name"] ?? ""} cut`} title={lead.name.length > 20 ? lead.name : undefined}>
        {lead.name}
      </bdi>
      {lead.openKept > 0 && (
        <span className={styles["kept"]} title="Changed by two people">
          <Icon of={GitMerge} size={13} />
          <span className="visually-hidden">changed by two people</span>
        </span>
      )}
      {lead.waiting && (
        <span className={styles["waiting"]} title="Kept here, not sent yet">
          <Icon of={CloudUpload} size={13} />
          <span className="visually-hidden">not sent yet</span>
        </span>
      )}
    </>
  );
}
