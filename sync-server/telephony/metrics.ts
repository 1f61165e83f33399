import { Counter, Histogram, type Registry } from "prom-client";

export type TelephonyMetrics = ReturnType<typeof createTelephonyMetrics>;

/** Counters of telephony, in the registry that /metrics shows. */
export function createTelephonyMetrics(registry: Registry) {
  const registers = [registry];
  const webhooks = new Counter({
    name: "ringside_telephony_webhooks_total",
    help: "Webhooks from carriers, by what became of them",
    labelNames: ["hook", "outcome"],
    registers,
  });
  const commands = new Counter({
    name: "ringside_telephony_commands_total",
    help: "Commands to carriers, by how they were answered",
    labelNames: ["command", "outcome"],
    registers,
  });
  const notKept = new Counter({
    name: "ringside_telephony_words_not_kept_total",
    help: "Sentences that a carrier told of calls which had been given away, or in which somebody had refused",
    registers,
  });
  const applied = new Histogram({
    name: "ringside_telephony_applied_seconds",
    help: "From a webhook's arrival to its effect on the call",
    buckets: [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 60],
    registers,
  });
  return {
    webhook: (hook: string, outcome: "stored" | "answered" | "ignored" | "forged" | "unreadable") =>
      webhooks.inc({ hook, outcome }),
    command: (command: string, outcome: "ok" | "unreachable" | "refused" | "gone") =>
      commands.inc({ command, outcome }),
    notKept: (sentences: number) => notKept.inc(sentences),
    applied: (seconds: number) => applied.observe(seconds),
  };
}
