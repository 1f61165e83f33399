import { coachingPaths, ListeningAnswer } from "../../../shared/coaching/server-wire.ts";
import type { AskTelephony } from "../phone/ask-telephony.ts";

/** Why the server does not listen to this person's calls, in words for them; empty = it would, or cannot be asked. */
export type WhyUnheard = () => Promise<string>;

export function createWhyUnheard(ask: AskTelephony): WhyUnheard {
  return async () => {
    const answer = await ask("GET", coachingPaths.listening, undefined, ListeningAnswer);
    return answer.ok ? answer.value.why : "";
  };
}
