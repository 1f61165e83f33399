import { createHash } from "node:crypto";
import { ok } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { Embedded, EmbedRequest } from "../port.ts";
import type { ModelProvider, Usage } from "../provider-port.ts";
import { askOnce } from "./ask-once.ts";
import type { Facts, Parts } from "./parts.ts";

const withinMs = 20_000;
const sameForMs = 24 * 60 * 60_000;
const mostAtOnce = 256;

/** Vectors of texts by the first model that makes them all; Ringside's own where none does. */
export async function embed(parts: Parts, request: EmbedRequest): Promise<Embedded> {
  const routes = await routesOf(parts, request);
  const began = performance.now();
  const tell = (model: string, outcome: Facts["outcome"]) => {
    const { tenantId, userId, feature } = request;
    const seconds = (performance.now() - began) / 1_000;
    parts.report({ of: "vectors", tenantId, userId, task: `embed.${feature}`, model, outcome, seconds });
  };
  const timeout = AbortSignal.timeout(withinMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  for (const route of routes) {
    const vectors = await embedBy(parts, request, route, signal);
    // Of two models they would not be comparable: all of one, or none.
    if (!vectors) continue;
    tell(route.label, "answered");
    return { vectors, space: spaceOf(route), by: "model" };
  }
  const vectors = await embedBuiltIn(parts.builtIn, request.texts);
  tell("", routes.length > 0 ? "unavailable" : "rules");
  return { vectors, space: builtInSpace, by: "rules" };
}

/** Whether anything but Ringside's own makes vectors for this asker. */
export async function embeds(parts: Parts, request: EmbedWish): Promise<boolean> {
  return (await routesOf(parts, request)).length > 0;
}

type EmbedWish = Pick<EmbedRequest, "tenantId" | "userId" | "feature">;

function routesOf({ catalogue }: Parts, { tenantId, userId, feature }: EmbedWish) {
  return catalogue.routesOf({ tenantId, userId, feature, role: "embedding" });
}

const builtInSpace = "built-in";

/** The same entry of the catalogue may stand for another model tomorrow. */
function spaceOf({ modelId, wireName }: ModelRoute): string {
  return `${modelId} ${wireName}`;
}

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
    (text) => `vector ${spaceOf(route)} ${createHash("sha256").update(text).digest("base64url")}`,
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
      parts.cache.put(tenantId, keys[index] as string, vector, sameForMs);
    }
  }
  return known as Float32Array[];
}

async function embedSome(
  parts: Parts,
  { tenantId, userId, feature, priority }: EmbedRequest,
  route: ModelRoute,
  { texts, signal }: { texts: readonly string[]; signal: AbortSignal },
): Promise<readonly Float32Array[] | null> {
  const inputTokens = route.provider.countTokens(texts.map((text) => ({ role: "user", text })));
  const estimate: Usage = { inputTokens, outputTokens: 0 };
  const made = await askOnce(
    parts,
    {
      attempt: { tenantId, userId, feature, task: "embed", promptVersion: 0, route, estimate },
      priority,
      signal,
    },
    () => route.provider.embed({ model: route.wireName, texts, signal }),
    ({ vectors }) => ok(vectors),
  );
  return made.ok ? made.value.value : null;
}

function toLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((each) => each / length);
}
