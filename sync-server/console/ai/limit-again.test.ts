import { expect, test } from "vitest";
import { NewAiLimit, type AiLimit } from "../../admin/ai/wire.ts";
import { limitAgain } from "./limit-again.ts";

test("a limit that was removed is brought back in words that the server takes, and as it was", () => {
  const set = NewAiLimit.parse({
    ...{ per: "person", userId: "ben", feature: "chat", modelId: null, measure: "money", period: "month" },
    ...{ most: 5, action: "downgrade", plan: null },
  });
  const said = { id: "limit", byOperator: false, userName: "Ben", used: 4, held: 1, firstDay: "2026-11-01" };
  const limit: AiLimit = { ...set, ...said };
  expect(NewAiLimit.parse(limitAgain(limit))).toEqual(set);
});
