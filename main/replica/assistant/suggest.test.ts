import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { suggestions } from "../../../shared/rpc/contract/assistant.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { afterPastSync } from "../../../testing/fakes/first-sync.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeStage, makeTask } from "../../../testing/fakes/records.ts";
import {
  daysAgo,
  someAppointment,
  someCall,
  someChat,
  someDeal,
  someLead,
  storyNow,
} from "../../../testing/fakes/some-story.ts";
import { watch, type Watched } from "../../../testing/fakes/watch.ts";
import { createLeadIndex, type LeadIndex } from "../leads/lead-index.ts";
import { readNewLeads } from "../leads/new-leads.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { createRecommendations, type Recommending } from "./recommendations.ts";

const clock = { now: () => Date.parse(storyNow), zone: () => "UTC" };
let replica: TestReplica;
let settings: TenantSettings;
let index: LeadIndex;
let recommending: Recommending;

beforeEach(async () => {
  replica = await openTestReplica({ clock });
  settings = openTenantSettings(replica.reads);
  index = createLeadIndex(replica, settings, clock);
  recommending = await createRecommendations({
    ...{ replica, settings, clock, onMinute: () => () => {} },
    path: join(replica.folder.root, "recommendations.json"),
    newLeads: (most) => readNewLeads(index, settings, most),
    afterFirstSync: afterPastSync,
    makeTask: () => expect.fail("no task is made here"),
    onTrouble: (cause) => expect.fail(String(cause)),
  });
  await receive("settings", makeStage("terms", 1, { pipeline: "deals" }), makeStage("signed", 2, { pipeline: "deals", outcome: "won" })); // prettier-ignore
});
afterEach(async () => {
  await recommending.close();
  index.close();
  settings.close();
  await replica.dispose();
});

function receive(collection: CollectionName, ...records: object[]): Promise<unknown> {
  return replica.takeTurn(() => replica.layers.receive(collection, records as Doc[], []));
}

/** One of this person's, who is known for long and was spoken with yesterday: nothing is due with them. */
const known = (id: string, own: object = {}) =>
  ({
    ...someLead({ id: id as RecordId, name: `Lead ${id}`, phone: "+13125550140" }),
    ...{ ownerId: "ana", createdAt: daysAgo(300), lastContactAt: daysAgo(1), ...own },
  }) as Doc;
const letter = (leadId: string, days: number, own: object = {}) => ({
  ...{ id: `letter-${leadId}`, rev: 1, createdAt: daysAgo(days), updatedAt: daysAgo(days), kept: [], leadId },
  ...{ channel: "email", direction: "inbound", at: daysAgo(days), byId: null, ownerId: "ana", teamId: null },
  ...{ subject: "", text: "And?", status: "received", openedCount: 0, ...own },
});
const missed = (leadId: string, days: number) =>
  someCall({ id: `call-${leadId}` as RecordId, leadId: leadId as RecordId, direction: "inbound", startedAt: daysAgo(days), answeredAt: null }); // prettier-ignore
const deal = (leadId: string, day: string, own: object = {}) =>
  someDeal({ id: `deal-${leadId}` as RecordId, leadId: leadId as RecordId, ownerId: "ana", expectedCloseOn: day, ...own } as never); // prettier-ignore
const chat = (leadId: string, days: number) => {
  const turns = someChat().turns.filter(({ by }) => by !== "person");
  const at = daysAgo(days);
  return { ...someChat({ leadId: leadId as RecordId, at, turns: turns.map((turn) => ({ ...turn, at })) }), id: `chat:${leadId}`, phase: "ended" }; // prettier-ignore
};

const look = (...leadIds: string[]): Watched<{ suggestions: { leadId: string; title: string }[] }> =>
  watch<typeof suggestions>(recommending.handlers.suggestions, { leadIds: leadIds as RecordId[] });
const shown = async (...leadIds: string[]) =>
  (await look(...leadIds).first()).suggestions.map(({ leadId, title }) => `${leadId}: ${title}`);

async function everybodyWaits(): Promise<void> {
  const mine = ["called", "chatted", "wrote", "late"].map((id) => known(id, id === "called" ? {} : { lastContactAt: daysAgo(5) })); // prettier-ignore
  await receive("leads", ...mine, known("fresh", { createdAt: daysAgo(1.2), lastContactAt: null }));
  await receive("calls", missed("called", 0.5));
  await receive("insights", chat("chatted", 1));
  await receive("messages", letter("wrote", 1.5));
  await receive("deals", deal("late", "2026-11-10"));
  // Something is planned with them, so that nobody is told to plan.
  await receive("tasks", ...[...mine, { id: "fresh" }].map(({ id }) => openTask(String(id))));
}
const openTask = (leadId: string) => makeTask({ id: `task-${leadId}`, leadId, dueAt: daysAgo(-9) });

test("whoever waits and is neither hot nor was called lately is suggested, the most urgent first, and once", async () => {
  await everybodyWaits();
  const all = [
    "called: Call them back",
    "chatted: Answer their chat",
    "fresh: Call them for the first time",
    "wrote: Answer them",
    "late: Ask where the deal stands",
  ];
  expect(await shown()).toEqual(all);
  expect(await shown("wrote", "called", "wrote")).toEqual(all);
});

