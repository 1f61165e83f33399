import { expect, test } from "vitest";
import type { Person, Queue } from "../../../../shared/entities/setting.ts";
import { queueChoices } from "./queue-choices.ts";

const queue = (key: string, userIds: string[], teamIds: string[] = []) =>
  ({ key, label: key.toUpperCase(), userIds, teamIds }) as unknown as Queue;
const person = (userId: string, ...teamIds: string[]) => ({ userId, teamIds }) as unknown as Person;

const persons = [person("ana"), person("ben"), person("max", "south"), person("mei", "south")];
const here = [
  { userId: "ana", presence: "available" },
  { userId: "ben", presence: "busy" },
  { userId: "max", presence: "available" },
] as const;
const wordsOf = (given: Queue, waiting = 0, me = "ana") =>
  queueChoices([given], persons, here, [{ queue: given.key, waiting }], me)[0]?.words;

test("says who would be rung: members who are free, by name or by team, and not whoever gives the call away", () => {
  expect(wordsOf(queue("sales", ["ana", "ben"]))).toBe("nobody free");
  expect(wordsOf(queue("sales", ["ana", "ben"]), 0, "ben")).toBe("1 free");
  expect(wordsOf(queue("south", [], ["south"]))).toBe("1 free");
  expect(wordsOf(queue("all", ["ana", "max"], ["south"]), 0, "ben")).toBe("2 free");
});

test("says who waits already, where anybody does", () => {
  expect(wordsOf(queue("sales", ["ben"]), 1)).toBe("1 waits, nobody free");
  expect(wordsOf(queue("south", ["max"]), 2)).toBe("2 wait, 1 free");
});

test("a queue that names nobody is everybody's, and is called as the tenant calls it", () => {
  expect(queueChoices([queue("sales", [])], persons, here, [], null)).toEqual([
    { queue: "sales", label: "SALES", words: "2 free" },
  ]);
});
