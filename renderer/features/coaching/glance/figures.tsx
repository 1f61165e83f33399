import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import styles from "./glance.module.css";

/** How we talk, beside how much. @param brief where there is little room: without the longest turn, which has its alarm */
export function Figures({ call: { metrics }, brief = false }: { call: LiveCoaching; brief?: boolean }) {
  const { paceWpm, longestMonologueMs, interruptionsByAgent } = metrics;
  return (
    <dl className={styles["figures"]}>
      <Figure label="Pace" value={paceWpm === undefined ? "–" : String(paceWpm)} unit="wpm" />
      {!brief && (
        <Figure
          label="Longest turn"
          value={longestMonologueMs === undefined ? "–" : formatDuration(longestMonologueMs / 1000)}
        />
      )}
      <Figure label="Interruptions" value={String(interruptionsByAgent ?? 0)} />
    </dl>
  );
}

function Figure({ label, value, unit }: { label: string; value: string; unit?: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <b>{value}</b>
        {unit && ` ${unit}`}
      </dd>
    </div>
  );
}
