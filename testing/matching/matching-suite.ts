import { afterAll, beforeAll, expect, test } from "vitest";
import { assistantPaths, MatchAnswer } from "../../shared/assistant/server-wire.ts";
import { err, ok } from "../../shared/result/result.ts";
import type { Ai, ModelProvider, ModelRoute } from "../../sync-server/ai/index.ts";
import { addAssistant } from "../../sync-server/assistant/index.ts";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { startMatching } from "../../sync-server/matching/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { unaskedProvider } from "../ai/sample-attempt.ts";
import { routeOf, stageGateway } from "../ai/stage-gateway.ts";
import { withoutLimits } from "../ai/without-limits.ts";
import { fields } from "../fakes/blank-fields.ts";
import { startTestServer, type TestServer } from "../server/start-test-server.ts";
import { people, testTenant as tenantId } from "../server/test-identities.ts";
import { saveListings } from "./save-listings.ts";

/** Questions what fits a person, with vectors that were made before, on one kind of database. */
export function matchingSuite(open: () => Promise<Database>): void {
  let server: TestServer;
  let changeModels: (tenantId: string) => void = () => {};
  const routes: ModelRoute[] = [];
  /** Texts of each request to a model, oldest first. */
  const asked: (readonly string[])[] = [];
  const counted: (string | null)[] = [];

  beforeAll(async () => {
    const ai: Ai = stageGateway(routes, {
      reserve: (attempt) => (counted.push(attempt.userId), withoutLimits.reserve(attempt)),
    }).ai;
    server = await startTestServer({
      db: await open(),
      async add({ app, ...context }) {
        const onModelsChange = (hear: typeof changeModels) => void (changeModels = hear);
        const matching = await startMatching({ app, ...context, ai, onModelsChange });
        const none = { audited: async () => {}, firstModel: async () => ({ model: "", instead: null }) };
        const assistant = addAssistant(app, { ...context, ...none, ai, matching });
        return { stop: async () => void (await Promise.all([assistant.stop(), matching.stop()])) };
      },
    });
    const lead = fields.lead({ ownerId: "ana", teamId: "north", name: "Maria Keller", notes: "Maria wants a garden. Call +1 312 555 0142." }); // prettier-ignore
    const now = new Date().toISOString();
    await inTenant(server.db, { tenantId }, (tx) => saveRecords(tx, tenantId, "leads", [{ id: "lead-1", ...lead }], { now })); // prettier-ignore
    await saveListings(server.db, tenantId, ["garden", "office", "tower"], (id) => ({ description: id }));
  });
  afterAll(() => server.close());

  /** A direction for each word it knows. */
  function modelOf(...words: string[]): ModelProvider {
    const directions = (text: string) => words.map((word) => (text.includes(word) ? 1 : 0));
    return {
      ...unaskedProvider,
      async embed({ texts }) {
        asked.push(texts);
        return ok({ vectors: texts.map((text) => Float32Array.from([...directions(text), 0.1])), usage: null }); // prettier-ignore
      },
    };
  }

  async function ask(): Promise<MatchAnswer> {
    const { token } = server.identities.signIn(people.ana);
    const response = await fetch(server.url + assistantPaths.matches, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ leadId: "lead-1" }),
    });
    return MatchAnswer.parse(await response.json());
  }
  async function match(): Promise<[string, number][]> {
    const { nearness } = await ask();
    return Object.entries(nearness).toSorted(([, a], [, b]) => b - a);
  }
  const found = async () => (await match()).map(([id]) => id);

  test("without a model words are compared, and no vector is asked of anybody", async () => {
    expect((await found()).toSorted()).toEqual(["garden", "office", "tower"]);
    expect(asked).toEqual([]);
    expect(await ask()).toMatchObject({ by: "rules", instead: null });
  });

  test("vectors are made as soon as a model is set up; a question needs one more, of what they want, and only once", async () => {
    routes.push(routeOf(modelOf("garden", "office"), { role: "embedding", modelId: "first" }));
    changeModels(tenantId);
    await expect.poll(found).toHaveLength(3);
    expect((await found())[0]).toBe("garden");
    expect((await match())[0]?.[1]).toBeGreaterThan(0.9);
    expect(await ask()).toMatchObject({ by: "model", instead: null });
    const wishes = asked.filter(([text]) => text?.includes("wants a garden"));
    expect(
      wishes.map(({ length }) => length),
      "asked for once",
    ).toEqual([1]);
    expect(asked).toHaveLength(2);
    expect(counted.toSorted(), "theirs is the person's, the listings' are nobody's").toEqual(["ana", null]);
    expect(wishes.flat().join(), "who they are stays on the server").not.toMatch(/Maria|0142/u);
  });

  test("vectors of the model before are not compared, and whoever asks has them made anew", async () => {
    asked.length = 0;
    routes.splice(0, 1, routeOf(modelOf("tower"), { role: "embedding", modelId: "second" }));
    expect(await found()).toEqual([]);
    await expect.poll(found).toHaveLength(3);
    expect(asked.map(({ length }) => length).toSorted()).toEqual([1, 3]);
  });

  test("what is written is found by its new words soon after", async () => {
    await saveListings(server.db, tenantId, ["garden"], () => ({ description: "garden below a tower" }));
    expect(await found(), "by what it was until then").toHaveLength(3);
    changeModels("");
    await expect.poll(() => asked.at(-1)?.[0]).toContain("below a tower");
  });

  test("where the model fails words are compared, and the answer says why", async () => {
    const message = "The key is not taken.";
    const fails: ModelProvider = { ...unaskedProvider, embed: async () => err({ code: "no-access", message, retryAfterMs: null, usage: null }) }; // prettier-ignore
    routes.splice(0, 1, routeOf(fails, { role: "embedding", modelId: "third" }));
    const answer = await ask();
    expect(Object.keys(answer.nearness).toSorted()).toEqual(["garden", "office", "tower"]);
    expect(answer).toMatchObject({ by: "rules", instead: { code: expect.any(String), message: expect.stringMatching(/./u) } }); // prettier-ignore
  });
}
