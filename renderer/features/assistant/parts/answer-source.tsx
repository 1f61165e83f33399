import { ThumbsDown, ThumbsUp } from "lucide-react";
import type { AnswerOrigin } from "../../../../shared/assistant/server-wire.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import styles from "./parts.module.css";

/** Who answered, and what the person thought of it: nobody is to take a rule's words for a model's. */
export function AnswerSource({
  origin,
  why,
  useful,
  onJudge,
}: {
  origin: AnswerOrigin;
  why: string;
  useful: boolean | null;
  onJudge: (useful: boolean) => void;
}) {
  return (
    <p className={styles["source"]}>
      <span>{sourceWords(origin, why)}</span>
      {origin.requestId !== "" && (
        <span className={styles["judge"]} role="group" aria-label="Was this useful?">
          <IconButton
            size="small"
            icon={ThumbsUp}
            label="Useful"
            aria-pressed={useful === true}
            onClick={() => onJudge(true)}
          />
          <IconButton
            size="small"
            icon={ThumbsDown}
            label="Not useful"
            aria-pressed={useful === false}
            onClick={() => onJudge(false)}
          />
        </span>
      )}
    </p>
  );
}

function sourceWords({ by, model, requestId }: AnswerOrigin, why: string): string {
  if (by === "model") return `Written by ${model === "" ? "a model" : model}. ${why}`.trimEnd();
  const rules = requestId === "" ? "By rules, on this device." : "By rules: no model is set up.";
  return why === "" ? rules : `By rules. ${why}`;
}
