import { createHash } from "node:crypto";
import { dealInsightByRules } from "../../../shared/assistant/deals/insight-by-rules.ts";
import type { InsightAnswer } from "../../../shared/assistant/server-wire.ts";
import { storyCollections } from "../../../shared/assistant/story-parts.ts";
import { todayOf, type LeadStory } from "../../../shared/assistant/story.ts";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { ok } from "../../../shared/result/result.ts";
import type { askDealInsight, dealInsight, judgeInsight } from "../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { CommandHandler, QueryHandler } from "../../rpc/handlers.ts";
import { concernsLead } from "../leads/lead-profile.ts";
import { liveQuery } from "../live/live-query.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import { ruledHere, whyOf } from "./origin.ts";
import type { Ratings } from "./ratings.ts";
import { readStory, type SubjectPorts } from "./read-subject.ts";

export type InsightPorts = SubjectPorts & {
  replica: SubjectPorts["replica"] & { reads: Parameters<typeof liveQuery>[0]["reads"] };
  ask: Pick<AskAssistant, "dealInsight">;
  ratings: Pick<Ratings, "rate">;
};

/** What the server said of a deal, for as long as nothing of what it was said about has changed. */
type Told = {
  of: string;
  answer: InsightAnswer | null;
  why: string;
  useful: boolean | null;
  asking: boolean;
};

export function createDealInsights(ports: InsightPorts): {
  dealInsight: QueryHandler<typeof dealInsight>;
  askDealInsight: CommandHandler<typeof askDealInsight>;
  judgeInsight: CommandHandler<typeof judgeInsight>;
} {
  const { replica, ask, ratings } = ports;
  const toldByDeal = new Map<string, Told>();
  /** What happens with other people changes nothing of a deal. Set before their story is read. */
  const leadOfDeal = new Map<string, string>();
  async function readFacts(dealId: RecordId): Promise<Facts | null> {
    const deal = await replica.reads.get("deals", dealId);
    leadOfDeal.set(dealId, deal?.leadId ?? "");
    const story = deal?.leadId ? await readStory(ports, deal.leadId) : null;
    return deal && story && { deal, story };
  }
  const listeners = new Set<() => void>();
  const tell = (dealId: string, told: Told) => {
    toldByDeal.set(dealId, told);
    for (const listener of listeners) listener();
  };

  return {
    dealInsight: liveQuery<typeof dealInsight>(
      { reads: replica.reads },
      {
        dependsOn: [...storyCollections, "settings"],
        affects(change, { dealId }) {
          const leadId = leadOfDeal.get(dealId);
          if (leadId === undefined || change.collection === "settings") return true;
          return change.records.some(({ id }) => id === dealId) || concernsLead(change, leadId);
        },
        alsoOn(rerun) {
          listeners.add(rerun);
          return () => void listeners.delete(rerun);
        },
        read: async ({ dealId }) => {
          const facts = await readFacts(dealId);
          return facts ? insightOf(facts, toldByDeal.get(dealId)) : noInsight;
        },
      },
    ),
    async askDealInsight({ dealId }) {
      const facts = await readFacts(dealId);
      if (facts === null || toldByDeal.get(dealId)?.asking) return ok({});
      const asked: Told = { of: keyOf(facts), answer: null, why: "", useful: null, asking: true };
      tell(dealId, asked);
      const answer = await ask.dealInsight(dealId);
      tell(dealId, {
        ...{ of: asked.of, useful: null, asking: false, answer: answer.ok ? answer.value : null },
        why: answer.ok ? whyOf(answer.value) : answer.error,
      });
      return ok({});
    },
    async judgeInsight({ dealId, useful }) {
      const told = toldByDeal.get(dealId);
      if (!told?.answer) return ok({});
      tell(dealId, { ...told, useful });
      await ratings.rate(told.answer.requestId, useful);
      return ok({});
    },
  };
}

type Facts = { deal: Deal; story: LeadStory };

const noInsight: OutputOf<typeof dealInsight> = {
  ...{ insight: null, origin: ruledHere, asking: false, why: "", useful: null },
};

function insightOf(facts: Facts, told: Told | undefined): OutputOf<typeof dealInsight> {
  const ruled = dealInsightByRules(facts.deal, facts.story);
  if (!told) return { ...noInsight, insight: ruled };
  const { answer, why, useful, asking } = told;
  if (answer === null || told.of !== keyOf(facts)) return { ...noInsight, insight: ruled, asking, why };
  const { insight, ...origin } = answer;
  return { insight, origin, asking, why, useful };
}

/** Another day may change what the rules say, another second does not. */
function keyOf({ deal, story }: Facts): string {
  const facts = JSON.stringify([deal, { ...story, now: todayOf(story) }]);
  return createHash("sha256").update(facts).digest("hex");
}
