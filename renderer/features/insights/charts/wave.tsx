import { classNames } from "../../../ui/class-names.ts";
import styles from "./charts.module.css";

export type WaveParts = readonly { agent: number; customer: number }[];

const unit = 3;
const barWidth = 2;

/**
 * Who spoke when, from the transcript: each bar is a part of the call, as high as somebody spoke in it and in the
 * colour of who spoke more.
 */
export function Wave({
  wave,
  durationMs,
  atMs,
  span,
  height,
  onSeek,
}: {
  wave: WaveParts;
  durationMs: number;
  atMs: number;
  /** What stands out of the rest, ms. */
  span?: { fromMs: number; toMs: number } | undefined;
  height: number;
  onSeek?: ((ms: number) => void) | undefined;
}) {
  const width = wave.length * unit;
  const partMs = durationMs / Math.max(1, wave.length);
  const isIn = (index: number) =>
    !span || ((index + 1) * partMs >= span.fromMs && index * partMs <= span.toMs);
  return (
    <svg
      className={classNames(styles["wave"], onSeek && styles["seekable"])}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      height={height}
      aria-hidden
      onClick={(event) => {
        const { left, width: drawn } = event.currentTarget.getBoundingClientRect();
        onSeek?.(Math.round(((event.clientX - left) / drawn) * durationMs));
      }}
    >
      {wave.map(({ agent, customer }, index) => {
        const tall = Math.max(2, Math.min(1, agent + customer) * (height - 4));
        return (
          <rect
            key={index}
            x={index * unit}
            y={(height - tall) / 2}
            width={barWidth}
            height={tall}
            className={classNames(
              agent >= customer ? styles["you"] : styles["them"],
              !isIn(index) && styles["pale"],
            )}
          />
        );
      })}
      <rect
        x={Math.min(width - 1, (atMs / Math.max(1, durationMs)) * width)}
        y={0}
        width={1.2}
        height={height}
        className={styles["needle"]}
      />
    </svg>
  );
}
