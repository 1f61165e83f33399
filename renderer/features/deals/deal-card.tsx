import { isBefore, startOfDay } from "date-fns";
import type { DealRow } from "../../../shared/rpc/contract/work.ts";
import { useDirectory } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { formatMoneyShort } from "../../ui/format/numbers.ts";
import { shortDate } from "../../ui/format/times.ts";
import styles from "./deals.module.css";

/** A deal as a card: what, for whom, how much, by when. */
export function DealCard({ deal, now }: { deal: DealRow; now: Date }) {
  const directory = useDirectory();
  const owner = directory.personName(deal.ownerId);
  const isOpen = directory
    .stages("deals")
    .some(({ key, outcome }) => key === deal.stage && outcome === "open");
  return (
    <>
      <p className={styles["card-name"]}>
        <bdi className="cut">{deal.name}</bdi>
        {deal.waiting && (
          <span className={styles["waiting"]} title="Not on the server yet" aria-label="not sent yet" />
        )}
      </p>
      <bdi className="cut">{deal.leadName}</bdi>
      <p className={styles["card-foot"]}>
        <span className={styles["card-value"]}>
          {deal.value === null ? "no value yet" : formatMoneyShort(deal.value, deal.currency)}
        </span>
        <span>{closeText(deal, isOpen, now)}</span>
        <span title={owner} className={styles["card-owner"]}>
          <Avatar name={owner} />
        </span>
      </p>
    </>
  );
}

/** "18 Dec"; a day that has passed on a deal that is still open is said to be late. */
function closeText({ expectedCloseOn }: DealRow, isOpen: boolean, now: Date): string {
  if (!expectedCloseOn) return "";
  const day = new Date(`${expectedCloseOn}T00:00`);
  const late = isOpen && isBefore(day, startOfDay(now));
  return `${late ? "late, " : ""}${shortDate(day, now)}`;
}
