import { z } from "zod";
import { recommend, type Recommended } from "../../../shared/assistant/recommend/recommend.ts";
import { ok } from "../../../shared/result/result.ts";
import type {
  judgeRecommendation,
  recommendations,
  suggestions,
} from "../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { CommandHandler, QueryHandler } from "../../rpc/handlers.ts";
import { giveWay } from "../live/slices.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Replica } from "../replica.ts";
import { concernsLead } from "../leads/lead-profile.ts";
import { readJsonFile, writeJsonFile } from "../session/json-file.ts";
import { readStory, type SubjectPorts } from "./read-subject.ts";

const Judged = z.object({
  leadId: z.string(),
  key: z.string(),
  status: z.enum(["viewed", "accepted", "dismissed"]),
  at: z.string(),
});
type Judged = z.infer<typeof Judged>;

export type RecommendationPorts = SubjectPorts & {
  replica: Pick<Replica, "reads" | "me">;
  /** A small file beside the replica: what was seen, taken and dismissed. */
  path: string;
  onMinute: (rerun: () => void) => () => void;
  onTrouble: (cause: unknown) => void;
};

/** Enough to know an acceptance rate; older ones have long expired. */
const mostJudged = 2_000;

/** What should be done with a person next, by the records of this device alone, and what became of it. */
export async function createRecommendations(ports: RecommendationPorts): Promise<{
  recommendations: QueryHandler<typeof recommendations>;
  suggestions: QueryHandler<typeof suggestions>;
  judgeRecommendation: CommandHandler<typeof judgeRecommendation>;
}> {
  const { replica, path, clock, onTrouble } = ports;
  let judged: readonly Judged[] = (await readJsonFile(path, z.array(Judged))) ?? [];
  const listeners = new Set<() => void>();
  let writing: Promise<void> = Promise.resolve();
  const statusOf = (leadId: string, key: string): Judged["status"] | "new" =>
    judged.find((one) => one.leadId === leadId && one.key === key)?.status ?? "new";

  /** Judgements, and time: what is right today may be late tomorrow. */
  function onTurn(rerun: () => void): () => void {
    listeners.add(rerun);
    const stop = ports.onMinute(rerun);
    return () => {
      listeners.delete(rerun);
      stop();
    };
  }

  async function readOpen(leadId: string) {
    const story = await readStory(ports, leadId);
    const now = new Date(clock.now()).toISOString();
    const open = (story ? recommend(story) : [])
      .map((one) => ({ ...one, status: statusOf(leadId, one.key) }))
      .filter(({ status, expiresAt }) => (status === "new" || status === "viewed") && expiresAt > now);
    return { leadName: story?.lead.name ?? "", open };
  }

  return {
    recommendations: liveQuery<typeof recommendations>(
      { reads: replica.reads },
      {
        ...{ dependsOn, alsoOn: onTurn },
        affects: (change, { leadId }) => concernsLead(change, leadId),
        read: async ({ leadId }) => ({
          recommendations: (await readOpen(leadId)).open,
          acceptance: acceptanceOf(judged),
        }),
      },
    ),
    suggestions: liveQuery<typeof suggestions>(
      { reads: replica.reads },
      {
        ...{ dependsOn, alsoOn: onTurn },
        affects: (change, { leadIds }) => leadIds.some((leadId) => concernsLead(change, leadId)),
        async read({ leadIds }) {
          const all: OutputOf<typeof suggestions>["suggestions"] = [];
          for (const leadId of leadIds) {
            const { leadName, open } = await readOpen(leadId);
            const [first] = open;
            if (first) all.push({ ...pickShown(first), leadId, leadName });
            // One story takes a few milliseconds: keys and calls come in between.
            await giveWay();
          }
          return { suggestions: all.sort((a, b) => b.priority - a.priority).slice(0, mostSuggested) };
        },
      },
    ),
    async judgeRecommendation({ leadId, key, status }) {
      const before = statusOf(leadId, key);
      // Seen again after it was answered, or seen twice, says nothing new.
      if (status === "viewed" && before !== "new") return ok({});
      const others = judged.filter((one) => one.leadId !== leadId || one.key !== key);
      const at = new Date(clock.now()).toISOString();
      judged = [...others, { leadId, key, status, at }].slice(-mostJudged);
      writing = writing.then(() => writeJsonFile(path, judged)).catch(onTrouble);
      await writing;
      for (const rerun of listeners) rerun();
      return ok({});
    },
  };
}

const dependsOn = ["leads", "tasks", "deals", "calls", "insights", "messages", "appointments"] as const;
const mostSuggested = 8;

function pickShown({ title, reason, priority }: Recommended) {
  return { title, reason, priority };
}

/** Of those that somebody has seen. */
function acceptanceOf(judged: readonly Judged[]): { accepted: number; seen: number } {
  return { accepted: judged.filter(({ status }) => status === "accepted").length, seen: judged.length };
}
