import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf, says } from "../../../testing/coaching/talk.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { isCompared, nothingAlike } from "../../../shared/coaching/playbook/meanings.ts";
import type { Trigger } from "../../../shared/entities/playbook.ts";
import type { PastCall } from "./past-calls.ts";
import { tryPlaybooks, type CompareSaid } from "./try-playbook.ts";

const draft = playbookOf({ cards: [cardOf("price", [phrases({ phrases: ["price"] })])] });

const said = async ({ durationMs }: PastCall) =>
  Array.from({ length: durationMs / 15_000 }, (_, at) =>
    says(
      at % 2 === 0 ? "agent" : "customer",
      at * 15_000,
      "so what is the price of the floor that we have seen together",
    ),
  );

function callOf(minutes: number): PastCall {
  const at = { startedAt: "2026-01-01T00:00:00.000Z", durationMs: minutes * 60_000 };
  return { callId: "call" as RecordId, ...at, agent: "Ana", customer: "Maria", number: "", apart: [] };
}

const asksNobody = async () => nothingAlike;

test("says of each call what the draft fires and what is live does; without one, nothing is live", async () => {
  const { replayed, unheard } = await tryPlaybooks(draft, null, [callOf(3)], said, asksNobody);
  const [tried] = replayed;
  expect(tried?.draft.map(({ key }) => key)).toEqual(["price", "price", "price"]);
  expect([tried?.live, unheard]).toEqual([[], false]);
});

test("a meaning fires where a model compared; where none did, the rest is tried and it says so", async () => {
  const means: Trigger = { kind: "meaning", side: "customer", examples: ["what does it cost"], likeness: 0.5, fromMs: null, untilMs: null }; // prettier-ignore
  const meant = playbookOf({ cards: [cardOf("cost", [means]), ...draft.cards] });
  const compare: CompareSaid = async (_call, utterances, playbooks) => {
    const heard = utterances.filter((one) => playbooks.some((playbook) => isCompared(playbook, one)));
    return new Map(heard.map(({ id }, at) => [id, new Map([["what does it cost", at === 1 ? 0.6 : 0.4]])]));
  };
  const { replayed, unheard } = await tryPlaybooks(meant, null, [callOf(2)], said, compare);
  expect(replayed[0]?.draft.filter(({ key }) => key === "cost")).toMatchObject([
    { fromMs: 45_000, speaker: "customer" },
  ]);
  expect(unheard).toBe(false);
  const quiet = await tryPlaybooks(meant, null, [callOf(2)], said, async () => null);
  expect(quiet.replayed[0]?.draft.map(({ key }) => key)).toEqual(["price", "price"]);
  expect(quiet.unheard).toBe(true);
});

test("a hold is no silence", async () => {
  const quiet: Trigger = { kind: "silence", overMs: 6_000, fromMs: null, untilMs: null };
  const waits = playbookOf({ cards: [cardOf("quiet", [quiet])] });
  const held = { ...callOf(1), apart: [{ fromMs: 0, toMs: 45_000 }] };
  const { replayed } = await tryPlaybooks(waits, null, [callOf(1), held], said, asksNobody);
  const [heard = 0, behindHold = 0] = replayed.map(({ draft: fired }) => fired[0]?.atMs);
  expect(heard).toBeLessThan(15_000);
  expect(behindHold).toBeGreaterThan(45_000);
});

test("lets others be served meanwhile, also within one long call", async () => {
  let served = 0;
  let over = false;
  const serve = async (): Promise<void> => {
    for (; !over; served += 1) await setImmediate();
  };
  const serving = serve();
  await tryPlaybooks(draft, draft, [callOf(90)], said, asksNobody);
  over = true;
  await serving;
  expect(served).toBeGreaterThan(3);
});
