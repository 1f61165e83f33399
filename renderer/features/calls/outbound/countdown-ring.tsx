import { useNow } from "../../../ui/format/use-now.ts";
import styles from "./outbound.module.css";

const radius = 13;
const round = 2 * Math.PI * radius;
/** Often enough that no second is shown late. */
const tickMs = 250;

/** How long until it is dialled, as a ring that empties; steps by the second, as numbers never glide. */
export function CountdownRing({ dialsAt, seconds }: { dialsAt: string; seconds: number }) {
  const now = useNow(tickMs);
  const left = Math.max(0, Math.ceil((Date.parse(dialsAt) - now.getTime()) / 1_000));
  const share = seconds > 0 ? Math.min(1, left / seconds) : 0;
  return (
    <span className={styles["ring"]} role="timer" aria-label={`Dials in ${left} seconds`}>
      <svg viewBox="0 0 32 32" aria-hidden>
        <circle cx="16" cy="16" r={radius} />
        <circle cx="16" cy="16" r={radius} strokeDasharray={`${share * round} ${round}`} />
      </svg>
      <span aria-hidden>{left}</span>
    </span>
  );
}
