import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { useDirectory } from "../../../client/index.ts";
import { Avatar } from "../../../ui/display/avatar.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { ScoreMark } from "../list/lead-marks.tsx";
import { LeadName } from "../list/lead-name.tsx";
import { nextTaskWords } from "../list/next-task-words.ts";
import styles from "./lead-card.module.css";

/** A lead as a card: who, of what firm, and what comes next. */
export function LeadCard({ lead }: { lead: LeadRow }) {
  const directory = useDirectory();
  const now = useNow(60_000);
  const due = lead.nextTask && nextTaskWords(lead.nextTask, now);
  return (
    <>
      <div className={styles["line"]}>
        <LeadName lead={lead} />
        <span className={styles["score"]}>
          {lead.score !== null && <ScoreMark id={lead.id} score={lead.score} />}
        </span>
      </div>
      <bdi className={`${styles["company"] ?? ""} cut`}>{lead.company || lead.city}</bdi>
      <div className={styles["line"]}>
        <span className={due?.urgent ? styles["urgent"] : styles["due"]}>{due?.when}</span>
        <bdi className="cut">{lead.nextTask?.title}</bdi>
        {lead.ownerId && (
          <span className={styles["owner"]} title={directory.personName(lead.ownerId)}>
            <Avatar name={directory.personName(lead.ownerId)} />
          </span>
        )}
      </div>
    </>
  );
}
