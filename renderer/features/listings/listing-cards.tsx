import { useEffect } from "react";
import type { Listing } from "../../../shared/entities/listing.ts";
import { Button } from "../../ui/controls/button.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { placeText, priceText, sizeText, statusLabels } from "./listing-words.ts";
import { StatusMark } from "./status-mark.tsx";
import type { useListingRows } from "./use-listing-rows.ts";
import styles from "./listings.module.css";

const shownCards = 200;

/** The first cards of the list, to look through; longer lists are for the table or for searching. */
export function ListingCards({
  list,
  onOpen,
}: {
  list: ReturnType<typeof useListingRows>;
  onOpen: (id: string) => void;
}) {
  const { onVisible, rowAt, total = 0 } = list;
  const count = Math.min(total, shownCards);
  useEffect(() => onVisible(0, count - 1), [onVisible, count]);
  const listings = Array.from({ length: count }, (_, index) => rowAt(index)).filter(
    (listing) => listing !== undefined,
  );
  return (
    <div className={styles["cards"]}>
      <ul className={styles["grid"]}>
        {listings.map((listing) => (
          <li key={listing.id}>
            <ListingCard listing={listing} onOpen={() => onOpen(listing.id)} />
          </li>
        ))}
      </ul>
      {total > count && (
        <p className={styles["more"]}>{countOf(total - count, "more")}: search, or look at the list.</p>
      )}
    </div>
  );
}

function ListingCard({ listing, onOpen }: { listing: Listing; onOpen: () => void }) {
  return (
    <Button className={styles["card"]} onClick={onOpen}>
      <span className={styles["card-head"]}>
        <bdi className={styles["card-title"]}>{listing.title}</bdi>
        <span className={styles["status"]}>
          <StatusMark status={listing.status} /> {statusLabels[listing.status]}
        </span>
      </span>
      <bdi className="cut">{placeText(listing)}</bdi>
      <span className={styles["card-foot"]}>
        <strong>{priceText(listing)}</strong>
        <span className="cut">{sizeText(listing)}</span>
      </span>
    </Button>
  );
}
