import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import type { CallListState } from "../../../shared/calls/outbound/wire.ts";
import styles from "./phone.module.css";

/** How far a list is. @param state undefined: not counted yet; the places are kept */
export function ListFigures({ state }: { state: CallListState | undefined }) {
  const counts = state?.counts;
  const figures: readonly (readonly [name: string, count: number | undefined])[] = [
    ["due now", counts?.due],
    ["later", counts?.later],
    ["with agents", counts && counts.reserved + counts.calling],
    ["reached", counts?.reached],
    ["used up", counts?.attempts],
    ["blocked", counts?.blocked],
  ];
  return (
    <ul className={styles["figures"]}>
      {figures.map(([name, count]) => (
        <li key={name}>
          <strong>{count === undefined ? "–" : formatCount(count)}</strong> {name}
        </li>
      ))}
    </ul>
  );
}
