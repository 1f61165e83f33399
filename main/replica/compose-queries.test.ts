import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AnyRecord, CollectionName } from "../../shared/entities/collections.ts";
import type { RecordId, UserId } from "../../shared/entities/id.ts";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import { leadFeatures } from "../../shared/scoring/conversion/lead-facts.ts";
import type { ConversionModel } from "../../shared/scoring/conversion/model.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import { openTestReplica, type TestReplica } from "../../testing/fakes/open-test-replica.ts";
import { makeCall, makeDeal, makeLead, makeTask, makeTenant } from "../../testing/fakes/records.ts";
import { watch } from "../../testing/fakes/watch.ts";
import { createPresenceBoard } from "./presence/presence.ts";
import { composeQueries, type Queries } from "./compose-queries.ts";
import { createJobs, type Jobs } from "./jobs/jobs.ts";
import { createDeskClock } from "./live/desk-clock.ts";

// Over the real replica: RxDB on PGlite on disk, with the real journal.
let replica: TestReplica;
let queries: Queries;
let jobs: Jobs;
let folder: string;
const today = "2026-05-04T15:00:00.000Z";
const clock = { now: () => Date.parse(today) + 120_000, zone: () => "America/Chicago" };
const id = (text: string) => text as RecordId;

async function receive(collection: CollectionName, records: readonly AnyRecord[]): Promise<void> {
  await replica.takeTurn(() => replica.layers.receive(collection, records as unknown as Doc[], []));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "queries-"));
  replica = await openTestReplica();
  jobs = createJobs({ clock: systemClock, newId: () => crypto.randomUUID() });
  await receive("settings", makeTenant());
  await receive("leads", [
    makeLead({
      id: "maria",
      name: "Maria Kowalski",
      company: "Halden Logistics",
      phone: "+13125550147",
      score: 87,
      notes: "asked about parking",
      kept: [
        {
          id: "e1:city",
          field: "city",
          value: "Gary",
          byId: "ben",
          at: "2026-05-02T09:00:00.000Z",
          wonById: "ana",
          wonEdit: "e1",
          settledAt: null,
        },
      ],
    }),
    makeLead({ id: "omar", name: "Omar Haddad", score: 52, tags: ["expo"], custom: { budget: 1200 } }),
    makeLead({ id: "lost", name: "Lost Lead", score: 99, stage: "lost" }),
  ]);
  await receive("calls", [
    makeCall({
      id: "call",
      leadId: "maria",
      startedAt: today,
      answeredAt: today,
      endedAt: new Date(Date.parse(today) + 90_000).toISOString(),
      notes: "wants a tour",
    }),
    makeCall({
      id: "missed",
      leadId: "maria",
      startedAt: today,
      answeredAt: null,
      endedAt: today,
      endReason: "no-answer",
    }),
  ]);
  await receive("tasks", [
    makeTask({
      id: "task",
      title: "Send floor plans",
      leadId: "maria",
      dueAt: today,
      createdAt: "2026-05-03T09:00:00.000Z",
    }),
    makeTask({ id: "late", title: "Late", dueAt: "2020-01-01T00:00:00.000Z" }),
  ]);
  await receive("deals", [
    makeDeal({ id: "d1", name: "Lease A", leadId: "maria", value: 1000 }),
    makeDeal({ id: "d2", name: "Lease B", value: 500.5 }),
    makeDeal({ id: "d3", name: "Lease C", value: 7, currency: "EUR" }),
    makeDeal({ id: "d4", name: "Old", stage: "archived-long-ago", value: null }),
  ]);
  queries = await composeQueries({
    replica,
    journal: replica.journal,
    presence: createPresenceBoard(systemClock),
    jobs,
    folder,
    clock: createDeskClock(clock),
    timers: systemTimers,
    afterFirstSync(work) {
      work();
      return () => {};
    },
    onWake: () => () => {},
    remind() {},
    onTrouble(text, cause) {
      throw new Error(text, { cause });
    },
  });
});
afterAll(async () => {
  await jobs.stop();
  queries.close();
  await replica.dispose();
  rmSync(folder, { recursive: true });
});

test("the dashboard says what the day looks like", async () => {
  const day = await watch(queries.handlers.dashboard, {}).first();
  expect(day.callsToday).toMatchObject({ total: 2, answered: 1, talkSeconds: 90 });
  expect(day.callsToday.byHour.reduce((sum, calls) => sum + calls, 0)).toBe(2);
  expect(day.recentCalls.map(({ leadName }) => leadName)).toEqual(["Maria Kowalski", "Maria Kowalski"]);
  expect(day.tasksDue.map((task) => [task.id, task.leadName])).toEqual([
    ["late", null],
    ["task", "Maria Kowalski"],
  ]);
  expect(day.tasksLate).toBe(1);
  expect(day.hotLeads.map((lead) => lead.id)).toEqual(["maria"]);
  expect(day.nextCalls).toMatchObject([{ taskId: "task", name: "Maria Kowalski", note: "Send floor plans" }]);
});

