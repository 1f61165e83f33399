import { Writable } from "node:stream";
import Fastify from "fastify";
import { Registry } from "prom-client";
import { noReasoning } from "../../shared/ai/reasoning.ts";
import { createAnswerCache, createGateway } from "../../sync-server/ai/index.ts";
import type {
  Ai,
  Attempt,
  Guard,
  Ledger,
  ModelProvider,
  ModelRoute,
  Settlement,
} from "../../sync-server/ai/index.ts";
import { createBuiltInProvider } from "../../sync-server/providers/built-in/index.ts";
import { withoutLimits, withoutWaiting } from "./without-limits.ts";

/** A gateway over given models, without limits or waiting unless they are given, and what it wrote down. */
export type StagedGateway = {
  ai: Ai;
  settled: ({ model: string } & Settlement)[];
  noted: { from: string; task: string }[];
  registry: Registry;
  /** Everything that was logged so far. */
  logged(): string;
};

export function stageGateway(
  routes: readonly ModelRoute[],
  ledger: Partial<Ledger> = {},
  guard: Guard = withoutWaiting,
): StagedGateway {
  let log = "";
  const settled: StagedGateway["settled"] = [];
  const noted: StagedGateway["noted"] = [];
  const models = new Map<string, string>();
  const writes: Ledger = {
    ...withoutLimits,
    async reserve(attempt: Attempt) {
      const reserved = await withoutLimits.reserve(attempt);
      if (reserved.ok) models.set(reserved.value.requestId, attempt.route.modelId);
      return reserved;
    },
    async settle({ requestId }, settlement) {
      settled.push({ model: models.get(requestId) ?? "", ...settlement });
    },
    note(answer) {
      noted.push({ from: answer.from, task: answer.task });
      return withoutLimits.note(answer);
    },
    ...ledger,
  };
  const registry = new Registry();
  const stream = new Writable({ write: (chunk, _encoding, done) => ((log += String(chunk)), done()) });
  const ai = createGateway({
    catalogue: { routesOf: async ({ role }) => routes.filter((route) => route.role === role) },
    ...{ ledger: writes, guard, cache: createAnswerCache(), builtIn: createBuiltInProvider() },
    log: Fastify({ logger: { stream } }).log,
    registry,
  });
  return { ai, settled, noted, registry, logged: () => log };
}

/** One model of a catalogue. */
export function routeOf(provider: ModelProvider, own: Partial<ModelRoute> = {}): ModelRoute {
  const modelId = own.modelId ?? "model-1";
  return {
    ...{ modelId, label: modelId, role: "large", provider, account: "account-1", wireName: "small" },
    ...{ contextTokens: 200_000, maxOutputTokens: 4_000, reasoning: noReasoning, systemMessage: "" },
    price: { input: 1, output: 2 },
    ...own,
  };
}
