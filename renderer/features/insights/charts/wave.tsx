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
      {kinds.map(({ who, pale }) => {
        const bars = barsOf(wave, height, (part, index) => speaksMore(part) === who && isIn(index) !== pale);
        const of = classNames(styles[who], pale && styles["pale"]);
        return bars === "" ? null : <path key={`${who} ${pale}`} d={bars} className={of} />;
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

type Part = WaveParts[number];

/** Bars of one look are one drawing: twenty waves of fifty bars each took a page as long as all else on it. */
const kinds = (["you", "them"] as const).flatMap((who) => [
  { who, pale: false },
  { who, pale: true },
]);

function speaksMore({ agent, customer }: Part): "you" | "them" {
  return agent >= customer ? "you" : "them";
}

/** The path of those bars of a wave that are meant. */
function barsOf(wave: WaveParts, height: number, isMeant: (part: Part, index: number) => boolean): string {
  return wave
    .map((part, index) => {
      if (!isMeant(part, index)) return "";
      const tall = Math.max(2, Math.min(1, part.agent + part.customer) * (height - 4));
      return `M${index * unit} ${round((height - tall) / 2)}h${barWidth}v${round(tall)}h-${barWidth}z`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