test("the deals board sums by currency and shows deals of unknown stages", async () => {
  const { stages } = await watch(queries.handlers.dealBoard, {
    owner: "me",
    search: "",
    perStage: 1,
  }).first();
  expect(stages.map(({ stage, total, value, rows }) => [stage, total, value, rows.length])).toEqual([
    ["offer", 3, { USD: 1500.5, EUR: 7 }, 1],
    ["closed", 0, {}, 0],
    ["archived-long-ago", 1, { USD: 0 }, 1],
  ]);
});

test("a profile has what is to be done, a timeline what has happened, newest first", async () => {
  const profile = await watch(queries.handlers.leadProfile, { id: id("maria") }).first();
  expect(profile.lead?.name).toBe("Maria Kowalski");
  expect([profile.tasks.map((task) => task.id), profile.deals.map((deal) => deal.id)]).toEqual([
    ["task"],
    ["d1"],
  ]);
  const input = { id: id("maria"), kinds: [], search: "", limit: 50 };
  const timeline = await watch(queries.handlers.leadTimeline, input).first();
  expect(timeline.items.map(({ kind }) => kind)).toEqual(["call", "call", "task", "kept"]);
  expect(timeline.counts).toEqual({ call: 2, task: 1, change: 1 });
  const found = await watch(queries.handlers.leadTimeline, { ...input, search: "TOUR wants" }).first();
  expect(found.items.map((item) => item.id)).toEqual(["call"]);
  const changes = await watch(queries.handlers.leadTimeline, { ...input, kinds: ["change"] }).first();
  expect(changes.items).toMatchObject([{ kind: "kept", stands: "", kept: { value: "Gary" } }]);
  const gone = await watch(queries.handlers.leadProfile, { id: id("nobody") }).first();
  expect(gone.lead).toBeNull();
});

test("a score is reckoned here of what this machine holds; a probability is what holds of most organisations, until there is a model with its reasons", async () => {
  const score = watch(queries.handlers.leadScore, { id: id("maria") });
  const before = await score.next();
  expect(before.conversion?.learned).toBeNull();
  expect(before.score?.components.map(({ name }) => name)).toEqual(["engagement", "recency", "response", "conversation", "profile"]); // prettier-ignore
  expect(before.score?.components.reduce((sum, { points }) => sum + points, 0)).toBe(before.score?.total);
  const model: ConversionModel = {
    ...{ format: 1, version: 4, trainedAt: today, contacts: 90, converted: 9, unmetVariance: 0.1 },
    features: [...leadFeatures],
    ...{ terms: ["base", "calls"], mean: [-2, 1.5], covariance: [0.1, 0, 0.1] },
    figures: { predicted: 0, auc: null, ece: null },
  };
  const own = { id: id("conversion"), rev: 1, createdAt: today, updatedAt: today, kept: [] };
  await receive("settings", [{ ...own, kind: "conversion", order: 0, model } as unknown as AnyRecord]);
  await expect.poll(() => score.last()?.conversion?.learned).toMatchObject({ version: 4, contacts: 90 });
  expect(score.last()?.conversion?.reasons[0]).toMatch(/^Calls before: 2, .*more likely$/u);
  score.stop();
  expect(await watch(queries.handlers.leadScore, { id: id("nobody") }).first()).toEqual({ score: null, conversion: null, said: null }); // prettier-ignore
});

test("the palette finds leads with spans, and what is not a lead", async () => {
  const find = watch(queries.handlers.find, { text: "lease", limit: 5 });
  await expect.poll(() => find.last()?.others.length).toBe(3);
  find.stop();
  const typo = await watch(queries.handlers.find, { text: "kowlaski", limit: 5 }).first();
  expect(typo.leads).toMatchObject([{ id: "maria", matches: { name: [[6, 14]] }, excerpt: null }]);
  const notes = await watch(queries.handlers.find, { text: "parking", limit: 5 }).first();
  expect(notes.leads).toMatchObject([{ id: "maria", excerpt: "asked about parking" }]);
});

test("a selection is edited as one job with one undo", async () => {
  const started = await queries.handlers.bulkEditLeads({
    selection: {
      filters: [{ field: "score", op: "at-least", values: [50] }],
      search: "",
      except: [id("lost")],
    },
    set: { stage: "qualified" },
    addTag: null,
    label: "Moved leads",
  });
  expect(started.ok).toBe(true);
  await expect.poll(() => jobs.list()[0]?.state).toBe("done");
  const stages = async () =>
    (await watch(queries.handlers.leadBoard, { filters: [], search: "", perStage: 5 }).first()).stages.map(
      ({ stage, total }) => [stage, total],
    );
  await expect.poll(stages).toEqual([
    ["new", 0],
    ["contacted", 0],
    ["qualified", 2],
    ["lost", 1],
  ]);
  await replica.edits.undo(jobs.list()[0]?.undoId ?? "");
  await expect.poll(stages).toEqual([
    ["new", 2],
    ["contacted", 0],
    ["qualified", 0],
    ["lost", 1],
  ]);
});

