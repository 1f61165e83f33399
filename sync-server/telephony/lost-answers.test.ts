import { sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import type { FakeLeg } from "../../testing/telephony/fake-line.ts";
import { useLineStage } from "../../testing/telephony/use-line-stage.ts";
import { inSystem, rowsOf } from "../database/index.ts";

// What a carrier did without our hearing of it, and what is wanted otherwise before it was asked again. The server's
// clock stands still: nothing is tried a second time because time has passed.

const standstill = Date.now();
const at = useLineStage(openTestDatabase, { clock: { now: () => standstill } });
let caller: FakeLeg;
let callId: string;

beforeEach(async () => {
  ({ caller, callId } = await at.talk());
  await at.soon(() => caller.recording).toBe("on");
  await at.soon(openJobs).toEqual([]);
});

function openJobs(): Promise<{ error: string | null }[]> {
  return inSystem(at.stage.db, (tx) =>
    rowsOf<{ error: string | null }>(tx, sql`SELECT error FROM jobs WHERE kind = 'call.settle'`),
  );
}

/** The carrier does it, and nobody is told. @returns what is answered in the end */
async function loseAnswerTo(control: Record<string, unknown>): Promise<{ answer: Promise<unknown> }> {
  Object.assign(at.stage.fake.state, { losesHold: Promise.resolve(), losesRecord: true });
  const answer = at.stage.control("ana", callId, control);
  await at.soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
  Object.assign(at.stage.fake.state, { losesHold: null, losesRecord: false });
  return { answer };
}

test("a caller whose hold is called off before it is asked for again is heard", async () => {
  const hold = await loseAnswerTo({ do: "hold", on: true });
  expect(caller.held).toBe(true);
  expect((await at.stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
  expect(caller.held).toBe(false);
  await hold.answer;
});

test("a recording that is paused again before it is asked to go on once more takes nothing down", async () => {
  expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  const goOn = await loseAnswerTo({ do: "record", state: "on" });
  expect(caller.recording).toBe("on");
  expect((await at.stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  expect(caller.recording).toBe("paused");
  await goOn.answer;
});
