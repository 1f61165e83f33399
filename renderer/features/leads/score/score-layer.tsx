import { useLayoutEffect, useRef } from "react";
import { createPortal } from "react-dom";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import { useLive } from "../../../client/index.ts";
import { levelWords } from "../../../ui/display/level-words.ts";
import { ScoreDot } from "../../../ui/display/score-dot.tsx";
import { placeBeside, useRestedOn } from "../../../ui/floating/rested-on.ts";
import { ScoreParts } from "./score-parts.tsx";
import { staleWords } from "./score-words.ts";
import styles from "./score.module.css";

/** What the score is made of on which the pointer rests, one for a whole list: `data-score-of` names the lead. */
export function ScoreLayer() {
  const mark = useRestedOn("[data-score-of]");
  if (!mark?.dataset["scoreOf"]) return null;
  return <Breakdown key={mark.dataset["scoreOf"]} mark={mark} id={mark.dataset["scoreOf"] as RecordId} />;
}

function Breakdown({ mark, id }: { mark: HTMLElement; id: RecordId }) {
  const score = useLive(leadScore, { id }).value?.score;
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (score && card.current) placeBeside(card.current, mark.getBoundingClientRect());
  }, [score, mark]);
  if (!score) return null;
  const stale = staleWords(Number(mark.textContent), score.total);
  return createPortal(
    <div ref={card} role="tooltip" className={styles["layer"]}>
      <p className={styles["head"]}>
        {levelWords[score.level]}
        <span>
          <ScoreDot score={score.total} /> {score.total}
        </span>
      </p>
      <ScoreParts parts={score.components} showsWhy={false} />
      <p>{score.next.words}</p>
      {stale && <p className={styles["why"]}>{stale}</p>}
    </div>,
    document.body,
  );
}
