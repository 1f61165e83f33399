import type { RecordId } from "../../../../shared/entities/id.ts";
import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import { useLive } from "../../../client/index.ts";
import { classNames } from "../../../ui/class-names.ts";
import { levelWords } from "../../../ui/display/level-words.ts";
import styles from "./score.module.css";

/** How warm somebody is today, as the score beside it has it; what stands in the list is last night's. */
export function LevelTag({ leadId, className }: { leadId: RecordId; className?: string | undefined }) {
  const level = useLive(leadScore, { id: leadId }).value?.score?.level;
  // Its place is kept while it loads.
  return (
    <span className={classNames(className, level === undefined && styles["tag-loading"])}>
      {levelWords[level ?? "warm"]}
    </span>
  );
}
