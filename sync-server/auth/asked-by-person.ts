import { requireIdentity, requireStorable, type Identify } from "../http/index.ts";
import { requireSameOrigin } from "./same-origin.ts";

/** What holds for whatever a person, or the desk for them, asks in words. What comes oftener is a program. */
export function askedByPerson(identify: Identify, mostAMinute: number) {
  return {
    config: { rateLimit: { max: mostAMinute, timeWindow: "1 minute" } },
    preParsing: requireIdentity(identify),
    preHandler: [requireSameOrigin, requireStorable],
  };
}
