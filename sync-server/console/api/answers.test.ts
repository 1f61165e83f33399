import { expect, test } from "vitest";
import { z } from "zod";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { createAnswers } from "./answers.ts";
import type { ApiError, ask } from "./ask.ts";

/** A server whose answers the test gives, in any order. */
function openServer() {
  const waiting: { path: string; answer: (result: Result<unknown, ApiError>) => void }[] = [];
  const asked: string[] = [];
  const answerLater = (_method: string, path: string) => {
    asked.push(path);
    return new Promise((answer: (result: Result<unknown, ApiError>) => void) =>
      waiting.push({ path, answer }),
    );
  };
  const answers = createAnswers(answerLater as typeof ask, "/session");
  const say = async (index: number, result: Result<unknown, ApiError>) => {
    waiting[index]?.answer(result);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { answers, asked, say };
}

const number = z.number();

test("two watchers of one address ask once and hear the same", async () => {
  const { answers, asked, say } = openServer();
  const heard: string[] = [];
  answers.watch("/people", number, () => heard.push("a"));
  answers.watch("/people", number, () => heard.push("b"));
  await say(0, ok(1));
  expect(asked).toEqual(["/people"]);
  expect(heard).toEqual(["a", "b"]);
  expect(answers.read("/people")).toEqual({ value: 1, error: null });
});

test("an answer that was overtaken by a later question is dropped", async () => {
  const { answers, say } = openServer();
  answers.watch("/people", number, () => {});
  void answers.refresh("/people");
  await say(1, ok(2));
  await say(0, ok(1));
  expect(answers.read("/people").value).toBe(2);
});

test("trouble keeps what was known", async () => {
  const { answers, say } = openServer();
  answers.watch("/people", number, () => {});
  await say(0, ok(1));
  void answers.refresh("/people");
  await say(1, err({ code: "unavailable", message: "gone" }));
  expect(answers.read("/people")).toEqual({ value: 1, error: { code: "unavailable", message: "gone" } });
});

test("what nobody looks at is forgotten on refresh, the rest asked again", async () => {
  const { answers, asked, say } = openServer();
  answers.watch("/people?x", number, () => {})();
  answers.watch("/people", number, () => {});
  answers.watch("/teams", number, () => {});
  await Promise.all([say(0, ok(1)), say(1, ok(1)), say(2, ok(1))]);
  void answers.refresh("/people");
  expect(asked.slice(3)).toEqual(["/people"]);
  expect(answers.read("/people?x").value).toBeUndefined();
});

test("an ended session makes it ask who is signed in", async () => {
  const { answers, asked, say } = openServer();
  answers.watch("/session", number, () => {});
  answers.watch("/people", number, () => {});
  await say(1, err({ code: "revoked", message: "ended" }));
  expect(asked).toEqual(["/session", "/people", "/session"]);
});
