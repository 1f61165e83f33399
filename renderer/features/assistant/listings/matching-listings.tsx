import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { compareListings, listingMatches } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useCommand, useDirectory, useLive } from "../../../client/index.ts";
import { formatMoneyShort } from "../../../ui/format/numbers.ts";
import { sourceWords } from "./source-words.ts";
import styles from "./matches.module.css";

/** What is on offer for a person, and why. Takes no room where nothing fits. */
export function MatchingListings({ leadId }: { leadId: RecordId }) {
  const { term } = useDirectory();
  const compare = useCommand(compareListings);
  useEffect(() => void compare({ leadId }), [compare, leadId]);
  const answer = useLive(listingMatches, { leadId }).value;
  if (!answer || answer.matches.length === 0) return null;
  return (
    <section className={styles["matches"]} aria-label={`Matching ${term("listings")}`}>
      <h3>Matching {term("listings")}</h3>
      <ul>
        {answer.matches.map((match) => (
          <MatchLine key={match.listingId} match={match} />
        ))}
      </ul>
      <p className={styles["by"]}>{sourceWords(answer)}</p>
    </section>
  );
}

type Answer = OutputOf<typeof listingMatches>;

function MatchLine({ match: { listing, score, reasons, against } }: { match: Answer["matches"][number] }) {
  const drawback = against.length === 0 ? "" : `; but ${against.join(", ")}`;
  return (
    <li>
      <Link to="/listings" search={{ open: listing.id }}>
        <bdi className="cut">{listing.title}</bdi>
      </Link>
      <span className={styles["score"]} title="How well it fits, of 100">
        {score}
      </span>
      <span className={styles["why"]}>
        {listing.price !== null && `${formatMoneyShort(listing.price, listing.currency)}, `}
        {reasons.join(", ")}
        {drawback}
      </span>
    </li>
  );
}
