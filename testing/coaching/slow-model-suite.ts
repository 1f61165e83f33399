import { afterAll, expect, test } from "vitest";
import { err } from "../../shared/result/result.ts";
import type { Ai, ModelRoute } from "../../sync-server/ai/index.ts";
import type { NoRoom } from "../../sync-server/ai/parts-port.ts";
import type { Database } from "../../sync-server/database/index.ts";
import { createOpenAiProvider } from "../../sync-server/providers/openai/index.ts";
import { routeOf, stageGateway } from "../ai/stage-gateway.ts";
import { hangs, says, startModel, type Answer } from "../ai/start-model.ts";
import { withoutLimits } from "../ai/without-limits.ts";
import { useAfterCall, type Line } from "./after-call-stage.ts";

const talk: readonly Line[] = [
  ["ana", "agent", 1_000, "Good morning, this is Ana from Northgate. May I ask what you pay now?"],
  ["ana", "customer", 7_000, "We pay forty thousand, and yours is too expensive for us."],
];
const later: readonly Line[] = [["ana", "agent", 30_000, "I will send you the plans by Friday."]];
const words = {
  ...{ summary: "They find it too expensive.", keyPoints: [], actions: [], objections: [], strengths: [] },
  ...{ improvements: [], sentiment: "neutral", followUp: "" },
};

/** A report stands by itself, whatever becomes of whoever is to word it: on one kind of database. */
export function slowModelSuite(open: () => Promise<Database>): void {
  const routes: ModelRoute[] = [];
  /** What the next questions are told instead of being asked. */
  const refusals: (() => NoRoom)[] = [];
  const { ai } = stageGateway(routes, {
    async reserve(attempt) {
      const refused = refusals.shift();
      return refused ? err(refused()) : withoutLimits.reserve(attempt);
    },
  });
  const { callOf, tell, reportAgain, openJobs, device, soon } = useAfterCall(open, impatient(ai));
  const models: Awaited<ReturnType<typeof startModel>>[] = [];
  afterAll(async () => {
    for (const model of models) await model.close();
  });
  const useModel = async (...answers: Answer[]) => {
    const model = await startModel(...answers);
    models.push(model);
    const provider = createOpenAiProvider({ kind: "compatible", ...model.access, apiVersion: null });
    routes.splice(0, routes.length, routeOf(provider));
    return model;
  };
  const onDeskOf = (callId: string) => {
    const ana = device("ana");
    return async () => (await ana.pull("insights"), ana.get("insights", `report:${callId}`));
  };

  test("a provider that hangs, then breaks the form twice, then answers: the rules' part is there before it and says what is missing; its words come by sync", async () => {
    const model = await useModel(hangs, says("{}"), says('{"summary": 7}'), says(JSON.stringify(words)));
    const callId = await callOf(talk);
    const onDesk = onDeskOf(callId);

    await soon(onDesk).toMatchObject({ wordedBy: "rules", metrics: { durationMs: 60_000 } });
    const byRules = await onDesk();
    await soon(onDesk).toMatchObject({ wordedBy: "rules", wordsMissing: expect.stringMatching(/in time/u) });
    await soon(onDesk).toMatchObject({
      ...{ wordedBy: "rules", wordsMissing: expect.stringMatching(/no answer of the form/u) },
      ...{ summary: byRules?.["summary"], metrics: byRules?.["metrics"] },
    });
    await soon(() => openJobs(callId)).toEqual([]);
    expect(model.asked).toHaveLength(3);

    await tell(callId, later);
    await reportAgain(callId);
    await soon(onDesk).toMatchObject({ wordedBy: "model", wordsMissing: "", summary: words.summary });
    expect((await onDesk())?.["metrics"]).toMatchObject({ durationMs: 60_000 });
  });

  test("a rate by the minute holds its words up until there is room again, a budget of the month keeps them away", async () => {
    const refuse = (period: string, inMs: number) => () =>
      ({ code: "limited", message: period, until: new Date(Date.now() + inMs).toISOString() }) as const;
    const { asked } = await useModel(says(JSON.stringify(words)));
    refusals.push(refuse("this month", 86_400_000));
    const without = await callOf(talk);
    await soon(onDeskOf(without)).toMatchObject({ wordedBy: "rules", wordsMissing: "this month" });
    await soon(() => openJobs(without)).toEqual([]);

    refusals.push(refuse("this minute", 300), refuse("this minute", 300));
    const callId = await callOf(talk);
    await soon(onDeskOf(callId)).toMatchObject({ wordedBy: "model", wordsMissing: "" });
    expect([refusals, asked.length, (await onDeskOf(without)())?.["wordedBy"]]).toEqual([[], 1, "rules"]);
  });
}

/** Nobody here waits as long as a report's words may take; what hangs is left all the same. */
function impatient(ai: Ai): Ai {
  return {
    ...ai,
    generate: (request) => ai.generate({ ...request, task: { ...request.task, timeoutMs: 1_000 } }),
  };
}
