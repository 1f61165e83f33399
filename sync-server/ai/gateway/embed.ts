import { createHash } from "node:crypto";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { ownSpace } from "../likeness.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure, Embedded, EmbedRequest } from "../port.ts";
import type { ModelProvider, Usage } from "../provider-port.ts";
import { askOnce } from "./ask-once.ts";
import { shareOfTime } from "./attempt.ts";
import type { Facts, Parts } from "./parts.ts";

const withinMs = 20_000;
const sameForMs = 24 * 60 * 60_000;
const mostAtOnce = 256;

/** Vectors of texts by the first model that makes them all; Ringside's own where none does. */
export async function embed(parts: Parts, request: EmbedRequest): Promise<Embedded> {
  const { space } = request;
  const offered = await routesOf(parts, request);
  const routes = offered.filter((route) => space === undefined || spaceOf(route) === space);
  const began = performance.now();
  const tell = (model: string, outcome: Facts["outcome"]) => {
    const { tenantId, userId, feature } = request;
    const seconds = (performance.now() - began) / 1_000;
    parts.report({ of: "vectors", tenantId, userId, task: `embed.${feature}`, model, outcome, seconds });
  };
  let instead: AiFailure | null = null;
  for (const [index, route] of routes.entries()) {
    const share = AbortSignal.timeout(shareOfTime(began + withinMs, index === routes.length - 1));
    const signal = request.signal ? AbortSignal.any([request.signal, share]) : share;
    const made = await embedBy(parts, request, route, signal);
    // Of two models they would not be comparable: all of one, or none.
    if (!made.ok) {
      instead = made.error;
      continue;
    }
    tell(route.label, "answered");
    return { vectors: made.value, space: spaceOf(route), by: "model", instead: null };
  }
  const vectors = await embedBuiltIn(parts.builtIn, request.texts);
  tell("", routes.length > 0 ? "unavailable" : "rules");
  return { vectors, space: ownSpace, by: "rules", instead };
}

/** @returns `ownSpace` where nothing but Ringside's own makes vectors for this asker */
export async function firstSpace(parts: Parts, request: EmbedWish): Promise<string> {
  const [first] = await routesOf(parts, request);
  return first ? spaceOf(first) : ownSpace;
}

type EmbedWish = Pick<EmbedRequest, "tenantId" | "userId" | "feature">;

function routesOf({ catalogue }: Parts, { tenantId, userId, feature }: EmbedWish) {
  return catalogue.routesOf({ tenantId, userId, feature, role: "embedding" });
}

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

/** Fails where it failed of any. */
async function embedBy(
  parts: Parts,
  request: EmbedRequest,
  route: ModelRoute,
  signal: AbortSignal,
): Promise<Result<readonly Float32Array[], AiFailure>> {
  const { tenantId, texts, keptByAsker = false } = request;
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
    if (!made.ok) return made;
    for (const [at, index] of some.entries()) {
      const vector = toLengthOne(made.value[at] as Float32Array);
      known[index] = vector;
      if (!keptByAsker) parts.cache.put(tenantId, keys[index] as string, vector, sameForMs);
    }
  }
  return ok(known as Float32Array[]);
}

const tooFew: AiFailure = { code: "invalid", message: "The provider did not make a vector of each text." };

async function embedSome(
  parts: Parts,
  { tenantId, userId, feature, priority }: EmbedRequest,
  route: ModelRoute,
  { texts, signal }: { texts: readonly string[]; signal: AbortSignal },
): Promise<Result<readonly Float32Array[], AiFailure>> {
  const inputTokens = route.provider.countTokens(texts.map((text) => ({ role: "user", text })));
  const estimate: Usage = { inputTokens, outputTokens: 0 };
  const made = await askOnce(
    parts,
    {
      attempt: { tenantId, userId, feature, task: "embed", promptVersion: 0, route, estimate, hidden: null },
      priority,
      signal,
    },
    () => route.provider.embed({ model: route.wireName, texts, signal }),
    ({ vectors }) => (vectors.length === texts.length ? ok(vectors) : err(tooFew)),
  );
  return made.ok ? ok(made.value.value) : made;
}

function toLengthOne(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((each) => each / length);
}
