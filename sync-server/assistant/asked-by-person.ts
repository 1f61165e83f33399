import { requireSameOrigin } from "../auth/index.ts";
import { requireIdentity, requireStorable } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";

/** What holds for everything that a person asks the assistant. A person types no faster; what comes oftener is a program. */
export function askedByPerson({ identify }: Pick<AssistantDeps, "identify">, mostAMinute: number) {
  return {
    config: { rateLimit: { max: mostAMinute, timeWindow: "1 minute" } },
    preParsing: requireIdentity(identify),
    preHandler: [requireSameOrigin, requireStorable],
  };
}
