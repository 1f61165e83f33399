import { isOfListing } from "../../../../shared/assistant/question.ts";
import { judgeDraft, type Draft } from "../../../../shared/rpc/contract/assistant.ts";
import { useCommand } from "../../../client/index.ts";
import { foreignWords } from "../model/words.ts";
import { AnswerSource } from "../parts/answer-source.tsx";
import styles from "./listings.module.css";

/** Who wrote it; by the rules it is in English, whatever was asked for. */
export function ListingSource({ draft: { id, origin, why, useful, question, state } }: { draft: Draft }) {
  const judge = useCommand(judgeDraft);
  if (!origin)
    return (
      <span className={styles["coming"]}>
        {state === "stopped" ? "Stopped. What came is kept." : "Writing …"}
      </span>
    );
  const foreign = isOfListing(question) && question.language !== "en" && origin.by === "rules";
  const note = foreign ? `${why} Without a model it comes in English.`.trim() : why;
  return (
    <AnswerSource
      origin={origin}
      why={note}
      useful={useful}
      onJudge={(is) => void judge({ id, useful: is })}
    />
  );
}

/** What the output rules object to. It is in the page before it says anything: it is spoken as it changes. */
export function Objection({ draft }: { draft: Draft }) {
  return (
    <p role="status" className={styles["objection"]}>
      {draft.flagged ? `${foreignWords} Look at it before you use it.` : ""}
    </p>
  );
}
