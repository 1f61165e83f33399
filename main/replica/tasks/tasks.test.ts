import { afterEach, beforeEach, expect, test } from "vitest";
import type { Task } from "../../../shared/entities/task.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { makeDeal, makeLead, makeTask, makeTenant } from "../../../testing/fakes/records.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createCallDetail } from "../calls/call-detail.ts";
import { createLeadProfile } from "../leads/lead-profile.ts";
import { createDeskClock } from "../live/desk-clock.ts";
import { createMinutes } from "../live/minutes.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { startReminders } from "./reminders.ts";
import { createDealTasks } from "./deal-tasks.ts";
import { createTaskCommands } from "./task-commands.ts";
import { createTaskLists } from "./task-lists.ts";

let replica: FakeReplica;
let settings: TenantSettings;
// Monday, ten in the morning in Chicago.
const clock = { nowMs: 0, now: () => clock.nowMs, zone: () => "America/Chicago" };
const minutes = new Set<() => void>();
const onMinute = (rerun: () => void) => {
  minutes.add(rerun);
  return () => void minutes.delete(rerun);
};

beforeEach(async () => {
  clock.nowMs = Date.parse("2026-05-04T15:00:00.000Z");
  replica = await createFakeReplica();
  await replica.seed("settings", makeTenant());
  settings = openTenantSettings(replica.reads);
});
afterEach(() => replica.close());

const list = (scope: "today" | "upcoming" | "someday" | "snoozed" | "done", more = {}) =>
  watch(createTaskLists(replica, clock, onMinute), {
    scope,
    assignee: "me",
    search: "",
    offset: 0,
    limit: 50,
    ...more,
  });
const ids = ({ rows }: { rows: { id: string }[] }) => rows.map(({ id }) => id);
const task = async (id: string) => (await replica.reads.get("tasks", id as Task["id"])) as Task;
const id = (text: string) => text as Task["id"];

test("a task stands under the day of the desk's clock, wherever its organisation is at home", async () => {
  // Twenty past midnight in Lisbon, the evening before in Chicago; a whole day is one of the calendar.
  clock.nowMs = Date.parse("2026-05-05T23:20:00.000Z");
  const lisbon = { ...clock, zone: () => "Europe/Lisbon" };
  await replica.seed("tasks", [makeTask({ id: "plants", dueAt: dueOfDay("2026-05-06"), allDay: true })]);
  const input = { scope: "today", assignee: "me", search: "", offset: 0, limit: 50 } as const;
  const { counts } = await watch(createTaskLists(replica, lisbon, onMinute), input).first();
  expect(counts).toMatchObject({ today: 1, upcoming: 0 });
});

test("a deal has its open tasks, what is due first before the rest, and follows them", async () => {
  await replica.seed("deals", [makeDeal({ id: "rent", name: "Lease" }), makeDeal({ id: "other" })]);
  await replica.seed("tasks", [
    makeTask({ id: "some-day", dealId: id("rent") }),
    makeTask({ id: "noon", dealId: id("rent"), dueAt: dueOfDay("2026-05-06"), allDay: true }),
    makeTask({ id: "morning", dealId: id("rent"), dueAt: "2026-05-06T14:00:00.000Z" }),
    makeTask({ id: "done", dealId: id("rent"), doneAt: "2026-05-03T15:00:00.000Z" }),
    makeTask({ id: "elsewhere", dealId: id("other") }),
  ]);
  const of = watch(createDealTasks(replica, clock), { dealId: id("rent") });
  const { tasks } = await of.next();
  expect(tasks.map((each) => [each.id, each.dealName])).toEqual([
    ["morning", "Lease"],
    ["noon", "Lease"],
    ["some-day", "Lease"],
  ]);
  await of.settled();
  const moved = { kind: "update", collection: "tasks", id: "elsewhere", set: { dealId: "rent" } } as const;
  await replica.edits.apply([moved], "x");
  expect((await of.next()).tasks).toHaveLength(4);
  of.stop();
});

