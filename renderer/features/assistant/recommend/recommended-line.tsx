import { useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { useRef } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { judgeRecommendation, takeRecommendedTask } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand, useEdits } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import styles from "./recommended.module.css";
import { takeOnce } from "./take-once.ts";
import type { Recommendation } from "./use-recommendations.ts";

/**
 * One thing to do, done on one click, and why.
 * @param brief the reason shows where the pointer rests: there is room for one line
 */
export function RecommendedLine({
  leadId,
  one: { key, title, reason, confidence, deed },
  onCall,
  brief = false,
}: {
  leadId: RecordId;
  one: Recommendation;
  /** Dials. @returns whether that was permitted. Left out where to call is never advised. */
  onCall?: () => Promise<boolean>;
  brief?: boolean;
}) {
  const judge = useCommand(judgeRecommendation);
  const { report } = useEdits();
  const write = useWrite(leadId, key);
  const makeTask = useMakeTask(leadId);
  const taken = useRef(false);
  const call = async () => {
    const permitted = (await onCall?.()) ?? false;
    // A call that never began leaves what there is to call for as it was.
    return permitted && (await judge({ leadId, key, status: "accepted" })).ok;
  };
  const accept = async () => {
    // It counts as taken once the letter leaves.
    if (deed.do === "write") return write(deed.callId);
    await takeOnce(taken, () => (deed.do === "task" ? makeTask(key, deed.title) : call()));
  };
  const dismiss = async () =>
    report(await judge({ leadId, key, status: "dismissed" }), `Dismissed “${title}”`);
  return (
    <div className={styles["line"]}>
      <span className={styles["title"]} title={brief ? `${reason} ${sureWords(confidence)}` : undefined}>
        {title}
      </span>
      <Button size="small" aria-label={`${deedWords[deed.do]}: ${title}`} onClick={() => void accept()}>
        {deedWords[deed.do]}
      </Button>
      <IconButton size="small" icon={X} label={`Dismiss: ${title}`} onClick={() => void dismiss()} />
      {!brief && (
        <span className={styles["reason"]} dir="auto">
          {reason} <span title="How often this is right, as far as can be told">{sureWords(confidence)}</span>
        </span>
      )}
    </div>
  );
}

const deedWords = { call: "Call", write: "Write", task: "Task" } as const;

/** Opens the letter on their profile; it knows which suggestion it follows. */
function useWrite(leadId: RecordId, key: string): (callId: RecordId | null) => void {
  const navigate = useNavigate();
  return (callId) =>
    void navigate({
      to: "/leads/$leadId",
      params: { leadId },
      search: (before) => ({
        ...{ ...before, suggested: key },
        ...(callId === null ? { do: "email" } : { do: "after-call", about: callId }),
      }),
    });
}

/** Makes the task, says so and offers to take it back, with which it is suggested again. @returns whether it is made */
function useMakeTask(leadId: RecordId): (key: string, title: string) => Promise<boolean> {
  const make = useCommand(takeRecommendedTask);
  const { report } = useEdits();
  return async (key, title) => {
    const made = await make({ leadId, key });
    const isTask = made.ok && made.value.count === 0;
    return report(made, isTask ? "This is a task already" : `Task “${title}”`).ok;
  };
}

function sureWords(confidence: number): string {
  if (confidence >= 0.75) return "Quite sure.";
  return confidence >= 0.55 ? "Likely." : "A guess.";
}
