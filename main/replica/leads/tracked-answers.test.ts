import { expect, test } from "vitest";
import { createTrackedAnswers, type LeadChange } from "./tracked-answers.ts";

type Heard = { ids: string[]; times: number };

const changesOf = (...ids: string[]): LeadChange[] => ids.map((id) => ({ id, lead: null }));

function trackHeard(built: Promise<void> = Promise.resolve()) {
  return {
    build: async (): Promise<Heard> => {
      await built;
      return { ids: [], times: 0 };
    },
    apply(heard: Heard, changes: readonly LeadChange[]) {
      heard.ids.push(...changes.map(({ id }) => id));
      heard.times += 1;
    },
    daily: false,
    derived: false,
  };
}

test("changes are worked in together, in their order, when somebody looks", async () => {
  const answers = createTrackedAnswers<Heard>(8, () => {});
  await answers.get("all", trackHeard).ready;
  for (const id of ["a", "b", "c"]) answers.apply(changesOf(id));
  expect(answers.get("all", trackHeard).now).toEqual({ ids: ["a", "b", "c"], times: 1 });
  expect(answers.get("all", trackHeard).now).toEqual({ ids: ["a", "b", "c"], times: 1 });
});

test("what changed while it was built is in the answer", async () => {
  const answers = createTrackedAnswers<Heard>(8, () => {});
  const { promise: built, resolve: finish } = Promise.withResolvers<void>();
  const { ready } = answers.get("all", () => trackHeard(built));
  answers.apply(changesOf("a"));
  answers.apply(changesOf("b"));
  finish();
  expect(await ready).toEqual({ ids: ["a", "b"], times: 1 });
});

test("an answer that nobody looks at does not keep changes for ever", async () => {
  const answers = createTrackedAnswers<Heard>(8, () => {});
  const heard = await answers.get("all", trackHeard).ready;
  const ids = Array.from({ length: 12_000 }, (_, at) => `lead-${at}`);
  for (const id of ids) answers.apply(changesOf(id));
  expect(heard.times).toBe(2);
  expect(heard.ids).toEqual(ids.slice(0, 10_000));
  expect(answers.get("all", trackHeard).now?.ids).toEqual(ids);
});
