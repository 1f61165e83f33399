/** How a value reads: shares are 0 to 1, `score` is -1 to 1. */
export type MetricUnit = "share" | "ms" | "count" | "per-minute" | "words-per-minute" | "score";

/** Every figure of a call, by the name under which it is stored, drawn and used in rules. Formulas: docs/metrics.md. */
export const metricUnits = {
  durationMs: "ms",
  agentMs: "ms",
  customerMs: "ms",
  silenceMs: "ms",
  overlaps: "count",
  overtalkMs: "ms",
  talkShare: "share",
  talkShareOfSpeech: "share",
  silenceShare: "share",
  overtalkShare: "share",
  turns: "count",
  interactivity: "per-minute",
  longestMonologueMs: "ms",
  longestCustomerMs: "ms",
  patienceMs: "ms",
  interruptionsByAgent: "count",
  interruptionsByCustomer: "count",
  interruptionRate: "share",
  paceWpm: "words-per-minute",
  customerPaceWpm: "words-per-minute",
  questionsAsked: "count",
  fillersPerMinute: "per-minute",
  deadAirCount: "count",
  deadAirMs: "ms",
  sentiment: "score",
  customerSentiment: "score",
} as const satisfies Record<string, MetricUnit>;

export type MetricName = keyof typeof metricUnits;
export const metricNames = Object.keys(metricUnits) as [MetricName, ...MetricName[]];

/** Of one call; a figure that cannot be told yet (no speech, no pause) is absent. */
export type CallMetrics = Partial<Record<MetricName, number>>;
