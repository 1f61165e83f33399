import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { compareListings, listingMatches } from "../../../../shared/rpc/contract/assistant.ts";
import { leadScore } from "../../../../shared/rpc/contract/leads.ts";
import { useCommand, useDirectory, useLive } from "../../../client/index.ts";
import { levelWords } from "../../../ui/display/level-words.ts";
import { ScoreDot } from "../../../ui/display/score-dot.tsx";
import styles from "./at-a-glance.module.css";

/**
 * One line of what is known of whom one talks to: how warm they are, and what on offer fits them best. Read from this
 * device; why it is so stands on the profile, to which a click leads.
 */
export function AtAGlance({ leadId }: { leadId: RecordId }) {
  const score = useLive(leadScore, { id: leadId }).value?.score;
  return (
    <Link to="/leads/$leadId" params={{ leadId }} className={styles["glance"]}>
      {score && (
        <span className={styles["score"]}>
          <ScoreDot score={score.total} /> <b>{score.total}</b> {levelWords[score.level]}
        </span>
      )}
      <BestMatch leadId={leadId} />
    </Link>
  );
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
