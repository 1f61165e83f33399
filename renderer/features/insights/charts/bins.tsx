import type { KeyboardEvent } from "react";
import { countOf } from "../../../ui/format/numbers.ts";
import { bandOf, type Goal } from "./scale.ts";
import styles from "./charts.module.css";

export type Bin = { from: number; to: number; calls: number };

/**
 * How many calls lie where: bars on one base, the goal behind, the median as a line. Everything stands at per cents of the
 * drawing's width, so that nothing has to be measured. With `onPick` each bar that counts a call can be picked; one of
 * them is reached by Tab and the others by the arrows.
 */
export function Bins({
  bins,
  median,
  goal,
  text,
  label,
  height = 220,
  chosen = null,
  onPick,
}: {
  bins: readonly Bin[];
  median: number | null;
  goal: Goal;
  text: (value: number) => string;
  label: string;
  height?: number;
  /** The bar that is picked, counted from 0. */
  chosen?: number | null;
  onPick?: (index: number) => void;
}) {
  const [low, high] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1];
  const isOne = bins.length === 1;
  const at = (value: number) =>
    isOne ? 50 : Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100));
  const band = bandOf(goal, { low, high, at });
  return (
    <div className={styles["chart"]}>
      <div className={styles["bins-box"]} style={{ height }}>
        {band && (
          <div
            className={styles["bins-band"]}
            style={{ insetInlineStart: `${band.start}%`, width: `${band.size}%` }}
          />
        )}
        <Bars bins={bins} text={text} label={label} chosen={chosen} onPick={onPick} />
        {median !== null && (
          <div className={styles["bins-median"]} style={{ insetInlineStart: `${at(median)}%` }} />
        )}
      </div>
      <p className={styles["bins-ends"]} data-one={isOne} aria-hidden>
        <span>{text(low)}</span>
        {!isOne && <span>{text(high)}</span>}
      </p>
    </div>
  );
}

function Bars({
  bins,
  text,
  label,
  chosen,
  onPick,
}: {
  bins: readonly Bin[];
  text: (value: number) => string;
  label: string;
  chosen: number | null;
  onPick: ((index: number) => void) | undefined;
}) {
  const isOne = bins.length === 1;
  const most = Math.max(1, ...bins.map(({ calls }) => calls));
  const bar = ({ calls }: Bin) => calls > 0 && <span style={{ height: `${(calls / most) * 96}%` }} />;
  if (!onPick)
    return (
      <div role="img" aria-label={label} className={styles["bins"]} data-one={isOne}>
        {bins.map((bin) => (
          <div key={bin.from} className={styles["bin"]}>
            {bar(bin)}
          </div>
        ))}
      </div>
    );
  const reached = bins[chosen ?? -1]?.calls ? chosen : bins.findIndex(({ calls }) => calls > 0);
  return (
    <div role="group" aria-label={label} className={styles["bins"]} data-one={isOne}>
      {bins.map((bin, index) => {
        const spoken = `${text(bin.from)} to ${text(bin.to)}: ${countOf(bin.calls, "call")}`;
        return (
          <button
            key={bin.from}
            type="button"
            className={styles["bin"]}
            disabled={bin.calls === 0}
            tabIndex={index === reached ? 0 : -1}
            aria-label={spoken}
            aria-pressed={index === chosen}
            title={spoken}
            onClick={() => onPick(index)}
            onKeyDown={moveAlong}
          >
            {bar(bin)}
          </button>
        );
      })}
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** To the next bar that counts a call. */
function moveAlong(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const bars = [
    ...(event.currentTarget.parentElement?.querySelectorAll<HTMLButtonElement>("button:enabled") ?? []),
  ];
  const now = bars.indexOf(event.currentTarget);
  bars[Math.min(bars.length - 1, Math.max(0, now + step))]?.focus();
}