test("tasks stand where their day, their snooze and their end put them", async () => {
  await replica.seed("leads", [makeLead({ id: "lead", name: "Maria" })]);
  await replica.seed("tasks", [
    makeTask({ id: "late", dueAt: "2026-05-01T15:00:00.000Z" }),
    makeTask({ id: "tonight", dueAt: "2026-05-05T04:59:00.000Z", leadId: "lead" }),
    makeTask({ id: "tomorrow", dueAt: "2026-05-05T05:00:00.000Z" }),
    makeTask({ id: "someday" }),
    makeTask({ id: "snoozed", dueAt: "2026-05-04T16:00:00.000Z", snoozedUntil: "2026-05-04T15:10:00.000Z" }),
    makeTask({ id: "done", doneAt: "2026-05-03T15:00:00.000Z" }),
    makeTask({ id: "bens", dueAt: "2026-05-04T16:00:00.000Z", assigneeId: "ben" }),
  ]);
  const today = list("today");
  const first = await today.next();
  expect(first.counts).toEqual({ today: 2, upcoming: 1, someday: 1, snoozed: 1, done: 1 });
  expect(first.rows.map((row) => [row.id, row.leadName])).toEqual([
    ["late", null],
    ["tonight", "Maria"],
  ]);
  expect(ids(await list("upcoming").first())).toEqual(["tomorrow"]);
  expect(ids(await list("someday").first())).toEqual(["someday"]);
  expect(ids(await list("snoozed").first())).toEqual(["snoozed"]);
  expect(ids(await list("done").first())).toEqual(["done"]);
  expect(ids(await list("today", { assignee: "ben" }).first())).toEqual(["bens"]);
  expect(ids(await list("today", { search: "nothing" }).first())).toEqual([]);
  clock.nowMs += 15 * 60_000;
  for (const rerun of minutes) rerun();
  expect(ids(await today.next())).toEqual(["late", "snoozed", "tonight"]);
  await replica.edits.apply(
    [{ kind: "update", collection: "leads", id: "lead", set: { name: "Marya" } }],
    "x",
  );
  expect((await today.next()).rows[2]?.leadName).toBe("Marya");
  today.stop();
});

test("finishing a recurring task makes one follower, whoever finishes it and however often", async () => {
  await replica.seed("tasks", [
    makeTask({
      id: "weekly",
      dueAt: "2026-05-04T14:00:00.000Z",
      remindAt: "2026-05-04T13:45:00.000Z",
      recurrence: "FREQ=WEEKLY;BYDAY=MO",
    }),
  ]);
  const commands = createTaskCommands(replica, settings, clock);
  const finished = await commands.finishTask({ id: id("weekly") });
  expect(finished).toMatchObject({ ok: true, value: { count: 2, nextDueAt: "2026-05-11T14:00:00.000Z" } });
  await commands.reopenTask({ id: id("weekly") });
  expect(await commands.finishTask({ id: id("weekly") })).toMatchObject({
    ok: true,
    value: { count: 1, nextDueAt: "2026-05-11T14:00:00.000Z" },
  });
  const { rows } = await list("upcoming").first();
  expect(rows).toMatchObject([
    {
      recurrenceOf: "weekly",
      dueAt: "2026-05-11T14:00:00.000Z",
      remindAt: "2026-05-11T13:45:00.000Z",
      doneAt: null,
    },
  ]);
  if (finished.ok) expect(finished.value.undoId).toBeTruthy();
  expect(await commands.finishTask({ id: id("gone") })).toMatchObject({
    ok: false,
    error: { code: "not-found" },
  });
});

test("finishing again what was reopened leaves the next occurrence as somebody has made it since", async () => {
  await replica.seed("tasks", [
    makeTask({ id: "weekly", dueAt: "2026-05-04T14:00:00.000Z", recurrence: "FREQ=WEEKLY;BYDAY=MO" }),
  ]);
  const commands = createTaskCommands(replica, settings, clock);
  const finish = () => commands.finishTask({ id: id("weekly") });
  await finish();
  const next = (await list("upcoming").first()).rows[0]?.id as Task["id"];
  const set = { title: "Call at their office", dueAt: "2026-05-12T09:00:00.000Z", assigneeId: "ben" };
  await replica.edits.apply([{ kind: "update", collection: "tasks", id: next, set }], "x");
  await commands.reopenTask({ id: id("weekly") });
  expect(await finish()).toMatchObject({ ok: true, value: { count: 1, nextDueAt: set.dueAt } });
  expect(await task(next)).toMatchObject({ ...set, doneAt: null });
  await commands.finishTask({ id: next });
  await commands.reopenTask({ id: id("weekly") });
  expect(await finish()).toMatchObject({ ok: true, value: { nextDueAt: null } });
  expect((await task(next)).doneAt).not.toBeNull();
});

