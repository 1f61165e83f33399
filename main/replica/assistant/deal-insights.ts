import { createHash } from "node:crypto";
import { lowProbability, type Step } from "../../../shared/assistant/deals/insight.ts";
import { dealInsightByRules } from "../../../shared/assistant/deals/insight-by-rules.ts";
import type { InsightAnswer } from "../../../shared/assistant/server-wire.ts";
import { storyCollections } from "../../../shared/assistant/story-parts.ts";
import { outcomeOf, todayOf, type LeadStory } from "../../../shared/assistant/story.ts";
import type { Deal } from "../../../shared/entities/deal.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { serverFields } from "../../../shared/entities/record.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type { askDealInsight, dealInsight, judgeInsight } from "../../../shared/rpc/contract/assistant.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { CommandHandler, QueryHandler } from "../../rpc/handlers.ts";
import { concernsLead } from "../leads/lead-profile.ts";
import { liveQuery } from "../live/live-query.ts";
import { isStepTask, stepTaskId } from "./act.ts";
import type { AskAssistant } from "./ask-assistant.ts";
import type { NoHelp } from "./no-help.ts";
import { ruledHere, whyOf } from "./origin.ts";
import type { Ratings } from "./ratings.ts";
import { readStory, type StoryPorts } from "./read-subject.ts";

export type InsightPorts = StoryPorts & {
  replica: StoryPorts["replica"] & { reads: Parameters<typeof liveQuery>[0]["reads"] };
  ask: Pick<AskAssistant, "dealInsight">;
  ratings: Pick<Ratings, "rate">;
  /** Makes tasks of steps, those that are none yet. */
  plan: (deal: Deal, steps: readonly Step[]) => Promise<Result<Undoable, RpcError>>;
};

/** What the server said of a deal, for as long as nothing of what is known of it has changed since it was told. */
type Told = {
  of: string;
  /** Something has changed while it was asked: it stays, as what somebody waited for. */
  outdated: boolean;
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
  /**
   * Where an open deal is likely to be lost, what to do about it becomes tasks: once, as a model says it in other words
   * each time. What is new while such a task is open becomes one on a click.
   */
  async function planWhatSlips(dealId: RecordId, told: Told): Promise<Result<Undoable, RpcError>> {
    const facts = await readFacts(dealId);
    const insight = facts && insightOf(facts, told).insight;
    if (!insight || insight.steps.length === 0 || insight.probability >= lowProbability)
      return ok(nothingMade);
    const { deal, story } = facts;
    if (outcomeOf(deal, story) !== "open" || (await isPlanned(replica, deal))) return ok(nothingMade);
    return ports.plan(deal, insight.steps);
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
      if (facts === null || toldByDeal.get(dealId)?.asking) return ok(nothingMade);
      tell(dealId, { ...nothingTold, asking: true });
      const answer = await ask.dealInsight(dealId);
      const told = toldOf(answer, facts, await readFacts(dealId));
      const made = await planWhatSlips(dealId, told);
      tell(dealId, told);
      return made;
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

/**
 * Whether a task of an earlier answer is open, on whichever desk that was given and whatever it is called by now. Its id
 * says that it was made of a step: a task of any other origin keeps none back.
 */
async function isPlanned({ reads }: InsightPorts["replica"], deal: Deal): Promise<boolean> {
  const open = await reads.sql<{ id: string }>(
    `select id from ${reads.table("tasks")}
      where not deleted and doc->>'leadId' = $1 and doc->>'dealId' = $2 and doc->>'doneAt' is null`,
    [deal.leadId, deal.id],
  );
  return open.some(({ id }) => isStepTask(id));
}

type Facts = { deal: Deal; story: LeadStory };

const nothingMade: Undoable = { undoId: "", count: 0 };

const noInsight: OutputOf<typeof dealInsight> = {
  ...{ insight: null, origin: ruledHere, asking: false, why: "", useful: null, outdated: false },
};

const nothingTold: Told = {
  ...{ of: "", outdated: false, answer: null, why: "", useful: null, asking: false },
};

function toldOf(answer: Result<InsightAnswer, NoHelp>, before: Facts, now: Facts | null): Told {
  if (!answer.ok) return { ...nothingTold, why: answer.error };
  const { steps } = answer.value.insight;
  const of = now === null ? "" : keyOf(now, steps);
  const outdated = of !== keyOf(before, steps);
  return { ...nothingTold, of, outdated, answer: answer.value, why: whyOf(answer.value) };
}

function insightOf(facts: Facts, told: Told | undefined): OutputOf<typeof dealInsight> {
  const ruled = dealInsightByRules(facts.deal, facts.story);
  if (!told) return { ...noInsight, insight: ruled };
  const { answer, why, useful, asking, outdated } = told;
  if (answer === null || told.of !== keyOf(facts, answer.insight.steps))
    return { ...noInsight, insight: ruled, asking, why };
  const { insight, ...origin } = answer;
  return { insight, origin, asking, why, useful, outdated };
}

/**
 * Another day may change what the rules say, another second does not, nor that the server has taken an edit. Nor do the
 * tasks that came of these steps: they are made, sent and done without a word of it being less true.
 */
function keyOf({ deal, story }: Facts, steps: readonly Step[]): string {
  const made = steps.map(({ text }) => stepTaskId(deal.id, text));
  const tasks = story.tasks.filter(({ id }) => !made.some((first) => id.startsWith(first)));
  const { lead, colleagues, offered, ...rest } = { ...story, tasks, now: todayOf(story) };
  const around = Object.values(rest).map((part) => (typeof part === "string" ? part : part.map(asWritten)));
  const facts = JSON.stringify([asWritten(deal), asWritten(lead), colleagues, offered, around]);
  return createHash("sha256").update(facts).digest("hex");
}

/** Without what the server notes of each writing. */
function asWritten(record: object): object {
  const fields = Object.entries(record).filter(([field]) => field === "id" || !serverFields.has(field));
  return Object.fromEntries(fields);
}
