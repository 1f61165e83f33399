import { expect, test } from "vitest";
import type { AiRequestLine } from "../../admin/ai/wire.ts";
import { isTrouble, sayHidden, sayResult, sayTime, sayUse } from "./request-words.ts";

const line: AiRequestLine = {
  ...{ id: "1", askedAt: "2026-11-22T09:00:00.000Z", userId: "ana", feature: "writing" },
  ...{ task: "assistant.email", promptVersion: 1, source: "model", model: "Big", outcome: "answered" },
  ...{ instead: null, hidden: 3, inputTokens: 1_200, outputTokens: 80, soundMs: 0, pictures: 0, cost: 5_000 },
  ...{ doubted: false, latencyMs: 1_240, firstMs: null },
};

test.each<[string, boolean, Partial<AiRequestLine>]>([
  ["Answered", false, {}],
  ["Under way", false, { outcome: null }],
  ["Not reached", true, { outcome: "unreachable" }],
  ["From the cache", false, { source: "cache" }],
  ["Rules", false, { source: "rules" }],
  ["Rules: a limit was reached", true, { source: "rules", instead: "limited" }],
  ["Rules: of-tomorrow", true, { source: "rules", instead: "of-tomorrow" }],
])("a request that came out as “%s”", (said, isBad, given) => {
  expect(sayResult({ ...line, ...given })).toBe(said);
  expect(isTrouble({ ...line, ...given })).toBe(isBad);
});

test("what was used and hidden is said as far as there is any", () => {
  expect(sayUse(line)).toBe("1,200 in, 80 out");
  expect(sayUse({ ...line, inputTokens: 0, outputTokens: 0, soundMs: 130_000 })).toBe("2:10 of sound");
  expect(sayUse({ ...line, inputTokens: 0, outputTokens: 0 })).toBe("");
  expect(sayUse({ ...line, outputTokens: 0, pictures: 1 })).toBe("1 picture");
  expect(sayUse({ ...line, outputTokens: 4_160, pictures: 1 })).toBe("1 picture, 4,160 out");
  expect([3, 1, 0].map(sayHidden)).toEqual([
    "3 names, numbers and e-mail addresses",
    "1 name, number or e-mail address",
    "Nothing was to hide",
  ]);
  expect([sayTime(940), sayTime(1_240), sayTime(null)]).toEqual(["940 ms", "1.2 s", ""]);
});