test("whoever travels has today's tasks of where they are, without opening the desk again", async () => {
  // Ten in the evening in Chicago; in Auckland it is three in the afternoon of the day after.
  clock.nowMs = Date.parse("2026-05-05T03:00:00.000Z");
  const travelling = createDeskClock(clock);
  const minute = createMinutes({ after: () => () => {} }, travelling.onZone);
  await replica.seed("tasks", [makeTask({ id: "tuesday", dueAt: dueOfDay("2026-05-05"), allDay: true })]);
  const today = { scope: "today", assignee: "me", search: "", offset: 0, limit: 50 } as const;
  const shown = watch(createTaskLists(replica, travelling, minute.onMinute), today);
  expect(ids(await shown.next())).toEqual([]);
  travelling.setZone("Pacific/Auckland");
  expect(ids(await shown.next())).toEqual(["tuesday"]);
  shown.stop();
  minute.stop();
});

test.each([
  ["seven in the morning in Chicago, which is noon in UTC", "2026-05-04T12:00:00.000Z"],
  ["ten in the morning", "2026-05-04T15:00:00.000Z"],
  ["late in the evening", "2026-05-05T04:30:00.000Z"],
])("a late task of every day is to be done today, at %s", async (_when, now) => {
  clock.nowMs = Date.parse(now);
  const daily = { dueAt: dueOfDay("2026-05-01"), allDay: true, recurrence: "FREQ=DAILY" };
  await replica.seed("tasks", [makeTask({ id: "plants", ...daily })]);
  const finished = await createTaskCommands(replica, settings, clock).finishTask({ id: id("plants") });
  expect(finished).toMatchObject({ ok: true, value: { nextDueAt: dueOfDay("2026-05-04") } });
});

test("tasks of a lead and of a call stand as they are due by the desk's clock", async () => {
  const of = { leadId: "maria", callId: "call" };
  await replica.seed("tasks", [
    makeTask({ id: "whole-day", dueAt: dueOfDay("2026-05-04"), allDay: true, ...of }),
    makeTask({ id: "nine", dueAt: "2026-05-04T14:00:00.000Z", ...of }),
  ]);
  const nothingUnsent = { byRecord: () => [], onChange: () => () => {} } as never;
  const profile = createLeadProfile(replica.reads, nothingUnsent, clock);
  expect(ids({ rows: (await watch(profile, { id: id("maria") as never }).first()).tasks })).toEqual(["nine", "whole-day"]); // prettier-ignore
  const call = createCallDetail(replica, clock);
  expect(ids({ rows: (await watch(call, { id: id("call") }).first()).tasks })).toEqual(["nine", "whole-day"]);
});

test("undoing takes the follower away with the finish", async () => {
  await replica.seed("tasks", [
    makeTask({ id: "daily", dueAt: "2026-05-04T14:00:00.000Z", recurrence: "FREQ=DAILY" }),
  ]);
  const finished = await createTaskCommands(replica, settings, clock).finishTask({ id: id("daily") });
  if (finished.ok) await replica.edits.undo(finished.value.undoId);
  expect(ids(await list("upcoming").first())).toEqual([]);
  expect((await task("daily")).doneAt).toBeNull();
});

test("a task that is snoozed reminds when it is back; later occurrences remind as long before as ever", async () => {
  const daily = { dueAt: "2026-05-04T15:30:00.000Z", recurrence: "FREQ=DAILY" };
  await replica.seed("tasks", [makeTask({ id: "a", ...daily, remindAt: "2026-05-04T15:20:00.000Z" })]);
  const commands = createTaskCommands(replica, settings, clock);
  await commands.snoozeTask({ id: id("a"), until: "2026-05-04T17:00:00.000Z" });
  const desk = remind([]);
  await expect.poll(() => desk.timers.length).toBe(1);
  desk.advance(60 * 60_000);
  await expect.poll(() => desk.timers.length).toBe(1);
  expect(desk.due).toEqual([]);
  desk.advance(60 * 60_000);
  await expect.poll(() => desk.due).toEqual(["a"]);
  desk.close();
  await commands.finishTask({ id: id("a") });
  expect((await list("upcoming").first()).rows).toMatchObject([{ remindAt: "2026-05-05T15:20:00.000Z" }]);
});

