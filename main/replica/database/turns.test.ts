import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("tasks never overlap; those that a person waits for go before those that wait already", async () => {
  const takeTurn = createTurns();
  const done: string[] = [];
  let running = 0;
  const task = (name: string) => async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    done.push(name);
    return name;
  };
  const all = [
    takeTurn(task("sync 1")),
    takeTurn(task("sync 2")),
    takeTurn(task("edit 1"), "person"),
    takeTurn(task("sync 3")),
    takeTurn(task("edit 2"), "person"),
  ];
  expect(await Promise.all(all)).toEqual(["sync 1", "sync 2", "edit 1", "sync 3", "edit 2"]);
  expect(done).toEqual(["sync 1", "edit 1", "edit 2", "sync 2", "sync 3"]);
  expect(await takeTurn(task("later"))).toBe("later");
});

test("a task that fails, even before its first await, fails alone", async () => {
  const takeTurn = createTurns();
  const failing = takeTurn(() => {
    throw new Error("no");
  });
  const next = takeTurn(async () => "next");
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("next");
});
