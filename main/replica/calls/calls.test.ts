import type { RecordId } from "../../../shared/entities/id.ts";
import type { SettingOf } from "../../../shared/entities/setting.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CallState } from "../../../shared/calls/call.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { listCalls } from "../../../shared/rpc/contract/phone.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { makeBusiness, makeCall, makeLead, makePerson } from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { createLeadRows, type LeadRows } from "../leads/lead-rows.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { createPresenceBoard } from "../presence/presence.ts";
import { createLeadSearch, type LeadSearch } from "../search/lead-search.ts";
import { createCallStatistics } from "./call-statistics.ts";
import { createListCalls } from "./list-calls.ts";
import { usualQueue } from "../../../shared/calls/phone-rules.ts";
import { createWallboard } from "./wallboard.ts";
import { createWhoCalls } from "./who-calls.ts";

const clock: Clock = { now: () => Date.parse("2026-05-04T12:00:00.000Z") };
const minutes = () => () => {};
const on = (time: string) => `2026-05-04T${time}:00.000Z`;

let replica: FakeReplica;
let settings: TenantSettings;
let rows: LeadRows;
let search: LeadSearch;

const line = (phase: CallState["phase"], more: Partial<CallState> = {}): CallState => ({
  direction: "inbound",
  from: "+14155550100",
  to: "+14155550199",
  provider: "simulator",
  agentId: null,
  leadId: null,
  queue: "",
  startedAt: on("11:00"),
  answeredAt: null,
  endedAt: null,
  machine: false,
  parties: [],
  formerAgentIds: [],
  holdMs: 0,
  talks: [],
  recording: "off",
  recordingKey: "",
  consent: "none",
  ...more,
  phase,
});

const missed = { direction: "inbound", answeredAt: null, endReason: "abandoned" };

beforeAll(async () => {
  replica = await createFakeReplica();
  await replica.seed("settings", [
    makeBusiness({ timeZone: "UTC" }),
    makePerson("ana", "Ana Ruiz"),
    makePerson("ben", "Ben Okafor"),
  ]);
  await replica.seed("leads", [
    makeLead({ id: "maria", name: "Maria Kowalski", phone: "+14155550100" }),
    makeLead({ id: "otto", name: "Otto", phone: "(415) 555-0100", lastContactAt: on("08:00") }),
    makeLead({ id: "near", name: "Near", phone: "+14155550101" }),
  ]);
  await replica.seed("calls", [
    makeCall({
      id: "talked",
      leadId: "maria",
      to: "+14155550100",
      startedAt: on("09:00"),
      answeredAt: on("09:01"),
      endedAt: on("09:03"),
      disposition: "won",
    }),
    makeCall({
      id: "missed",
      ...missed,
      agentId: null,
      from: "+14155550142",
      startedAt: on("09:30"),
      endedAt: on("09:31"),
    }),
    makeCall({
      id: "called-back",
      ...missed,
      from: "+14155550143",
      startedAt: on("10:00"),
      endedAt: on("10:01"),
    }),
    makeCall({
      id: "back",
      to: "+14155550143",
      startedAt: on("10:30"),
      answeredAt: null,
      endedAt: on("10:31"),
      agentId: "ben",
    }),
    makeCall({
      id: "voicemail",
      ...missed,
      endReason: "voicemail",
      from: "+14155550144",
      startedAt: on("10:40"),
      endedAt: on("10:42"),
    }),
    makeCall({
      id: "waits",
      ...missed,
      agentId: null,
      endReason: "",
      startedAt: on("11:00"),
      endedAt: null,
      line: line({ phase: "queued", since: on("11:00"), queue: "sales" }, { queue: "sales" }),
    }),
    makeCall({
      id: "live",
      direction: "inbound",
      agentId: "ben",
      startedAt: on("11:05"),
      answeredAt: on("11:06"),
      endedAt: null,
      endReason: "",
      leadId: "maria",
      line: line({ phase: "live", since: on("11:06") }, { queue: "sales", agentId: "ben" as UserId }),
    }),
  ]);
  settings = openTenantSettings(replica.reads);
  await settings.ready;
  rows = createLeadRows(replica.reads);
  search = createLeadSearch(replica.reads, rows);
  await search.build();
});
afterAll(async () => {
  search.close();
  settings.close();
  await replica.close();
});

