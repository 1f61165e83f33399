import { expect, test } from "vitest";
import { says, sends, startModel } from "../../../testing/ai/start-model.ts";
import { routeOf, stageGateway } from "../../../testing/ai/stage-gateway.ts";
import { daysAgo, someCall, someDeal, someListing, someReport, someStory, storyNow } from "../../../testing/fakes/some-story.ts"; // prettier-ignore
import type { RecordId } from "../../../shared/entities/id.ts";
import { assistantTasks } from "../../assistant/index.ts";
import { writeTaskFor } from "../../assistant/tasks.ts";
import { botTasks } from "../../bot/index.ts";
import { coachingTasks } from "../../coaching/index.ts";
import { createOpenAiProvider } from "../../providers/openai/index.ts";
import { promptSamples } from "./prompt-samples.ts";
import { tryPrompt, type PromptTask } from "./try-prompt.ts";

const tasks: readonly PromptTask[] = [...assistantTasks, ...botTasks, ...coachingTasks];

async function ask(name: string, answer: ReturnType<typeof says>, said = "") {
  const model = await startModel(answer);
  const provider = createOpenAiProvider({ kind: "compatible", ...model.access, apiVersion: null });
  const task = tasks.find((one) => one.name === name) ?? expect.fail();
  const { data } = promptSamples[name] ?? expect.fail();
  const asker = { tenantId: "north", userId: "grace" };
  const { ai } = stageGateway([routeOf(provider), routeOf(provider, { role: "small" })]);
  const tried = await tryPrompt(ai, task, { ...asker, promptVersion: task.promptVersion, data, said });
  await model.close();
  return { tried, asked: model.asked };
}

test("a prompt whose answer has a form is tried with it, within its task's limits", async () => {
  const { tried, asked } = await ask("coaching.card", says('{"lines":["Ask what they compare."]}'));
  expect(asked[0]?.body).toMatchObject({ max_tokens: 300, response_format: { type: "json_schema" } });
  expect(JSON.parse(tried.text)).toEqual({ lines: ["Ask what they compare."] });
  expect(tried).toMatchObject({ by: "model", trouble: null });
  const wrong = await ask("coaching.card", says("Sure!"));
  expect(wrong.tried).toMatchObject({ text: "", by: "rules", trouble: expect.stringContaining("form") });
});

test("one that answers somebody is told what they say", async () => {
  const { tried, asked } = await ask("assistant.chat", sends(500, {}), "What did we agree on?");
  expect(asked[0]?.body.messages.map(({ role }) => role)).toEqual(["system", "user", "user"]);
  expect(asked[0]?.body.messages.at(-1)?.content).toBe("What did we agree on?");
  expect(tried).toMatchObject({ by: "rules", trouble: expect.any(String) });
});

/** The names in something, in what is in it, and in the first of a list. */
function namesIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [namesIn(value[0])];
  if (typeof value !== "object" || value === null) return "";
  const named = Object.entries(value).map(([name, held]): [string, unknown] => [name, namesIn(held)]);
  return Object.fromEntries(named.toSorted(([a], [b]) => a.localeCompare(b)));
}

const story = someStory({
  calls: [someCall({ id: "call-1" as RecordId })],
  tasks: [{ title: "Send the plans", status: "open", priority: "high", dueAt: daysAgo(-3) }],
} as never);
const about = {
  leadId: "lead-1",
  listingId: "listing-1",
  purpose: "after-call",
  tone: "neutral",
  length: "medium",
};
const subject = { now: storyNow, timeZone: "UTC", story, listing: someListing() };
const written = (of: string) => {
  const question = {
    ...about,
    about: of,
    callId: "call-1",
    wish: "",
    language: "en",
    said: "Hello",
  } as never;
  return writeTaskFor(question).dataOf({ question, subject, turns: [] });
};
const conversation = { turns: [{ by: "visitor", text: "Hello" }], told: { name: "", email: "", phone: "", need: "", when: "" } }; // prettier-ignore
const chat = {
  bot: { name: "Ria", purposes: ["answers"] },
  business: "",
  knows: [{ about: "a", text: "b" }],
  conversation,
  said: "a",
};
const heard = { title: "", lines: [""], heard: [{ speaker: "customer", text: "", startMs: 0 }] };
const spoken = {
  report: { ...someReport(), score: null },
  utterances: [{ speaker: "agent", startMs: 0, text: "" }],
};

test.each([
  ["assistant.chat", () => written("chat")],
  ["assistant.email", () => written("email")],
  ["assistant.message", () => written("message")],
  ["assistant.listing", () => written("listing")],
  ["assistant.landing", () => written("landing")],
  ["assistant.deal-insight", (task: Told) => task.dataOf({ deal: someDeal(), story })],
  ["bot.answer", (task: Told) => task.dataOf(chat)],
  ["bot.suggest", (task: Told) => task.dataOf(chat)],
  ["coaching.card", (task: Told) => task.dataOf(heard)],
  ["coaching.report-words", (task: Told) => task.dataOf(spoken)],
])("the sample of %s is of the form that its task tells a model", (name, tell) => {
  const task = tasks.find((one) => one.name === name) as unknown as Told;
  expect(namesIn(promptSamples[name]?.data)).toEqual(namesIn(tell(task)));
});
type Told = { dataOf(input: unknown): unknown };

test("each task has a sample, and each sample a task", () => {
  expect(Object.keys(promptSamples).toSorted()).toEqual(tasks.map(({ name }) => name).toSorted());
});
