import type { ReactNode } from "react";
import { formatDuration } from "../../../ui/format/times.ts";
import styles from "./report.module.css";

/** Plays the recording from there on; ms from the answer. */
export type Play = (atMs: number) => void;

/** A line that may belong to a moment of the call: a click plays it. */
export function Moment({
  atMs,
  play,
  aside,
  children,
}: {
  atMs: number | null;
  play: Play | null;
  aside?: string;
  children: ReactNode;
}) {
  return (
    <div className={styles["moment"]}>
      {atMs === null ? <span /> : <MomentTime atMs={atMs} play={play} />}
      <p dir="auto">{children}</p>
      {aside && <i>{aside}</i>}
    </div>
  );
}

function MomentTime({ atMs, play }: { atMs: number; play: Play | null }) {
  const time = formatDuration(atMs / 1000);
  if (!play) return <time>{time}</time>;
  return (
    <button type="button" aria-label={`Play from ${time}`} onClick={() => play(atMs)}>
      {time}
    </button>
  );
}
