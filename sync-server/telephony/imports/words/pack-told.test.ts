import { expect, test } from "vitest";
import type { ImportedUtterance } from "../imported-call.ts";
import { packTold, unpackTold } from "./pack-told.ts";
import type { Told } from "./told.ts";

test("a long transcript goes between threads in pieces, and is the same afterwards", async () => {
  const utterances = Array.from({ length: 450 }, (_, at): ImportedUtterance => ({ speaker: at % 2 ? "agent" : "customer", startMs: at, endMs: at + 1, text: `said ${at}`, timing: [0, 1] })); // prettier-ignore
  const call = { startedAt: "", direction: "inbound" as const, agent: "ana", customerPhone: "", note: "", utterances }; // prettier-ignore
  const told: Told = { call, agentMs: 2_030, customerMs: 0 };
  const packed = packTold(told);
  expect(packed.pieces).toHaveLength(3);
  expect(await unpackTold(structuredClone(packed))).toEqual(told);
});