function remind(shown: string[], disk = { isFull: false }) {
  const due: string[] = [];
  const troubles: string[] = [];
  const timers: { atMs: number; task: () => void }[] = [];
  let wake = () => {};
  const reminders = startReminders(replica, {
    clock,
    timers: {
      after(delayMs, run) {
        const timer = { atMs: clock.nowMs + delayMs, task: run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
    onWake(listener) {
      wake = listener;
      return () => {};
    },
    remind: (payload) => due.push(payload.id),
    shown: {
      load: () => Promise.resolve([...shown]),
      save(all) {
        if (disk.isFull) return Promise.reject(new Error("ENOSPC"));
        shown.splice(0, shown.length, ...all);
        return Promise.resolve();
      },
    },
    onTrouble: (cause) => troubles.push(String(cause)),
  });
  const advance = (ms: number) => {
    clock.nowMs += ms;
    for (const timer of timers.splice(0)) {
      if (timer.atMs <= clock.nowMs) timer.task();
      else timers.push(timer);
    }
  };
  /** The clock goes on, timers do not. */
  const sleep = (ms: number) => {
    clock.nowMs += ms;
    for (const timer of timers) timer.atMs += ms;
    wake();
  };
  return { due, troubles, timers, advance, sleep, close: reminders.close };
}

test("each reminder comes once: when it is due, after a restart, and anew when it is moved", async () => {
  const shown: string[] = [];
  await replica.seed("tasks", [
    makeTask({ id: "missed", remindAt: "2026-05-04T08:00:00.000Z" }),
    makeTask({ id: "soon", remindAt: "2026-05-04T15:30:00.000Z" }),
    makeTask({ id: "bens", remindAt: "2026-05-04T08:00:00.000Z", assigneeId: "ben" }),
    makeTask({ id: "done", remindAt: "2026-05-04T08:00:00.000Z", doneAt: "2026-05-04T08:00:00.000Z" }),
  ]);
  const first = remind(shown);
  await expect.poll(() => first.due).toEqual(["missed"]);
  await expect.poll(() => first.timers.length).toBe(1);
  first.advance(29 * 60_000);
  expect(first.due).toEqual(["missed"]);
  first.advance(60_000);
  await expect.poll(() => first.due).toEqual(["missed", "soon"]);
  first.close();

  const second = remind(shown);
  await expect.poll(() => second.timers.length).toBe(1);
  expect(second.due).toEqual([]);
  await replica.edits.apply(
    [{ kind: "update", collection: "tasks", id: "soon", set: { remindAt: "2026-05-04T15:29:00.000Z" } }],
    "x",
  );
  await expect.poll(() => second.due).toEqual(["soon"]);
  second.close();
});

test("what came due while the machine slept is reminded of when it wakes, once", async () => {
  await replica.seed("tasks", [
    makeTask({ id: "slept", remindAt: "2026-05-04T15:30:00.000Z" }),
    makeTask({ id: "later", remindAt: "2026-05-04T16:20:00.000Z" }),
  ]);
  const desk = remind([]);
  await expect.poll(() => desk.timers.length).toBe(1);
  desk.sleep(3_600_000);
  await expect.poll(() => desk.due).toEqual(["slept"]);
  await expect.poll(() => desk.timers.length).toBe(1);
  desk.advance(20 * 60_000);
  await expect.poll(() => desk.due).toEqual(["slept", "later"]);
  desk.close();
});

test("a disk that takes nothing keeps nobody from being reminded, and is told of once", async () => {
  const [shown, disk] = [[] as string[], { isFull: true }];
  await replica.seed("tasks", [
    makeTask({ id: "first", remindAt: "2026-05-04T08:00:00.000Z" }),
    makeTask({ id: "second", remindAt: "2026-05-04T15:30:00.000Z" }),
    makeTask({ id: "third", remindAt: "2026-05-04T16:00:00.000Z" }),
  ]);
  const desk = remind(shown, disk);
  await expect.poll(() => desk.due).toEqual(["first"]);
  await expect.poll(() => desk.timers.length).toBe(1);
  desk.advance(30 * 60_000);
  await expect.poll(() => desk.due).toEqual(["first", "second"]);
  await expect.poll(() => desk.timers.length).toBe(1);
  expect(desk.troubles).toEqual(["Error: ENOSPC"]);

  disk.isFull = false;
  desk.advance(30 * 60_000);
  await expect.poll(() => desk.due).toEqual(["first", "second", "third"]);
  expect(shown).toHaveLength(3);
  desk.close();
});