describe("the call history", () => {
  const list = (more: Partial<ParsedInputOf<typeof listCalls>> = {}) =>
    watch(createListCalls(replica, clock), {
      scope: "all",
      agent: null,
      search: "",
      offset: 0,
      limit: 50,
      ...more,
    }).first();
  const ids = async (more: Parameters<typeof list>[0]) => (await list(more)).rows.map(({ id }) => id);

  test("is newest first, with names and counts of every scope", async () => {
    const { rows, total, counts } = await list();
    expect(rows.map(({ id }) => id)).toEqual([
      "live",
      "waits",
      "voicemail",
      "back",
      "called-back",
      "missed",
      "talked",
    ]);
    expect(rows.find(({ id }) => id === "talked")).toMatchObject({ leadName: "Maria Kowalski", line: null });
    expect(total).toBe(7);
    expect(counts).toEqual({ all: 7, missed: 3, voicemail: 1, "call-backs": 2, "to-write-down": 0 });
  });

  test("a call that is missed wants a call back until somebody has called", async () => {
    expect(await ids({ scope: "missed" })).toEqual(["voicemail", "called-back", "missed"]);
    expect(await ids({ scope: "call-backs" })).toEqual(["voicemail", "missed"]);
  });

  test("is filtered by agent and by words, and cut into pages", async () => {
    expect(await ids({ agent: "me" })).toEqual(["voicemail", "called-back", "talked"]);
    expect(await ids({ agent: "ben" })).toEqual(["live", "back"]);
    expect(await ids({ search: "kowalski" })).toEqual(["live", "talked"]);
    expect(await ids({ offset: 2, limit: 2 })).toEqual(["voicemail", "back"]);
  });

  test("is found by a part of a number, however it is spaced, and by digits that are no number of any call", async () => {
    expect(await ids({ search: "5550144" })).toEqual(["voicemail"]);
    expect(await ids({ search: "(415) 555-0144" })).toEqual(["voicemail"]);
    expect(await ids({ search: "00 143" }), "with zeros that are dialled before it").toEqual([
      "back",
      "called-back",
    ]);
    expect(await ids({ search: "143", agent: "ben" })).toEqual(["back"]);
    expect(await ids({ search: "4711" })).toEqual([]);
    await replica.receive("calls", [
      {
        id: "talked",
        record: { ...(await replica.reads.get("calls", "talked")), notes: "Order 4711" } as never,
      },
    ]);
    expect(await ids({ search: "4711" })).toEqual(["talked"]);
  });

  test("an open search by number follows calls that come, change and go", async () => {
    const input = { scope: "all", agent: null, search: "0199", offset: 0, limit: 50 } as const;
    const shown = watch(createListCalls(replica, clock), input);
    const found = async () => (await shown.next()).rows.map(({ id }) => id);
    const before = await found();
    const come = makeCall({ id: "come", from: "+13125550199", startedAt: on("06:00"), endedAt: on("06:01") });
    await replica.receive("calls", [{ id: "come", record: come }]);
    expect(await found()).toEqual([...before, "come"]);
    await replica.receive("calls", [{ id: "come", record: { ...come, from: "+13125550100" } as never }]);
    expect(await found()).toEqual(before);
    await replica.receive("calls", [{ id: "come", record: null }]);
    shown.stop();
  });
});

test("statistics count what was talked, missed and how calls ended", async () => {
  const statistics = createCallStatistics(replica, settings, clock, minutes);
  const { perDay, ...sums } = await watch(statistics, { days: 2, agent: null }).first();
  expect(sums).toEqual({
    total: 7,
    inbound: 5,
    answered: 2,
    missed: 3,
    talkMs: 120_000,
    averageTalkMs: 120_000,
    averageAnswerMs: 60_000,
    dispositions: [{ key: "won", calls: 1 }],
  });
  expect(perDay).toEqual([
    { day: "2026-05-03", inbound: 0, outbound: 0, missed: 0 },
    { day: "2026-05-04", inbound: 5, outbound: 2, missed: 3 },
  ]);
});

