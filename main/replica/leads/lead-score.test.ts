import { afterEach, beforeEach, expect, test } from "vitest";
import type { Conversion } from "../../../shared/entities/setting.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import type { leadScore } from "../../../shared/rpc/contract/leads.ts";
import { makeCall, makeLead, makeTenant } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { someChat, someReport } from "../../../testing/fakes/some-story.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { openTenantSettings } from "../live/tenant-settings.ts";
import { createLeadScore } from "./lead-score.ts";

let replica: FakeReplica;
const clock = { now: () => Date.parse("2026-05-04T15:00:00.000Z") };

/** Sure of its two weights, so that what it says can be worked out by hand. */
const model = ConversionModel.parse({
  ...{ format: 1, version: 3, trainedAt: "2026-05-03T02:00:00.000Z", contacts: 120, converted: 15 },
  features: [{ kind: "choice", name: "source", label: "Source" }],
  terms: ["base", "source=referral"],
  mean: [-2, 1.5],
  covariance: [0, 0, 0],
  unmetVariance: 0,
  figures: { predicted: 100, auc: 0.7, ece: 0.05 },
});
const learned = { id: "conversion", kind: "conversion", order: 1, rev: 1, createdAt: model.trainedAt, updatedAt: model.trainedAt, kept: [], model } as unknown as Conversion; // prettier-ignore

beforeEach(async () => {
  replica = await createFakeReplica();
  await replica.seed("leads", [
    makeLead({ id: "referred", source: "referral" }),
    makeLead({ id: "other", source: "Website" }),
  ]);
});
afterEach(() => replica.close());

const follow = (id: string, settings = openTenantSettings(replica.reads)) =>
  watch<typeof leadScore>(createLeadScore(replica.reads, settings, clock), { id: id as RecordId });
/** A logistic function: 0 to 1. */
const chance = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

test("what a lead wins with comes from the tenant's model, with its reasons, its version and what it learned from", async () => {
  await replica.seed("settings", [...makeTenant(), learned]);
  const { conversion } = await follow("referred").first();
  expect(conversion).toEqual({
    ...{ probability: expect.closeTo(chance(-0.5)), low: expect.closeTo(chance(-0.5)), high: expect.closeTo(chance(-0.5)) }, // prettier-ignore
    reasons: ["Source: referral, much more likely"],
    learned: { version: 3, trainedAt: model.trainedAt, contacts: 120 },
  });
  const other = await follow("other").first();
  expect(other.conversion).toMatchObject({ probability: expect.closeTo(chance(-2)), reasons: [] });
});

test("until the server has learned from outcomes a probability is what holds of most organisations, as wide as that is", async () => {
  await replica.seed("settings", makeTenant());
  const watched = follow("referred");
  const { score, conversion } = await watched.next();
  expect(score).not.toBeNull();
  const { probability = 0, low = 0, high = 0 } = conversion ?? {};
  expect(conversion?.learned).toBeNull();
  // Of a lead whom nobody has heard of yet about one contact in twenty converts.
  expect(probability).toBeGreaterThan(0.02);
  expect(probability).toBeLessThan(0.12);
  expect(low).toBeLessThan(probability / 2);
  expect(high).toBeGreaterThan(probability * 2);
  await replica.receive("settings", [{ id: learned.id, record: learned }]);
  expect((await watched.next()).conversion?.learned).toMatchObject({ version: 3, contacts: 120 });
  watched.stop();
});

