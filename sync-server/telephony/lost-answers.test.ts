import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import type { FakeLeg } from "../../testing/telephony/fake-line.ts";
import { openLineStage, type LineStage } from "../../testing/telephony/open-line-stage.ts";
import { inSystem, rowsOf } from "../database/index.ts";

// What a carrier did without our hearing of it, and what is wanted otherwise before it was asked again. The server's
// clock stands still: nothing is tried a second time because time has passed.

const standstill = Date.now();
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 15_000, interval: 10 });
let stage: LineStage;
let caller: FakeLeg;
let callId: string;

beforeEach(async () => {
  stage = await openLineStage(await openTestDatabase(), { clock: { now: () => standstill } });
  await stage.present("ana");
  ({ caller } = await stage.callIn());
  const desk = () => stage.fake.legs().find(({ to }) => to.kind === "desk");
  await soon(() => desk()?.status).toBe("ringing");
  stage.fake.answer(desk() as FakeLeg);
  await soon(() => caller.recording).toBe("on");
  callId = (await stage.calls())[0]?.id ?? "";
  await soon(openJobs).toEqual([]);
});
afterEach(() => stage.close());

function openJobs(): Promise<{ error: string | null }[]> {
  return inSystem(stage.db, (tx) =>
    rowsOf<{ error: string | null }>(tx, sql`SELECT error FROM jobs WHERE kind = 'call.settle'`),
  );
}

/** The carrier does it, and nobody is told. @returns what is answered in the end */
async function loseAnswerTo(control: Record<string, unknown>): Promise<{ answer: Promise<unknown> }> {
  Object.assign(stage.fake.state, { losesHold: Promise.resolve(), losesRecord: true });
  const answer = stage.control("ana", callId, control);
  await soon(openJobs).toMatchObject([{ error: expect.stringContaining("lost") }]);
  Object.assign(stage.fake.state, { losesHold: null, losesRecord: false });
  return { answer };
}

test("a caller whose hold is called off before it is asked for again is heard", async () => {
  const hold = await loseAnswerTo({ do: "hold", on: true });
  expect(caller.held).toBe(true);
  expect((await stage.control("ana", callId, { do: "hold", on: false })).status).toBe(204);
  expect(caller.held).toBe(false);
  await hold.answer;
});

test("a recording that is paused again before it is asked to go on once more takes nothing down", async () => {
  expect((await stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  const goOn = await loseAnswerTo({ do: "record", state: "on" });
  expect(caller.recording).toBe("on");
  expect((await stage.control("ana", callId, { do: "record", state: "paused" })).status).toBe(204);
  expect(caller.recording).toBe("paused");
  await goOn.answer;
});
