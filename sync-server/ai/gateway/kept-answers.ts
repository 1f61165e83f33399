import { createHash } from "node:crypto";
import type { ModelRoute } from "../parts-port.ts";
import type { TaskTraits } from "../port.ts";
import type { Composed } from "./compose-question.ts";
import type { Parts } from "./parts.ts";

/** Answers to one question, each under the model that gave it. */
export type KeptAnswers = {
  /** Of the models that this asker may use, the best that has answered it. */
  find(routes: readonly ModelRoute[]): { output: unknown; route: ModelRoute } | null;
  keep(route: ModelRoute, output: unknown): void;
};

/**
 * What somebody's own model says is found by nobody else of the tenant, also where it has answered in the place of a
 * model of them all.
 */
export function keptAnswersTo(
  { cache }: Parts,
  tenantId: string,
  { name, promptVersion, sameForMs }: TaskTraits,
  { messages, given }: Composed,
): KeptAnswers {
  if (sameForMs === 0) return nothingKept;
  const question = hash([name, promptVersion, messages, given]);
  const keyOf = ({ modelId, wireName, systemMessage }: ModelRoute) =>
    hash([question, modelId, wireName, systemMessage]);
  return {
    find(routes) {
      for (const route of routes) {
        const kept = cache.get(tenantId, keyOf(route));
        if (kept) return { output: kept.output, route };
      }
      return null;
    },
    keep: (route, output) => cache.put(tenantId, keyOf(route), output, sameForMs),
  };
}

const nothingKept: KeptAnswers = { find: () => null, keep: () => {} };

function hash(of: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(of)).digest("base64url");
}