test("nobody else's leads, and none that was seen to", async () => {
  await receive(
    "leads",
    known("others", { ownerId: "ben" }),
    known("nobody's", { ownerId: null, createdAt: daysAgo(1), lastContactAt: null }),
    known("listed", { importId: "list", createdAt: daysAgo(1), lastContactAt: null }),
    known("answered"),
    known("spoken"),
    known("signed"),
  );
  await receive("tasks", ...["answered", "spoken", "signed"].map(openTask));
  await receive("messages", letter("others", 1), letter("answered", 2), letter("spoken", 2));
  await receive("messages", letter("answered", 1.5, { id: "out", direction: "outbound", status: "sent" }));
  await receive("calls", someCall({ leadId: "spoken" as RecordId, startedAt: daysAgo(1), answeredAt: daysAgo(1) })); // prettier-ignore
  await receive("deals", deal("others", "2026-11-10", { ownerId: "ben" }), deal("signed", "2026-11-10", { stage: "signed" })); // prettier-ignore
  expect(await shown()).toEqual([]);
});

test("who waits comes as it happens, and goes once they are answered", async () => {
  await receive("leads", known("a"));
  await receive("tasks", openTask("a"));
  const seen = look();
  expect(await seen.next()).toEqual({ suggestions: [] });
  await receive("messages", letter("a", 0.5));
  expect(await seen.next()).toMatchObject({ suggestions: [{ leadId: "a", leadName: "Lead a" }] });
  await receive("messages", letter("a", 0.1, { id: "out", direction: "outbound", status: "sent" }));
  expect(await seen.next()).toEqual({ suggestions: [] });
  seen.stop();
});

test("of many the most urgent eight, and whoever was dismissed makes room for the next", async () => {
  const ids = Array.from({ length: 60 }, (_, at) => `l${String(at).padStart(2, "0")}`);
  await receive("leads", ...ids.map((id) => known(id)));
  await receive("tasks", ...ids.map(openTask));
  await receive("messages", ...ids.map((id, at) => letter(id, 1 + at / 10)));
  const titled = (some: string[]) => some.map((id) => `${id}: Answer them`);
  expect(await shown()).toEqual(titled(ids.slice(0, 8)));
  for (const id of ids.slice(0, 40)) {
    const judged = await recommending.handlers.judgeRecommendation({ leadId: id as RecordId, key: `letter:letter-${id}`, status: "dismissed" }); // prettier-ignore
    expect(judged).toMatchObject({ ok: true, value: { count: 1 } });
  }
  expect(await shown()).toEqual(titled(ids.slice(40, 48)));
});

describe("what was seen to keeps nobody else from being seen", () => {
  const many = Array.from({ length: 24 }, (_, at) => `m${at}`);
  const isNew = { createdAt: daysAgo(1), lastContactAt: null };
  const called = (leadId: string, days: number, own: object = {}) =>
    someCall({ id: `call-${leadId}-${days}` as RecordId, leadId: leadId as RecordId, startedAt: daysAgo(days), answeredAt: null, ...own }); // prettier-ignore

  beforeEach(async () => {
    await receive("leads", known("waits"));
    await receive("messages", letter("waits", 5));
    await receive("tasks", ...["waits", ...many].map(openTask));
  });

  test("chats in which one of us wrote", async () => {
    await receive("leads", ...many.map((id) => known(id)));
    await receive("insights", ...many.map((id) => ({ ...someChat({ leadId: id as RecordId }), id: `chat:${id}` }))); // prettier-ignore
    expect(await shown()).toEqual(["waits: Answer them"]);
  });

  test("new leads who were spoken with, written to, chatted with, are expected, or were tried just now or often enough", async () => {
    await receive("leads", ...many.map((id) => known(id, isNew)));
    const every = (rest: number) => many.filter((_, at) => at % 6 === rest);
    await receive("calls", ...every(0).map((id) => called(id, 0.5, { answeredAt: daysAgo(0.5) })));
    await receive("calls", ...every(1).map((id) => called(id, 0.1)));
    await receive("calls", ...every(2).flatMap((id) => [0.5, 0.7, 0.9].map((days) => called(id, days))));
    await receive("messages", ...every(3).map((id) => letter(id, 0.5, { direction: "outbound", status: "sent" }))); // prettier-ignore
    await receive("appointments", ...every(4).map((id) => someAppointment({ id: `visit-${id}` as RecordId, leadId: id as RecordId, startAt: daysAgo(-1), endAt: daysAgo(-1.1), status: "planned" }))); // prettier-ignore
    await receive("insights", ...every(5).map((id) => ({ ...someChat({ leadId: id as RecordId }), id: `chat:${id}` }))); // prettier-ignore
    await receive("leads", known("again", { ...isNew, createdAt: daysAgo(3) }));
    await receive("calls", called("again", 0.2));
    await receive("tasks", openTask("again"));
    expect(await shown()).toEqual(["again: Try to reach them again", "waits: Answer them"]);
  });

  test("new leads who were dismissed, also after a call in vain", async () => {
    await receive("leads", ...many.map((id) => known(id, isNew)));
    await receive("calls", ...many.slice(12).map((id) => called(id, 0.5)));
    for (const [at, id] of many.entries()) {
      const key = `first-contact:${at < 12 ? 0 : 1}`;
      const judged = await recommending.handlers.judgeRecommendation({ leadId: id as RecordId, key, status: "dismissed" }); // prettier-ignore
      expect(judged).toMatchObject({ ok: true, value: { count: 1 } });
    }
    expect(await shown()).toEqual(["waits: Answer them"]);
  });

  test("deals that were won, however many", async () => {
    const won = Array.from({ length: 400 }, (_, at) => deal(`won-${at}`, "2026-11-19", { stage: "signed" }));
    await receive("leads", known("late", { lastContactAt: daysAgo(5) }));
    await receive("tasks", openTask("late"));
    await receive("deals", ...won, deal("late", "2026-11-10"));
    expect(await shown()).toEqual(["waits: Answer them", "late: Ask where the deal stands"]);
  });
});