test("a day without calls is no division by nothing", async () => {
  const statistics = createCallStatistics(replica, settings, clock, minutes);
  const none = await watch(statistics, { days: 1, agent: "nobody" }).first();
  expect(none).toMatchObject({ total: 0, talkMs: 0, averageTalkMs: 0, averageAnswerMs: null });
});

describe("who calls", () => {
  const who = async (number: string) =>
    (await watch(createWhoCalls(replica.reads, search, rows), { number }).first()).leads.map(({ id }) => id);

  test("everybody with that number, whom we spoke to last first; a near number is nobody", async () => {
    expect(await who("+14155550100")).toEqual(["otto", "maria"]);
    expect(await who("+14155550109")).toEqual([]);
    expect(await who("")).toEqual([]);
  });
});

test("the wallboard shows who talks, who waits, and how many were answered in time", async () => {
  const board = createPresenceBoard(clock);
  board.take([
    { userId: "ben" as UserId, presence: "busy", reason: "", since: on("11:06") },
    { userId: "ana" as UserId, presence: "break", reason: "lunch", since: on("11:00") },
  ]);
  const { agents, queues, live } = await watch(
    createWallboard(replica, board, settings, clock, minutes),
    {},
  ).first();
  expect(agents.map(({ userId, presence, reason, callId }) => [userId, presence, reason, callId])).toEqual([
    ["ana", "break", "lunch", null],
    ["ben", "busy", "", "live"],
  ]);
  expect(queues).toEqual([
    {
      queue: "sales",
      name: "sales",
      waiting: 1,
      longestSince: on("11:00"),
      serviceLevel: 0,
      targetSeconds: 20,
    },
  ]);
  expect(live.map(({ id, leadName }) => [id, leadName])).toEqual([
    ["waits", null],
    ["live", "Maria Kowalski"],
  ]);
});

test("a queue that an admin has named keeps its name and its own target; one that nobody called stands there too", async () => {
  const { rev, createdAt, updatedAt, kept } = makeBusiness({});
  const queue = (key: string, order: number, targetSeconds: number): SettingOf<"queue"> => ({
    id: `queue:${key}` as RecordId,
    ...{ rev, createdAt, updatedAt, kept, order, key },
    kind: "queue",
    label: `The ${key} queue`,
    ...usualQueue,
    targetSeconds,
    userIds: [],
    teamIds: [],
    archived: false,
  });
  await replica.seed("settings", [queue("service", 0, 10), queue("sales", 1, 60)]);
  const given = line({ phase: "ended", since: on("11:00"), why: "completed" }, { direction: "outbound", queue: "service" }); // prettier-ignore
  await replica.seed("calls", [makeCall({ id: "given", startedAt: on("11:00"), line: given })]);
  const named = openTenantSettings(replica.reads);
  await named.ready;
  const board = createPresenceBoard(clock);
  const { queues } = await watch(createWallboard(replica, board, named, clock, minutes), {}).first();
  named.close();
  expect(queues.map(({ name, serviceLevel, targetSeconds }) => [name, serviceLevel, targetSeconds])).toEqual([
    ["The service queue", null, 10],
    ["The sales queue", 1, 60],
  ]);
});

test("each wait in a queue counts by itself: one who was talked to and given to another is no answer in time of that", async () => {
  const wait = (queue: string, from: string, to: string | null, answered = to !== null) => ({ queue, from: on(from), to: to && on(to), answered }); // prettier-ignore
  const waits = [
    wait("inbox", "11:00", "11:01"),
    wait("desk", "11:02", "11:05"),
    wait("desk", "11:06", null),
  ];
  const phase = { phase: "queued", since: on("11:06"), queue: "desk" } as const;
  const given = line(phase, { queue: "desk", waits });
  const answered = { answeredAt: on("11:01"), endedAt: null };
  await replica.seed("calls", [makeCall({ id: "again", startedAt: on("11:00"), ...answered, line: given })]);
  const board = createPresenceBoard(clock);
  const { queues } = await watch(createWallboard(replica, board, settings, clock, minutes), {}).first();
  const figures = queues.filter(({ queue }) => queue === "inbox" || queue === "desk");
  expect(figures.map(({ queue, serviceLevel, waiting }) => [queue, serviceLevel, waiting])).toEqual([
    ["desk", 0, 1],
    ["inbox", 0, 0],
  ]);
});
