import { expect, test } from "vitest";
import { choiceOf, ringsOf, sayRings, type Rings } from "./number-words.ts";

const all: Rings[] = [
  { queue: "", agentId: null },
  { queue: "sales", agentId: null },
  { queue: "", agentId: "demo:ana" },
];

test("whom a number rings survives being chosen from a list", () => {
  expect(all.map((rings) => ringsOf(choiceOf(rings)))).toEqual(all);
  expect(new Set(all.map(choiceOf)).size).toBe(all.length);
});

test("and is said by the names that people know", () => {
  const people = new Map([["demo:ana", "Ana Ruiz"]]);
  const said = all.map((rings) => sayRings(rings, people, new Map([["sales", "Sales"]])));
  expect(said).toEqual(["The usual queue", "Queue “Sales”", "Ana Ruiz alone"]);
  expect(sayRings({ queue: "", agentId: "gone" }, people, new Map())).toBe("Somebody who left alone");
});
