export type HourBar = {
  hour: number;
  calls: number;
  x: number;
  width: number;
  y: number;
  height: number;
  label: string | null;
};
export type HourChart = { bars: HourBar[]; ticks: { y: number; calls: number }[] };

const widestBar = 32;

/**
 * Bars for calls by hour, laid out in a box of `width` by `height` pixels: the working hours 8-18, and more where
 * there were calls. The scale begins at zero; a day without calls keeps its axis.
 */
export function layOutHours(byHour: readonly number[], width: number, height: number): HourChart {
  const [first, last] = hoursShown(byHour);
  const count = last - first + 1;
  const top = niceTop(Math.max(0, ...byHour));
  const slot = width / count;
  const bars = Array.from({ length: count }, (_, index): HourBar => {
    const hour = first + index;
    const calls = byHour[hour] ?? 0;
    const barHeight = (calls / top) * height;
    const barWidth = Math.min(widestBar, slot * 0.7);
    return {
      hour,
      calls,
      x: index * slot + (slot - barWidth) / 2,
      width: barWidth,
      y: height - barHeight,
      height: barHeight,
      // Every label needs about 34 px, so narrow charts name every second hour.
      label: slot >= 34 || index % 2 === 0 ? `${String(hour).padStart(2, "0")}` : null,
    };
  });
  return { bars, ticks: [top / 2, top].map((calls) => ({ calls, y: height - (calls / top) * height })) };
}

function hoursShown(byHour: readonly number[]): [number, number] {
  const busy = byHour.flatMap((calls, hour) => (calls > 0 ? [hour] : []));
  return [Math.min(8, ...busy), Math.max(18, ...busy)];
}

/** An even number at or above the highest bar, so that half of it is whole too. */
function niceTop(most: number): number {
  const steps = [4, 6, 10, 20, 30, 40, 60, 80, 100];
  return steps.find((step) => step >= most) ?? Math.ceil(most / 100) * 100;
}