test("a tag is added to a whole selection, also to what nobody has looked at, and taken back from it", async () => {
  const tagAll = async (label: string) => {
    const selection = { filters: [], search: "", except: [id("lost")] };
    const started = await queries.handlers.bulkEditLeads({ selection, set: {}, addTag: "spring", label });
    expect(started.ok).toBe(true);
    await expect.poll(() => jobs.list()[0]).toMatchObject({ label, state: "done" });
    return jobs.list()[0];
  };
  const tags = async () =>
    Promise.all(["maria", "omar", "lost"].map(async (lead) => (await replica.reads.get("leads", id(lead)))?.tags)); // prettier-ignore
  const first = await tagAll("Tagged spring");
  expect(await tags()).toEqual([["spring"], ["expo", "spring"], []]);
  expect(await tagAll("Tagged again")).toMatchObject({
    undoId: null,
    message: "Nothing to change: it is so already.",
  });
  await replica.edits.undo(first?.undoId ?? "");
  expect(await tags()).toEqual([[], ["expo"], []]);
});

test("what lies between two places of a list is known by its ids", async () => {
  const list = { filters: [], search: "", sort: { field: "score", direction: "desc" } } as const;
  expect(await queries.handlers.leadRange({ ...list, filters: [], from: 1, to: 7 })).toEqual({
    ok: true,
    value: { ids: ["maria", "omar"] },
  });
});

async function exportText(
  more: Partial<Parameters<typeof queries.handlers.exportLeads>[0]>,
): Promise<string> {
  const exported = await queries.handlers.exportLeads({
    filters: [{ field: "stage", op: "is-not", values: ["lost"] }],
    sort: { field: "score", direction: "asc" },
    search: "",
    only: null,
    except: [],
    columns: ["name"],
    byteOrderMark: false,
    ...more,
  });
  if (!exported.ok) throw new Error(exported.error.message);
  const read = await queries.handlers.readFile({ fileId: exported.value.fileId, offset: 0 });
  return Buffer.from(read.ok ? read.value.base64 : "", "base64").toString("utf8");
}

test("a list is exported as it stands, in the words of the screen", async () => {
  const columns = ["name", "stage", "ownerId", "phone", "tags", "custom.budget", "nextTask"];
  expect(await exportText({ columns, byteOrderMark: true })).toBe(
    "\ufeffName,Stage,Owner,Phone,Tags,budget,Next task\r\n" +
      "Omar Haddad,New,Ana Ruiz,,expo,1200,\r\n" +
      "Maria Kowalski,New,Ana Ruiz,+13125550147,,,Send floor plans\r\n",
  );
  expect(await queries.handlers.readFile({ fileId: "nothing", offset: 0 })).toMatchObject({ ok: false });
});

test("of a list what is ticked is exported, in its order, and what is unticked is not", async () => {
  expect(await exportText({ only: [id("maria")] })).toBe("Name\r\nMaria Kowalski\r\n");
  expect(await exportText({ only: [id("lost"), id("maria"), id("omar")] })).toBe(
    "Name\r\nOmar Haddad\r\nMaria Kowalski\r\nLost Lead\r\n",
  );
  expect(await exportText({ except: [id("omar")] })).toBe("Name\r\nMaria Kowalski\r\n");
});

test("of a selection what is not one's own to give away or delete stays, and is counted", async () => {
  const leads = ["ana", "ben", "ana", "ben", "ben"].map((ownerId, at) => makeLead({ id: `given-${at}`, ownerId: ownerId as UserId })); // prettier-ignore
  await receive("leads", leads);
  const ended = async (started: Awaited<ReturnType<typeof queries.handlers.bulkEditLeads>>) => {
    const jobId = started.ok ? started.value.jobId : "";
    await expect.poll(() => jobs.list().find((job) => job.id === jobId)?.state).not.toBe("running");
    return jobs.list().find((job) => job.id === jobId);
  };
  const give = (ids: string[], set: Record<string, string>) =>
    queries.handlers.bulkEditLeads({ selection: { ids: ids.map(id) }, set, addTag: null, label: "Given" });
  const ids = leads.map((lead) => lead.id);
  const owners = async () => Promise.all(ids.map(async (lead) => (await replica.reads.get("leads", lead))?.ownerId)); // prettier-ignore
  const given = await ended(await give(ids, { ownerId: "max" }));
  expect(given?.message).toBe("2 changed, 3 are not yours to give away");
  expect(await owners()).toEqual(["max", "ben", "max", "ben", "ben"]);
  await replica.edits.undo(given?.undoId ?? "");
  expect(await owners()).toEqual(leads.map(({ ownerId }) => ownerId));
  expect(await ended(await give(["given-1"], { ownerId: "max" }))).toMatchObject({
    state: "failed",
    message: "Only its owner, their manager or an admin may hand this over.",
  });
  const selection = { ids: ids.slice(0, 2).map(id) };
  const deleted = await ended(await queries.handlers.bulkDeleteLeads({ selection, label: "Deleted" }));
  expect(deleted?.message).toBe("1 deleted, 1 is not yours to delete");
});
