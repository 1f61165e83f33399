import { recommend, type RecommendedDeed } from "../../../shared/assistant/recommend/recommend.ts";
import type { Evaluation } from "../evaluation.ts";
import { compareHeldOut, meanOf } from "../held-out.ts";
import type { Advised } from "./happenings.ts";
import { heldOutStories } from "./held-out-stories.ts";
import { openStories } from "./open-stories.ts";

type Advice = RecommendedDeed["do"] | null;

/** What the desk advises first, beside what a team's lead would have done; rules, and no model is asked. */
export const advice: Evaluation = {
  ids: ["eval.advice.first"],
  run() {
    const advised = [...openStories, ...heldOutStories].map((one) => ({
      ...one,
      first: recommend(one.story)[0]?.deed.do ?? null,
    }));
    const failed = advised
      .filter((one) => one.part === "held-out" && !isRight(one, one.first))
      .map(({ name }) => name);
    return [
      compareHeldOut({
        ...{ id: "eval.advice.first", feature: "recommendations", called: "stories", items: advised },
        metric: "share whose first advice is right, or rightly none",
        ours: shareOf<(typeof advised)[number]>(({ first }) => first),
        baseline: { name: "call everybody", of: shareOf(() => "call") },
        note: failed.length > 0 ? `not: ${failed.join(", ")}` : "",
      }),
    ];
  },
};

function isRight({ wanted }: Advised, first: Advice): boolean {
  return first === null ? wanted.length === 0 : wanted.includes(first);
}

function shareOf<T extends Advised>(adviceFor: (one: T) => Advice) {
  return (all: readonly T[]) => meanOf(all.map((one) => (isRight(one, adviceFor(one)) ? 1 : 0)));
}
