import { z } from "zod";
import { learnFrom, recommend, type RecommendedDeed } from "../../../shared/assistant/recommend/recommend.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import type {
  judgeRecommendation,
  recommendations,
  suggestions,
  takeRecommendedTask,
} from "../../../shared/rpc/contract/assistant.ts";
import type { Undoable } from "../../../shared/rpc/contract/records.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { CommandHandler, QueryHandler } from "../../rpc/handlers.ts";
import { createTurns } from "../database/turns.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Draft, Replica } from "../replica.ts";
import { concernsLead } from "../leads/lead-profile.ts";
import { readJsonFile } from "../session/json-file.ts";
import { createKeptFile } from "../session/kept-file.ts";
import { openAnswers } from "./answered.ts";
import type { OverlookedPorts } from "./find-overlooked.ts";
import type { AfterFirstSync } from "./follow-proposals.ts";
import { readStory } from "./read-subject.ts";
import { createSuggestions } from "./suggest.ts";

const Seen = z.object({ leadId: z.string(), key: z.string(), at: z.string() });
type Seen = z.infer<typeof Seen>;

export type RecommendationPorts = OverlookedPorts & {
  replica: Replica;
  /** A small file beside the replica: what was seen. What was answered is a record, which others see, too. */
  path: string;
  onMinute: (rerun: () => void) => () => void;
  afterFirstSync: AfterFirstSync;
  /** Makes the task, together with what else the person did by that. */
  makeTask: (leadId: string, task: RecommendedTask, also: Draft) => Promise<Result<Undoable, RpcError>>;
  onTrouble: (cause: unknown) => void;
};

export type RecommendedTask = Extract<RecommendedDeed, { do: "task" }>;

export type Recommending = {
  handlers: {
    recommendations: QueryHandler<typeof recommendations>;
    suggestions: QueryHandler<typeof suggestions>;
    takeRecommendedTask: CommandHandler<typeof takeRecommendedTask>;
    judgeRecommendation: CommandHandler<typeof judgeRecommendation>;
  };
  close(): Promise<void>;
};

/** Enough to know an acceptance rate; older ones have long expired. */
const mostSeen = 2_000;

/** What should be done with a person next, by the records of this device alone, and what became of it. */
export async function createRecommendations(ports: RecommendationPorts): Promise<Recommending> {
  const { replica, path, clock, onTrouble } = ports;
  let seen: readonly Seen[] = (await readJsonFile(path, z.array(Seen))) ?? [];
  const file = createKeptFile(path, () => seen, onTrouble);
  const answers = await openAnswers(replica);
  const listeners = new Set<() => void>();
  /** Of half of the records a story tells what is not so, and of answers that have yet to come nothing. */
  const whole = Promise.withResolvers<void>();
  const forgetFirstSync = ports.afterFirstSync(whole.resolve);
  // What is open is read and then answered: two windows may answer it at once.
  const takeTurn = createTurns();
  const seenAt = (leadId: string, key: string) =>
    seen.find((one) => one.leadId === leadId && one.key === key)?.at ?? null;

  /** What was seen, and time: what is right today may be late tomorrow. */
  function onTurn(rerun: () => void): () => void {
    listeners.add(rerun);
    const stop = ports.onMinute(rerun);
    return () => {
      listeners.delete(rerun);
      stop();
    };
  }

  /** What is open with a lead: neither answered nor expired. */
  async function readOpen(leadId: string) {
    const story = await readStory(ports, leadId);
    const now = new Date(clock.now()).toISOString();
    const all = story ? recommend(story, (key) => seenAt(leadId, key), await readLastDone(leadId)) : [];
    const answered = await answers.of(all.map(({ key }) => ({ leadId, key })));
    const open = all
      .filter((one, at) => !answered[at] && one.expiresAt > now)
      .map((one) => ({
        ...one,
        confidence: learnFrom(one.confidence, answers.ofKind(one.kind)),
        status: seenAt(leadId, one.key) === null ? ("new" as const) : ("viewed" as const),
      }));
    return { leadName: story?.lead.name ?? "", open };
  }

  async function readLastDone(leadId: string): Promise<string | null> {
    const { sql, table } = replica.reads;
    const [last] = await sql<{ at: string | null }>(
      `select max(doc->>'doneAt') as at from ${table("tasks")} where not deleted and doc->>'leadId' = $1`,
      [leadId],
    );
    return last?.at ?? null;
  }

  function see(leadId: string, key: string): void {
    if (seenAt(leadId, key) !== null) return;
    seen = [...seen, { leadId, key, at: new Date(clock.now()).toISOString() }].slice(-mostSeen);
    file.save();
    for (const rerun of listeners) rerun();
  }

  /** Answered, it counts among the answers. */
  function unsee(leadId: string, key: string): void {
    seen = seen.filter((other) => other.leadId !== leadId || other.key !== key);
    file.save();
  }

  function acceptance(): OutputOf<typeof recommendations>["acceptance"] {
    const { accepted, answered } = answers.mine();
    return { accepted, seen: answered + seen.length };
  }

  const take: Recommending["handlers"]["takeRecommendedTask"] = async ({ leadId, key }) => {
    const one = (await readOpen(leadId)).open.find((open) => open.key === key);
    // Clicked in another window, too, or shown a moment longer than it is right.
    if (one?.deed.do !== "task") return ok(nothingDone);
    const taking = await answers.answering(leadId, one, "accepted");
    if (!taking.ok) return taking;
    const made = await ports.makeTask(leadId, one.deed, taking.value);
    if (made.ok) unsee(leadId, key);
    return made;
  };

  const judge: Recommending["handlers"]["judgeRecommendation"] = async ({ leadId, key, status }) => {
    const one = (await readOpen(leadId)).open.find((open) => open.key === key);
    // A window may show it a moment longer than it is right.
    if (!one) return ok(nothingDone);
    if (status === "viewed") {
      see(leadId, key);
      return ok(nothingDone);
    }
    const answering = await answers.answering(leadId, one, status);
    if (!answering.ok) return answering;
    const label = `${status === "dismissed" ? "Dismissed" : "Took"} “${one.title}”`.slice(0, 200);
    const keepUndo = status === "dismissed";
    const kept = await replica.edits.apply([answering.value], label, { keepUndo });
    if (!kept.ok) return kept;
    unsee(leadId, key);
    return ok(keepUndo ? kept.value : nothingDone);
  };

  const handlers: Recommending["handlers"] = {
    recommendations: liveQuery<typeof recommendations>(
      { reads: replica.reads },
      {
        ...{ dependsOn, alsoOn: onTurn },
        affects: (change, { leadId }) => concernsLead(change, leadId),
        async read({ leadId }) {
          await whole.promise;
          return {
            recommendations: (await readOpen(leadId)).open,
            acceptance: acceptance(),
            others: replica.me.role === "agent" ? null : answers.others(),
          };
        },
      },
    ),
    suggestions: createSuggestions({ ...ports, whole: whole.promise, answers, readOpen, onTurn, dependsOn }),
    takeRecommendedTask: (asked) => takeTurn(() => take(asked)),
    judgeRecommendation: (asked) => takeTurn(() => judge(asked)),
  };
  return {
    handlers,
    async close() {
      forgetFirstSync();
      answers.close();
      await file.written();
    },
  };
}

const dependsOn = [
  "leads",
  "tasks",
  "deals",
  "calls",
  "insights",
  "messages",
  "appointments",
  "recommendations",
] as const;
const nothingDone: Undoable = { undoId: "", count: 0 };
