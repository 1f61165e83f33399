import type { Trigger } from "../../entities/playbook.ts";

const anyTime = { fromMs: null, untilMs: null };
type Phrases = Extract<Trigger, { kind: "phrases" }>;
type More = Partial<Omit<Phrases, "kind" | "side" | "phrases">>;

export function whenAgentSays(phrases: string[], more: More = {}): Trigger {
  return { kind: "phrases", side: "agent", phrases, apart: 2, notNear: [], ...anyTime, ...more };
}

export function whenCustomerSays(phrases: string[], more: More = {}): Trigger {
  return { kind: "phrases", side: "customer", phrases, apart: 2, notNear: [], ...anyTime, ...more };
}

export function whenPattern(
  side: "agent" | "customer",
  pattern: string,
  fromMs: number | null = null,
): Trigger {
  return { kind: "pattern", side, pattern, fromMs, untilMs: null };
}

/** Models differ in how alike they find things; trying it against past calls tells. */
export function whenCustomerMeans(examples: string[], likeness = 0.55): Trigger {
  return { kind: "meaning", side: "customer", examples, likeness, ...anyTime };
}

export function whenQuiet(overMs: number, fromMs: number | null = null): Trigger {
  return { kind: "silence", overMs, fromMs, untilMs: null };
}

type Metric = Extract<Trigger, { kind: "metric" }>;

export function whenMetric(
  metric: Metric["metric"],
  is: Metric["is"],
  value: number,
  fromMs: number,
): Trigger {
  return { kind: "metric", metric, is, value, fromMs, untilMs: null };
}
