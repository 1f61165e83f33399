import { Link } from "@tanstack/react-router";
import type { Deal } from "../../../../shared/entities/deal.ts";
import { useDirectory } from "../../../client/index.ts";
import { showDay } from "../../../ui/fields/parse-day.ts";
import { formatMoneyShort } from "../../../ui/format/numbers.ts";
import { DealOutlook } from "../../assistant/index.ts";
import styles from "./profile.module.css";

/** What is or was to be sold to somebody. A click opens the deal on its board, with all that is known of it. */
export function DealsSection({ deals }: { deals: readonly Deal[] }) {
  const { term } = useDirectory();
  const word = term(deals.length > 1 ? "deals" : "deal");
  const name = word.charAt(0).toLocaleUpperCase() + word.slice(1);
  return (
    <section aria-label={name}>
      <div className={styles["side-head"]}>
        <h3>{name}</h3>
      </div>
      {deals.map((deal) => (
        <div key={deal.id} className={styles["deal"]}>
          <Link to="/deals" search={{ open: deal.id }}>
            <bdi className="cut">{deal.name}</bdi>
          </Link>
          <span>{deal.value === null ? "No sum yet" : formatMoneyShort(deal.value, deal.currency)}</span>
          {deal.expectedCloseOn && <span>Close by {showDay(deal.expectedCloseOn)}</span>}
          <DealOutlook dealId={deal.id} />
        </div>
      ))}
      {deals.length === 0 && <p className={styles["plain"]}>None yet.</p>}
    </section>
  );
}
