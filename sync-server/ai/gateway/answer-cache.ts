import { LRUCache } from "lru-cache";
import type { AnswerCache } from "../parts-port.ts";

const most = 20_000;
const mostBytes = 64 * 1024 * 1024;
/** Of an entry beside its answer. */
const overheadBytes = 200;

/** In memory, of this process: what was asked last stays. A tenant's answers are found under its own name alone. */
export function createAnswerCache(): AnswerCache {
  const kept = new LRUCache<string, { output: unknown }>({
    max: most,
    maxSize: mostBytes,
    sizeCalculation: ({ output }) => bytesOf(output) + overheadBytes,
  });
  const placeOf = (tenantId: string, key: string) => JSON.stringify([tenantId, key]);
  return {
    get: (tenantId, key) => kept.get(placeOf(tenantId, key)) ?? null,
    put(tenantId, key, output, forMs) {
      kept.set(placeOf(tenantId, key), { output: structuredClone(output) }, { ttl: forMs });
    },
  };
}

/** Written as text a vector would count for fifteen times as much, and a thousand would not fit. */
function bytesOf(output: unknown): number {
  return ArrayBuffer.isView(output) ? output.byteLength : JSON.stringify(output).length * 2;
}
