/** One line of the benchmark table. Durations in ms, sizes in MB, medians of at least five runs unless it says so. */
export type Measurement = {
  id: string;
  value: number;
  unit: "ms" | "s" | "MB" | "x" | "fps" | "count" | "%";
  /** What the product promises, e.g. "< 50". */
  reach: string;
  runs: number;
  /** The least that this machine needs for the same thing, measured in the same run. */
  floor?: number;
  /** `value` over `floor`: what must not get worse. */
  ratio?: number;
  note?: string;
};

export type Bench = {
  /** The ids that this file measures; `--only` picks by them. */
  ids: readonly string[];
  /** Runs with servers and processes of its own, and leaves nothing behind. */
  run(options: BenchOptions): Promise<Measurement[]>;
};

export type BenchOptions = {
  runs: number;
  /** Whether anybody has asked for this one. */
  wants(id: string): boolean;
  /** Says that something cannot be measured on this machine; it is counted with the results. */
  skip(id: string, why: string): void;
  /** An empty folder that is removed afterwards. */
  folder: string;
  log(line: string): void;
};

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Nearest rank; `share` in [0, 1]. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  const value = sorted[index];
  if (value === undefined) throw new Error("no values to take a quantile of");
  return value;
}

export function withFloor(measurement: Omit<Measurement, "ratio">, floor: number): Measurement {
  return { ...measurement, floor, ratio: measurement.value / floor };
}

/** True when `value` keeps the promise written in `reach` ("< 50", ">= 4"). */
export function isReached({ value, reach }: Pick<Measurement, "value" | "reach">): boolean {
  const [, comparison, limit] = /^(<=|>=|<|>)\s*([\d.]+)/u.exec(reach) ?? [];
  const bound = Number(limit);
  if (comparison === undefined || Number.isNaN(bound)) throw new Error(`cannot read reach “${reach}”`);
  if (comparison === "<") return value < bound;
  if (comparison === "<=") return value <= bound;
  if (comparison === ">") return value > bound;
  return value >= bound;
}
