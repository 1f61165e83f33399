import { useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { moodWords } from "../../../ui/display/mood-mark.tsx";
import { ScoreDot } from "../../../ui/display/score-dot.tsx";
import { urgencyWords } from "../../../ui/display/urgency-words.ts";
import { staleWords } from "../score/score-words.ts";
import { ScoreParts } from "../score/score-parts.tsx";
import styles from "./score-card.module.css";

type Judged = OutputOf<typeof leadScore>;
type Score = NonNullable<Judged["score"]>;

/**
 * How worth a call somebody is, and why. All of it is reckoned on this machine.
 * @param stored what lists show
 */
export function ScoreCard({ leadId, stored }: { leadId: RecordId; stored: number | null }) {
  const { value } = useLive(leadScore, { id: leadId });
  const [showsWhy, setShowsWhy] = useState(false);
  const score = value?.score;
  // Its place is kept while it loads.
  if (!value || !score) return <section className={styles["card"]} aria-label="Score" />;
  const stale = staleWords(stored, score.total);
  return (
    <section className={styles["card"]} aria-label="Score">
      <div className={styles["head"]}>
        <h3>Score</h3>
        <span className={styles["total"]}>
          <ScoreDot score={score.total} /> {score.total}
        </span>
      </div>
      {stale && <p className={styles["why"]}>{stale}</p>}
      <ScoreParts parts={score.components} showsWhy={showsWhy} />
      <Probability conversion={value.conversion} showsWhy={showsWhy} />
      <p className={styles["next"]}>{score.next.words}</p>
      {value.said && <Said said={value.said} showsWhy={showsWhy} />}
      {showsWhy && <Small score={score} />}
      <Button kind="link" size="small" aria-expanded={showsWhy} onClick={() => setShowsWhy(!showsWhy)}>
        {showsWhy ? "Less" : "Why"}
      </Button>
    </section>
  );
}

/** A percentage that is shown without its width would say more than is known. */
function Probability({ conversion, showsWhy }: { conversion: Judged["conversion"]; showsWhy: boolean }) {
  if (conversion === null) return null;
  const { probability, low, high, reasons, learned } = conversion;
  return (
    <>
      <p className={styles["line"]}>
        <span>Wins within 30 days</span>
        <strong title={`Between ${percent(low)} and ${percent(high)}`}>{percent(probability)}</strong>
      </p>
      {showsWhy && (
        <ul className={styles["reasons"]}>
          {reasons.map((words) => (
            <li key={words}>{words}</li>
          ))}
          <li>
            {learned
              ? `Model ${learned.version}, learned from ${learned.contacts} of your calls`
              : "What holds of most organisations: the server has not learned from your outcomes yet"}
            ; between {percent(low)} and {percent(high)}.
          </li>
        </ul>
      )}
    </>
  );
}

/** What a feeling is read from stands beside it: whoever reads “anger” alone would take it for more. */
function Said({ said, showsWhy }: { said: NonNullable<Judged["said"]>; showsWhy: boolean }) {
  const words = [
    moodWords[said.sentiment],
    ...said.emotions.map(({ emotion }) => emotion),
    urgencyWords[said.urgency],
  ];
  return (
    <>
      <p className={styles["line"]} title={`Of the last ${said.texts} messages, chats and calls`}>
        <span>Mood lately</span>
        <span>{words.filter(Boolean).join(", ")}</span>
      </p>
      {said.phrases.length > 0 && (
        <p className={styles["why"]}>
          <bdi>{said.phrases.join(" · ")}</bdi>
        </p>
      )}
      {showsWhy && (
        <>
          {said.emotions.map(({ emotion, because }) => (
            <p key={emotion} className={styles["why"]}>
              <bdi>
                {emotion}: {because.join(", ")}
              </bdi>
            </p>
          ))}
          <p className={styles["why"]}>
            Mood and feelings are what trained models read in English, and miss much that is only hinted at;
            beside a feeling stand the words that speak most for it. Urgency is found by lists of words.
          </p>
        </>
      )}
    </>
  );
}

function Small({ score }: { score: Score }) {
  return (
    <p className={styles["why"]}>
      {churnWords[score.churn.risk]} {score.churn.why} Reckoned on this machine, also offline.
    </p>
  );
}

const churnWords = {
  low: "No sign that they turn away.",
  middle: "They have gone quiet.",
  high: "They are about to be lost.",
} as const;

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
