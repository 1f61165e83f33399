import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { cardOf, phrases, playbookOf, says } from "../../../testing/coaching/talk.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { PastCall } from "./past-calls.ts";
import { tryPlaybooks } from "./try-playbook.ts";

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
  return { callId: "call" as RecordId, ...at, agent: "Ana", customer: "Maria" };
}

test("says of each call what the draft fires and what is live does; without one, nothing is live", async () => {
  const [tried] = await tryPlaybooks(draft, null, [callOf(3)], said);
  expect(tried?.draft.map(({ key }) => key)).toEqual(["price", "price", "price"]);
  expect(tried?.live).toEqual([]);
});

test("lets others be served meanwhile, also within one long call", async () => {
  let served = 0;
  let over = false;
  const serve = async (): Promise<void> => {
    for (; !over; served += 1) await setImmediate();
  };
  const serving = serve();
  await tryPlaybooks(draft, draft, [callOf(90)], said);
  over = true;
  await serving;
  expect(served).toBeGreaterThan(3);
});
