import { expect, test } from "vitest";
import { hidePersonalData, nobodyKnown } from "../ai/index.ts";
import { answerTask } from "./tasks.ts";

test("a model is told where what is on offer is, and not where a visitor lives", () => {
  const input = {
    knows: [{ about: "Loft", text: "Loft, 12 Baker Street, London. 3 bedrooms" }],
    conversation: { told: { name: "Mia" }, phase: { name: "person", agentName: "Ben Ode" } },
  };
  const { hide } = hidePersonalData(answerTask.knownIn?.(input as never) ?? nobodyKnown);
  expect(hide("mia of 7 Elm Road asks ben about 12 baker street")).toBe(
    "[[NAME_2]] of [[ADDRESS_1]] asks [[NAME_3]] about 12 baker street",
  );
});