test("who chatted on the website was in contact, and what they wrote there is their mood", async () => {
  await replica.seed("settings", makeTenant());
  const recency = async (of: string) => (await follow(of).first()).score?.components.find(({ name }) => name === "recency")?.why; // prettier-ignore
  const at = "2026-05-04T10:00:00.000Z";
  const turns = [{ seq: 1, at, by: "visitor", agentId: null, text: "I am furious, this is terrible!" }];
  const chat = (id: string, own: object) => ({ ...someChat({ at, lastAt: at, turns: turns as never }), ...own, id: `chat:${id}` }); // prettier-ignore
  const records = [chat("1", { leadId: "referred" }), chat("2", { leadId: "other", outcome: "spam" })];
  await replica.seed("insights", [...records, { ...someReport({ at }), leadId: "other" }] as never);
  expect(await recency("referred")).toBe("Last heard of within a day.");
  const { said } = await follow("referred").first();
  expect(said).toMatchObject({ sentiment: expect.stringContaining("negative"), texts: 1 });
  expect(said?.emotions).toContainEqual({ emotion: "anger", because: expect.arrayContaining(["furious"]) });
  expect(await recency("other"), "nor is spam a contact, nor a report").toBe("Never contacted.");
  expect((await follow("other").first()).said).toBeNull();
});

test("whoever stands in a stage that ends it has no chance to be won any more, until the stage is open", async () => {
  const tenant = makeTenant();
  const lost = tenant.find(({ id }) => id === "stage:leads:lost");
  await replica.seed("settings", [...tenant, learned]);
  await replica.seed("leads", [makeLead({ id: "gone-by", source: "referral", stage: "lost" })]);
  const watched = follow("gone-by");
  const { score, conversion } = await watched.next();
  expect(conversion).toBeNull();
  expect(score?.next).toEqual({ kind: "none", words: "They are lost." });
  const record = { ...lost, outcome: "open" };
  await replica.receive("settings", [{ id: "stage:leads:lost", record } as never]);
  const after = await watched.next();
  expect(after.conversion).not.toBeNull();
  expect(after.score?.next.words).not.toBe("They are lost.");
  watched.stop();
});

test("of more calls than are counted the newest are", async () => {
  await replica.seed("settings", makeTenant());
  const call = (id: string, startedAt: string, answeredAt: string | null) =>
    makeCall({ id, leadId: "referred", direction: "outbound", startedAt, answeredAt, endedAt: startedAt });
  const tries = Array.from({ length: 520 }, (_, at) => call(`try-${at}`, new Date(Date.UTC(2025, 0, 1) + at * 3_600_000).toISOString(), null)); // prettier-ignore
  const today = "2026-05-04T10:00:00.000Z";
  await replica.seed("calls", [...tries, call("talk", today, today)]);
  const { score } = await follow("referred").first();
  expect(score?.components.find(({ name }) => name === "recency")?.why).toBe("Last heard of within a day.");
});

test.each([
  [
    "a calm word of long before",
    [
      ["05-04", "It is urgent, call me today!"],
      ["04-20", "No rush at all."],
    ],
    "high",
  ],
  [
    "a calm word in another text of theirs",
    [
      ["05-04", "Please send the plan."],
      ["05-03", "It is urgent, call me today!"],
      ["05-02", "No hurry."],
    ],
    "high",
  ],
  [
    "what they have called off since",
    [
      ["05-04", "No rush any more."],
      ["05-03", "It is urgent, call me today!"],
    ],
    "none",
  ],
  [
    "what was urgent weeks ago",
    [
      ["05-04", "Thank you."],
      ["04-10", "It is urgent, call me today!"],
    ],
    "none",
  ],
] as const)(
  "how soon they want an answer is what the newest text says of it: %s",
  async (_, texts, urgency) => {
    await replica.seed("settings", makeTenant());
    const chats = texts.map(([day, text], at) => {
      const time = `2026-${day}T10:00:00.000Z`;
      const turns = [{ seq: 1, at: time, by: "visitor", agentId: null, text }];
      return {
        ...someChat({ at: time, lastAt: time, turns: turns as never }),
        leadId: "referred",
        id: `chat:${at}`,
      };
    });
    await replica.seed("insights", chats as never);
    expect((await follow("referred").first()).said).toMatchObject({ urgency, texts: texts.length });
  },
);

test("nothing is said of a lead that is not here", async () => {
  await replica.seed("settings", [...makeTenant(), learned]);
  expect(await follow("gone").first()).toEqual({ score: null, conversion: null, said: null });
});
