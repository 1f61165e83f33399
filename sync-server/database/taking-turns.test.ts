import { expect, test } from "vitest";
import { createTakingTurns } from "./taking-turns.ts";

/** Statements that take so many milliseconds of a clock that only they move. */
function stage() {
  let clockMs = 0;
  const turns = createTakingTurns(() => clockMs);
  const statement = (tookMs: number) =>
    turns.statement(async () => {
      clockMs += tookMs;
      return tookMs;
    });
  return { ...turns, statement };
}

/** How often the event loop turned while the work ran. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turned = 0;
  let over = false;
  const count = () => {
    turned += 1;
    if (!over) setImmediate(count);
  };
  setImmediate(count);
  await work();
  over = true;
  return turned;
}

test("the event loop turns between the statements of a long transaction, and not between quick ones", async () => {
  const { alone, statement } = stage();
  const run = (tookMs: number) =>
    turnsDuring(() =>
      alone(async () => {
        for (let index = 0; index < 20; index += 1) await statement(tookMs);
      }),
    );
  expect(await run(5)).toBeGreaterThanOrEqual(9);
  expect(await run(0.1)).toBeLessThanOrEqual(1);
});

test("the event loop turns between the works of many who wait", async () => {
  const { alone, statement } = stage();
  const all = () => Promise.all(Array.from({ length: 20 }, () => alone(() => statement(5))));
  expect(await turnsDuring(all)).toBeGreaterThanOrEqual(9);
});

test("one work follows another, also one that failed", async () => {
  const { alone, statement } = stage();
  const order: string[] = [];
  const part = (name: string) => statement(9).then(() => order.push(name));
  const first = alone(async () => {
    await part("a1");
    await part("a2");
    throw new Error("changed its mind");
  });
  const second = alone(async () => {
    await part("b1");
    return "done";
  });
  await expect(first).rejects.toThrow("changed its mind");
  expect(await second).toBe("done");
  expect(order).toEqual(["a1", "a2", "b1"]);
});
