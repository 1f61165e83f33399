import { afterEach, expect, test } from "vitest";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { openLastSync } from "./last-sync.ts";

let replica: TestReplica;
afterEach(() => replica.dispose());

const clock = { nowMs: Date.parse("2026-05-04T15:00:00.000Z"), now: () => clock.nowMs };

test("the time of the last sync is known after a restart, and at most twenty seconds old after a crash", async () => {
  replica = await openTestReplica({ clock, collections: ["settings"] });
  const { sql } = replica.database;
  const first = await openLastSync(sql, clock);
  expect(first.at()).toBeNull();
  await first.close();
  expect((await openLastSync(sql, clock)).at()).toBeNull();

  first.isNow();
  clock.nowMs += 5_000;
  first.isNow();
  expect(first.at()).toBe("2026-05-04T15:00:05.000Z");
  const afterCrash = await openLastSync(sql, clock);
  expect(afterCrash.at()).toBe("2026-05-04T15:00:00.000Z");

  await first.close();
  expect((await openLastSync(sql, clock)).at()).toBe("2026-05-04T15:00:05.000Z");
});
