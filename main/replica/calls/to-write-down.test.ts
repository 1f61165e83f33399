import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { SettingOf } from "../../../shared/entities/setting.ts";
import { makeBusiness, makeCall, makeTask } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createCallDetail } from "./call-detail.ts";
import { createListCalls } from "./list-calls.ts";
import { createCallsToWriteDown } from "./to-write-down.ts";

const at = "2026-05-04T09:00:00.000Z";
const later = "2026-05-04T10:00:00.000Z";
const clock = { now: () => Date.parse(later), zone: () => "UTC" };

let replica: FakeReplica;

/** A call of Ana's that was talked in, over a line of ours. */
const talked = (id: string, more: Record<string, unknown> = {}, phase = "ended") =>
  makeCall({
    id,
    startedAt: at,
    endedAt: at,
    line: { phase: { phase, since: at, why: "completed" } },
    ...more,
  });

beforeAll(async () => {
  replica = await createFakeReplica();
});
afterAll(() => replica.close());

const count = () => watch(createCallsToWriteDown(replica, clock), {}).first();
const isOwed = async (id: string) =>
  (await watch(createCallDetail(replica, clock), { id: id as RecordId }).first()).toWriteDown;
const listed = async () => {
  const page = { scope: "to-write-down", agent: null, search: "", offset: 0, limit: 50 } as const;
  const { rows, counts } = await watch(createListCalls(replica, clock), page).first();
  return { ids: rows.map(({ id }) => id), counted: counts["to-write-down"] };
};

test("no call waits to be written down where a tenant has no endings", async () => {
  await replica.seed("calls", [talked("lone")]);
  expect(await count()).toEqual({ calls: 0, newestId: null });
  await replica.seed("settings", [ending("won", false), ending("call-back", true)]);
  expect(await count()).toEqual({ calls: 1, newestId: "lone" });
});

test("one's own calls wait until how they ended, and the task that this asks for, are there", async () => {
  await replica.seed("calls", [
    talked("lone", { disposition: "won" }),
    talked("timed-out", { startedAt: later }),
    talked("wrapping-up", {}, "wrap-up"),
    talked("no-task", { disposition: "call-back" }),
    talked("has-task", { disposition: "call-back" }),
    talked("of-ben", { agentId: "ben" }),
    talked("by-hand", { line: null }),
    talked("live", { endedAt: null }, "live"),
    talked("rang", { direction: "inbound", answeredAt: null }),
    talked("long-ago", { startedAt: "2026-04-27T09:00:00.000Z" }),
  ]);
  await replica.seed("tasks", [
    makeTask({ id: "next", callId: "has-task" }),
    makeTask({ id: "other", callId: null }),
  ]);

  expect(await count()).toEqual({ calls: 3, newestId: "timed-out" });
  const { ids, counted } = await listed();
  expect(ids.toSorted()).toEqual(["no-task", "timed-out", "wrapping-up"]);
  expect(counted).toBe(3);
  expect(await isOwed("timed-out")).toBe(true);
  expect(await isOwed("has-task")).toBe(false);
  expect(await isOwed("of-ben")).toBe(false);
  // Nobody is reminded of it, and whoever opens it may still write it down.
  expect(await isOwed("long-ago")).toBe(true);
});

test("a key pressed in a call's notes has nothing counted anew; its ending has", async () => {
  let counted = 0;
  const sql: typeof replica.reads.sql = (...asked) => {
    counted += 1;
    return replica.reads.sql(...asked);
  };
  const watched = watch(createCallsToWriteDown({ ...replica, reads: { ...replica.reads, sql } }, clock), {});
  const before = await watched.next();
  const arrives = (more: Record<string, unknown>) =>
    replica.receive("calls", [
      { id: "timed-out", record: talked("timed-out", { startedAt: later, ...more }) },
    ]);
  await arrives({ notes: "a" });
  await arrives({ notes: "ab" });
  await watched.settled();
  expect(counted).toBe(1);
  await arrives({ notes: "ab", disposition: "won" });
  expect(await watched.next()).toMatchObject({ calls: before.calls - 1 });
  watched.stop();
});

function ending(key: string, followUp: boolean): SettingOf<"disposition"> {
  const { rev, createdAt, updatedAt, kept } = makeBusiness({});
  const id = `disposition:${key}` as RecordId;
  return {
    id,
    rev,
    createdAt,
    updatedAt,
    kept,
    kind: "disposition",
    order: 0,
    key,
    label: key,
    followUp,
    archived: false,
  };
}
