import { LRUCache } from "lru-cache";
import type { AnswerCache } from "../parts-port.ts";

const most = 20_000;
const mostBytes = 64 * 1024 * 1024;

type Kept = { output: unknown; modelId: string };

/** In memory, of this process: what was asked last stays. A tenant's answers are found under its own name alone. */
export function createAnswerCache(): AnswerCache {
  const kept = new LRUCache<string, Kept>({
    max: most,
    maxSize: mostBytes,
    sizeCalculation: ({ output }) => JSON.stringify(output).length * 2 + 200,
  });
  /** Counts how often a tenant's answers were forgotten. */
  const generations = new Map<string, number>();
  const placeOf = (tenantId: string, key: string) =>
    JSON.stringify([tenantId, generations.get(tenantId) ?? 0, key]);
  return {
    get: (tenantId, key) => kept.get(placeOf(tenantId, key)) ?? null,
    put(tenantId, key, answer, forMs) {
      kept.set(placeOf(tenantId, key), structuredClone(answer), { ttl: forMs });
    },
    forget: (tenantId) => void generations.set(tenantId, (generations.get(tenantId) ?? 0) + 1),
  };
}
