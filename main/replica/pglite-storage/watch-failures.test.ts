import { expect, onTestFinished, test } from "vitest";
import { openTestPGlite } from "../../../testing/fakes/open-test-pglite.ts";
import { watchFailures, type Failure } from "./watch-failures.ts";

const breaks = "do $$ begin raise exception 'invalid page' using errcode = 'XX001'; end $$";

test("a failure is told once, and noted before any statement fails of it", async () => {
  const pglite = await openTestPGlite();
  onTestFinished(() => pglite.close());
  const story: (Failure | string)[] = [];
  let noted = () => {};
  watchFailures(pglite, (failure) => {
    story.push(failure);
    return new Promise<void>((resolve) => {
      noted = () => {
        story.push("noted");
        resolve();
      };
    });
  });
  const failing = [pglite.query(breaks), pglite.exec(breaks)].map((statement) =>
    statement.catch(() => story.push("failed")),
  );
  await expect.poll(() => story).toEqual(["damaged"]);
  noted();
  await Promise.all(failing);
  expect(story).toEqual(["damaged", "noted", "failed", "failed"]);
});

test("a statement that is wrong in itself says so and is no failure of the database", async () => {
  const pglite = await openTestPGlite();
  onTestFinished(() => pglite.close());
  const told: Failure[] = [];
  watchFailures(pglite, async (failure) => void told.push(failure));
  await expect(pglite.query("select nonsense")).rejects.toThrow("nonsense");
  expect(told).toEqual([]);
});
