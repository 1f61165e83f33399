import type { z } from "zod";
import { examplesOf } from "../../../shared/coaching/playbook/meanings.ts";
import type { Utterance } from "../../../shared/coaching/utterance.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { nobodyKnown, ownSpace, type Ai } from "../../ai/index.ts";
import { compareCall, readUtterances } from "../../coaching/index.ts";
import { inSystem } from "../../database/index.ts";
import { IdParam } from "../wire.ts";
import { addOpenRoute, addRoute, admins, found, type Routes } from "../route.ts";
import { keepJudgement, readJudgements } from "./judgements.ts";
import { readPastCalls, readSeenCall, type PastCall } from "./past-calls.ts";
import { readPlaybooks } from "./playbooks.ts";
import { tryPlaybooks, type CompareSaid, type Replayed } from "./try-playbook.ts";
import {
  Judge,
  KeyParam,
  MeaningsHeard,
  Tried,
  TryPlaybook,
  WordsAround,
  WordsQuery,
  type TriedCall,
} from "./wire.ts";

const dayMs = 86_400_000;
/** What somebody needs to see what was meant. */
const aroundMs = 8_000;

/** What a draft would have set off in past calls, beside what is live. */
export function addTrialRoutes(routes: Routes): void {
  const path = "/playbooks/:key";
  addOpenRoute(
    routes,
    { method: "POST", path: `${path}/try`, summary: "Try the draft against past calls", roles: admins, params: KeyParam, body: TryPlaybook, answer: Tried }, // prettier-ignore
    async ({ identity, now, params: { key }, body: { days, ...filter } }) => {
      const begun = performance.now();
      // Under row-level security an index on what a document says is of no use (migration 0015 tells why): every query
      // below names the tenant and looks at the audience by itself.
      const given = await inSystem(routes.deps.db, async (tx) => {
        const versions = (await readPlaybooks({ tx, identity })).filter((one) => one.key === key);
        const since = new Date(Date.parse(now) - days * dayMs).toISOString();
        const page = await readPastCalls(tx, identity, { ...filter, since });
        const ids = page.calls.map(({ callId }) => callId);
        return { ...page, versions, judged: await readJudgements(tx, identity.tenantId, key, ids) };
      });
      const { edited, live } = versionsToTry(given.versions);
      // A call at a time: what was said in fifty of them would hold everybody else up.
      const said = ({ callId }: PastCall) =>
        inSystem(routes.deps.db, (tx) => readUtterances(tx, identity.tenantId, callId));
      const compare = compareWith(routes.deps.ai.gateway, identity.tenantId, [
        edited,
        ...(live ? [live] : []),
      ]);
      const { replayed, unheard } = await tryPlaybooks(edited, live, given.calls, said, compare);
      const calls = replayed.map((one) => sayCall(one, given.judged));
      return { calls, unheard, total: given.total, next: given.next, tookMs: performance.now() - begun };
    },
  );
  addOpenRoute(
    routes,
    { method: "GET", path: "/playbooks/meanings", summary: "Whether meanings are listened for", roles: admins, answer: MeaningsHeard }, // prettier-ignore
    async ({ identity: { tenantId } }) => ({
      heard:
        (await routes.deps.ai.gateway.space({ tenantId, userId: null, feature: "meaning" })) !== ownSpace,
    }),
  );
  addRoute(
    routes,
    { method: "GET", path: "/playbooks/calls/:id/words", summary: "What was said around a moment of a call", roles: admins, params: IdParam, query: WordsQuery, answer: WordsAround, as: "server" }, // prettier-ignore
    async ({ tx, identity, params: { id: callId }, query: { atMs } }) => {
      found(await readSeenCall(tx, identity, callId), "call");
      const said = await readUtterances(tx, identity.tenantId, callId);
      return { said: said.filter(isAround(atMs)).map(({ speaker, startMs, endMs, text, timing }) => ({ speaker, startMs, endMs, text, timing })) }; // prettier-ignore
    },
  );
  addRoute(
    routes,
    { method: "POST", path: `${path}/judge`, summary: "Say whether a card would have helped", roles: admins, params: KeyParam, body: Judge, answer: null }, // prettier-ignore
    async ({ tx, identity, now, params: { key }, body: { useful, ...where } }) => {
      const versions = (await readPlaybooks({ tx, identity })).filter((one) => one.key === key);
      const { version } = versionsToTry(versions).edited;
      await keepJudgement(tx, identity, { ...where, playbook: key, version }, useful, now);
    },
  );
}

/** Nothing is asked where neither listens for a meaning, nor again after a model was not there. */
function compareWith(ai: Ai, tenantId: string, playbooks: readonly Playbook[]): CompareSaid {
  const examples = [...new Set(playbooks.flatMap(examplesOf))];
  let isAnswered = true;
  return async ({ customer, agent }, utterances, compiled) => {
    if (!isAnswered) return null;
    const known = { ...nobodyKnown, people: [customer, agent] };
    const comparing = { ai, tenantId, priority: "waiting", known } as const;
    const { state, alike } = await compareCall(comparing, examples, compiled, utterances);
    isAnswered = state === "compared";
    return isAnswered ? alike : null;
  };
}

/** The draft; without one, what is live is tried alone. */
function versionsToTry(versions: readonly Playbook[]): { edited: Playbook; live: Playbook | null } {
  const live = versions.find(({ state }) => state === "live") ?? null;
  const edited = versions.find(({ state }) => state === "draft") ?? live;
  return { edited: found(edited, "playbook"), live };
}

function sayCall(
  { call, draft, live }: Replayed,
  judged: Awaited<ReturnType<typeof readJudgements>>,
): z.input<typeof Tried>["calls"][number] {
  const { callId, startedAt, durationMs, agent, customer, number } = call;
  const own = judged.filter((one) => one.callId === callId);
  const said: TriedCall["judged"] = own.map(({ card, atMs, useful }) => ({ card, atMs, useful }));
  return {
    callId,
    startedAt,
    durationMs: Math.max(0, durationMs),
    agent,
    ...{ customer, number },
    draft,
    live,
    judged: said,
  };
}

function isAround(atMs: number): (utterance: Utterance) => boolean {
  return ({ startMs, endMs }) => startMs <= atMs + aroundMs && endMs >= atMs - aroundMs;
}
