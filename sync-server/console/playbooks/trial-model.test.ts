import { expect, test } from "vitest";
import { says } from "../../../testing/coaching/talk.ts";
import type { Hit, TriedCall } from "../../admin/playbooks/wire.ts";
import { countHits, countMoments, countPhrases, markedIn, momentsOf, scaleMs } from "./trial-model.ts";

function hit(key: string, atMs: number, more: Partial<Hit> = {}): Hit {
  return {
    target: "card",
    key,
    trigger: 0,
    of: 0,
    fromMs: atMs - 500,
    atMs,
    phrase: "",
    speaker: "customer",
    ...more,
  };
}

function call(id: string, given: Partial<TriedCall>): TriedCall {
  const about = {
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 95_000,
    agent: "Ana",
    ...{ customer: "Maria", number: "" },
  };
  return { callId: id as TriedCall["callId"], ...about, draft: [], live: [], judged: [], ...given };
}

const calls = [
  call("a", {
    draft: [hit("price", 10_000, { of: 1 }), hit("price", 60_000), hit("budget", 5_000, { target: "item" })],
    live: [hit("price", 10_800), hit("price", 40_000)],
    judged: [{ card: "price", atMs: 60_000, useful: true }],
  }),
  call("b", { durationMs: 20_000, live: [hit("other", 1_000)] }),
];
const price = { list: "cards", key: "price" } as const;

test("a moment is the draft's, the live one's, or both where they differ by a word", () => {
  const moments = momentsOf(calls, price);
  expect(moments.map((one) => [one.hit.atMs, one.inDraft, one.inLive, one.useful])).toEqual([
    [10_000, true, true, null],
    [40_000, false, true, null],
    [60_000, true, false, true],
  ]);
  expect(countMoments(moments.filter(({ inDraft }) => inDraft))).toEqual({ times: 2, calls: 1 });
});

test("counts what an item, a card and a phrase came to", () => {
  const counts = countHits(calls);
  expect([counts.adherence("budget"), counts.fired("price"), counts.fired("none")]).toEqual([
    "50%",
    "2",
    "0",
  ]);
  expect(countHits([]).adherence("budget")).toBe("");
  expect(countPhrases(calls, price, 0)).toEqual([1, 1]);
});

test("the scale ends with the longest call's minute", () => {
  expect([scaleMs(calls), scaleMs([])]).toEqual([120_000, 60_000]);
});

test("marks the words of a hit with what stands between them", () => {
  const said = says("customer", 10_000, "Okay. The price: it is more, than we pay!");
  const marked = markedIn(said, { fromMs: 12_500, atMs: 14_400 });
  expect(said.text.slice(marked?.from, marked?.to)).toBe("more, than we pay");
  expect(markedIn(said, { fromMs: 30_000, atMs: 31_000 })).toBeNull();
});
