import { createHash } from "node:crypto";
import type { ModelRoute, Settlement } from "../parts-port.ts";
import type { Embedded, EmbedRequest } from "../port.ts";
import type { ModelProvider, Usage } from "../provider-port.ts";
import type { Parts } from "./parts.ts";

const withinMs = 20_000;
const sameForMs = 24 * 60 * 60_000;
const mostAtOnce = 256;

/** Vectors of texts by the first model that makes them all; Ringside's own where none does. */
export async function embed(parts: Parts, request: EmbedRequest): Promise<Embedded> {
  const { tenantId, userId, feature, texts } = request;
  const routes = await parts.catalogue.routesOf({ tenantId, userId, feature, role: "embedding" });
  const timeout = AbortSignal.timeout(withinMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  for (const route of routes) {
    const vectors = await embedBy(parts, request, route, signal);
    // Of two models they would not be comparable: all of one, or none.
    if (vectors) return { vectors, space: route.modelId };
  }
  return { vectors: await embedBuiltIn(parts.builtIn, texts), space: builtInSpace };
}

const builtInSpace = "built-in";

async function embedBuiltIn(
  provider: ModelProvider,
  texts: readonly string[],
): Promise<readonly Float32Array[]> {
  const made = await provider.embed({ model: "", texts, signal: new AbortController().signal });
  if (!made.ok) throw new Error(`the built-in provider made no vectors: ${made.error.message}`);
  return made.value.vectors.map(toLengthOne);
}

/** @returns null when it failed of any */
async function embedBy(
  parts: Parts,
  request: EmbedRequest,
  route: ModelRoute,
  signal: AbortSignal,
): Promise<readonly Float32Array[] | null> {
  const { tenantId, texts } = request;
  const keys = texts.map(
    (text) => `vector ${route.modelId} ${createHash("sha256").update(text).digest("base64url")}`,
  );
  const known = keys.map(
    (key) => (parts.cache.get(tenantId, key)?.output as Float32Array | undefined) ?? null,
  );
  const missing = keys.keys().filter((index) => known[index] === null).toArray(); // prettier-ignore
  for (let from = 0; from < missing.length; from += mostAtOnce) {
    const some = missing.slice(from, from + mostAtOnce);
    const made = await embedSome(parts, request, route, {
      texts: some.map((index) => texts[index] ?? ""),
      signal,
    });
    if (made?.length !== some.length) return null;
    for (const [at, index] of some.entries()) {
      const vector = toLengthOne(made[at] as Float32Array);
      known[index] = vector;
      parts.cache.put(tenantId, keys[index] as string, { output: vector, modelId: route.modelId }, sameForMs);
    }
  }
  return known as Float32Array[];
}

async function embedSome(
  { ledger, guard, later }: Parts,
  { tenantId, userId, feature, priority }: EmbedRequest,
  route: ModelRoute,
  { texts, signal }: { texts: readonly string[]; signal: AbortSignal },
): Promise<readonly Float32Array[] | null> {
  const inputTokens = route.provider.countTokens(texts.map((text) => ({ role: "user", text })));
  const estimate: Usage = { inputTokens, outputTokens: 0 };
  const reserved = await ledger.reserve({ ...{ tenantId, userId, feature, task: "embed", promptVersion: 0 }, route, estimate }); // prettier-ignore
  if (!reserved.ok) return null;
  const began = performance.now();
  const made = await guard.run({ route, tenantId, priority, signal }, () =>
    route.provider.embed({ model: route.wireName, texts, signal }),
  );
  const settlement: Settlement = {
    usage: made.ok ? made.value.usage : (made.error.usage ?? { inputTokens: 0, outputTokens: 0 }),
    outcome: made.ok ? "answered" : made.error.code,
    latencyMs: performance.now() - began,
    firstMs: null,
  };
  later(ledger.settle(reserved.value, settlement));
  return made.ok ? made.value.vectors : null;
}

function toLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((each) => each / length);
}
