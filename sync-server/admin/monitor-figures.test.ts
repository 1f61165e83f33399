import { expect, test } from "vitest";
import type { RecordId, TeamId, UserId } from "../../shared/entities/id.ts";
import type { Person, Queue } from "../../shared/entities/setting.ts";
import { usualQueue } from "../../shared/calls/phone-rules.ts";
import type { PresenceEntry } from "../../shared/sync/wire.ts";
import type { MonitorFacts, OpenCall } from "./monitor-facts.ts";
import { figureMonitor } from "./monitor-figures.ts";
import { Monitor } from "./monitor-wire.ts";

const at = (time: string) => `2026-11-18T${time}:00.000Z`;
const north = "north" as TeamId;
const admin = { role: "admin", teamIds: [] } as const;
const manager = { role: "manager", teamIds: [north] } as const;

const person = (userId: string, role: Person["role"] = "agent", teamIds: TeamId[] = []) => ({
  userId: userId as UserId,
  name: userId,
  role,
  teamIds,
  active: true,
});
const queue = (key: string, more: Partial<Queue> = {}) =>
  ({
    ...usualQueue,
    key,
    label: `The ${key} queue`,
    userIds: [],
    teamIds: [],
    archived: false,
    ...more,
  }) as Queue;
const present = (userId: string, presence: PresenceEntry["presence"], reason = "") => ({
  userId: userId as UserId,
  presence,
  reason,
  since: at("13:50"),
});
const call = (callId: string, more: Partial<OpenCall> = {}): OpenCall => ({
  callId: callId as RecordId,
  direction: "inbound",
  from: "+13125550147",
  to: "+12125550100",
  startedAt: at("13:58"),
  waitsSince: at("13:58"),
  answeredAt: null,
  queue: "sales",
  phase: "queued",
  agentId: null,
  rings: [],
  teamId: null,
  leadName: "Maria Kowalski",
  visible: true,
  ours: true,
  provider: "twilio",
  ...more,
});
const facts = (more: Partial<MonitorFacts> = {}): MonitorFacts => ({
  nowMs: Date.parse(at("14:00")),
  queues: [queue("sales"), queue("north", { teamIds: [north] })],
  breakReasons: [],
  people: [
    person("ana", "agent", [north]),
    person("ben"),
    person("max", "manager"),
    person("olivia", "operator"),
  ],
  presence: [],
  calls: [],
  waits: [],
  ...more,
});

test("everybody who takes calls is counted once, by what they do; operators take none", () => {
  const { agents, queues } = figureMonitor(
    facts({
      presence: [present("ana", "available"), present("ben", "busy")],
      calls: [call("live", { phase: "live", agentId: "ben", answeredAt: at("13:59") })],
    }),
    admin,
  );
  expect(agents.map(({ name, state, since }) => [name, state, since])).toEqual([
    ["ana", "available", at("13:50")],
    ["ben", "on-call", at("13:59")],
    ["max", "offline", null],
  ]);
  expect(queues.map(({ queue: key, agents: counts }) => [key, counts])).toMatchObject([
    ["sales", { available: 1, "on-call": 1, offline: 1, break: 0 }],
    ["north", { available: 1, "on-call": 0, offline: 0 }],
  ]);
});

test("a break is named in the tenant's words; a reason that is gone says nothing", () => {
  const breakReasons = [{ key: "lunch", label: "Midday meal" }] as MonitorFacts["breakReasons"];
  const presence = [present("ana", "break", "lunch"), present("ben", "break", "gone")];
  const { agents } = figureMonitor(facts({ breakReasons, presence }), admin);
  expect(agents.map(({ reason }) => reason)).toEqual(["Midday meal", "", ""]);
});

test("who waits is counted for everybody and named to those who may see them", () => {
  const calls = [
    call("theirs", { visible: false, startedAt: at("13:50"), waitsSince: at("13:55") }),
    call("ours"),
    call("hidden", { visible: false, phase: "live", agentId: "ben" }),
  ];
  const seen = figureMonitor(facts({ calls }), manager);
  expect(seen.queues[0]).toMatchObject({ waiting: 2, longestSince: at("13:55") });
  expect(
    seen.calls.map(({ callId, number, leadName, waitsSince }) => [callId, number, leadName, waitsSince]),
  ).toEqual([
    ["theirs", "", "", at("13:55")],
    ["ours", "+13125550147", "Maria Kowalski", at("13:58")],
  ]);
});

test("calls are ended by admins and by managers of their team, and only where the line is ours", () => {
  const calls = [
    call("nobodys"),
    call("north", { teamId: north }),
    call("south", { teamId: "south" as TeamId }),
    call("elsewhere", { ours: false }),
    call("at the exchange", { ours: false, provider: "sip" }),
    call("south's at the exchange", { ours: false, provider: "sip", teamId: "south" as TeamId }),
  ];
  const those = (viewer: typeof admin | typeof manager, which: "mayEnd" | "endsAtDesk") =>
    figureMonitor(facts({ calls }), viewer)
      .calls.filter((one) => one[which])
      .map(({ callId }) => callId);
  expect(those(admin, "mayEnd")).toEqual(["nobodys", "north", "south"]);
  expect(those(manager, "mayEnd")).toEqual(["nobodys", "north"]);
  expect(those(admin, "endsAtDesk")).toEqual(["at the exchange", "south's at the exchange"]);
  expect(those(manager, "endsAtDesk"), "told why not who might otherwise").toEqual(["at the exchange"]);
});

test("whoever is rung stands beside a call that nobody has answered", () => {
  const rings = call("rings", { phase: "ringing", rings: ["ana", "ben"] });
  const seen = figureMonitor(facts({ calls: [rings] }), admin);
  expect(seen.calls[0]?.agents).toEqual(["ana", "ben"]);
  expect(seen.queues[0]?.waiting, "somebody is about to answer").toBe(0);
  expect(() => Monitor.parse(seen)).not.toThrow();
});
