import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { compareListings, listingMatches } from "../../../../shared/rpc/contract/assistant.ts";
import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useCommand, useDirectory, useLive } from "../../../client/index.ts";
import { levelWords } from "../../../ui/display/level-words.ts";
import { ScoreDot } from "../../../ui/display/score-dot.tsx";
import { urgencyWords } from "../../../ui/display/urgency-words.ts";
import { NextBest } from "../../assistant/index.ts";
import styles from "./at-a-glance.module.css";

type Judged = OutputOf<typeof leadScore>;

/**
 * What is known of whom one talks to: how warm they are and what on offer fits them best, in one line, and in the next
 * what to do and how soon. Read from this device; why it is so stands on the profile, to which a click leads.
 */
export function AtAGlance({ leadId }: { leadId: RecordId }) {
  const judged = useLive(leadScore, { id: leadId }).value;
  const score = judged?.score;
  return (
    <>
      <Link to="/leads/$leadId" params={{ leadId }} className={styles["glance"]}>
        {score && (
          <span className={styles["score"]}>
            <ScoreDot score={score.total} /> <b>{score.total}</b> {levelWords[score.level]}
          </span>
        )}
        <BestMatch leadId={leadId} />
      </Link>
      <div className={styles["next"]} role="group" aria-label="What to do next">
        {judged?.said && <HowSoon said={judged.said} />}
        <NextBest leadId={leadId} otherwise={score && <span>{wordsWhileTalking(score.next)}</span>} />
      </div>
    </>
  );
}

/** By what they last wrote or said. */
function HowSoon({ said: { urgency, urgentWords } }: { said: NonNullable<Judged["said"]> }) {
  const words = urgencyWords[urgency];
  if (words === "") return null;
  return <b title={`They said: ${urgentWords.join(", ")}`}>{words}</b>;
}

/** Whoever talks with them needs nobody to say that they should call. */
function wordsWhileTalking({ kind, words }: NonNullable<Judged["score"]>["next"]): string {
  return kind === "call" ? "Agree with them on what comes next." : words;
}

function BestMatch({ leadId }: { leadId: RecordId }) {
  const { term } = useDirectory();
  const compare = useCommand(compareListings);
  useEffect(() => void compare({ leadId }), [compare, leadId]);
  const [best, ...more] = useLive(listingMatches, { leadId }).value?.matches ?? [];
  if (!best) return null;
  return (
    <>
      <span className={styles["fits"]} title={`The ${term("listing")} that fits best`}>
        Fits <bdi>{best.listing.title}</bdi>
      </span>
      {more.length > 0 && <span className={styles["more"]}>and {more.length} more</span>}
    </>
  );
}
