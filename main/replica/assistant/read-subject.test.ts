import { afterAll, beforeAll, expect, test } from "vitest";
import { answerQuestionByRules } from "../../../shared/assistant/answer-by-rules.ts";
import { newest } from "../../../shared/assistant/story.ts";
import type { Question } from "../../../shared/assistant/question.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { fields } from "../../../testing/fakes/blank-fields.ts";
import { makeField } from "../../../testing/fakes/records.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import {
  daysAgo,
  someAppointment,
  someCall,
  someListing,
  someReport,
  storyNow,
} from "../../../testing/fakes/some-story.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { readStory, readSubject } from "./read-subject.ts";

const leadId = "lead-1" as RecordId;
const farLeadId = "lead-far" as RecordId;
/** More than a story holds by itself; `call-0` is the newest, and each but the last has a report. */
const count = newest.calls + 3;
const oldest = `call-${count - 2}` as RecordId;
const unreported = `call-${count - 1}` as RecordId;

let replica: TestReplica;
let settings: TenantSettings;

beforeAll(async () => {
  replica = await openTestReplica();
  settings = openTenantSettings(replica.reads);
  const lead = { kind: "create", collection: "leads", id: leadId, fields: fields.lead({ name: "Maria Keller" }) } as const; // prettier-ignore
  await replica.edits.apply([lead], "A lead");
  const calls = Array.from({ length: count }, (_, at) =>
    someCall({ id: `call-${at}` as RecordId, leadId, startedAt: daysAgo(at + 1) }),
  );
  const strangers = someCall({ id: "call-of-another" as RecordId, leadId: "lead-2" as RecordId });
  const reports = calls.slice(0, -1).map(({ id, startedAt }) => {
    const actions = [{ key: "a", text: `send what ${id} asked for`, dueInDays: 3, atMs: null }];
    return someReport({ id: `report:${id}` as RecordId, callId: id, at: startedAt, actions, leadId });
  });
  const viewings = ["done", "planned", "cancelled"].map(
    (status, at) =>
    someAppointment({ id: `viewing-${at}` as RecordId, title: `Viewing ${at}`, startAt: daysAgo(at + 1), endAt: daysAgo(at + 0.9), status: status as "done", notes: `They like floor ${at}.` }), // prettier-ignore
  );
  await receive("appointments", viewings);
  await receive("calls", [...calls, strangers]);
  await receive("insights", reports);
});
afterAll(async () => {
  settings.close();
  await replica.dispose();
});

function receive(
  collection: "appointments" | "calls" | "insights" | "listings" | "settings",
  docs: readonly unknown[],
): Promise<unknown> {
  return replica.takeTurn(() => replica.layers.receive(collection, docs as Doc[], []));
}

async function letterAbout(callId: RecordId | null): Promise<string> {
  return answer({ about: "email", leadId, callId, purpose: "after-call", tone: "neutral", length: "medium", wish: "" }); // prettier-ignore
}

async function answer(question: Question): Promise<string> {
  const subject = await readSubject({ replica, settings, clock: { now: () => Date.parse(storyNow) } }, question); // prettier-ignore
  if (subject === null) throw new Error("this lead is here");
  return answerQuestionByRules(question, subject);
}

test("a letter is about the call that it was asked for, however many came after it", async () => {
  expect(await letterAbout(oldest)).toContain(`Send what ${oldest} asked for.`);
  expect(await letterAbout(oldest)).not.toContain("Send what call-0 asked for.");
  expect(await letterAbout(null)).toContain("Send what call-0 asked for.");
});

test("what was said in another call is not said to have been said in this one", async () => {
  expect(await letterAbout(unreported)).not.toContain("asked for.");
  expect(await letterAbout("call-of-another" as RecordId)).not.toContain("asked for.");
});

test("of more appointments than a story holds the next ones are read, and those that are over", async () => {
  const far = Array.from(
    { length: 25 },
    (_, at) =>
    someAppointment({ id: `far-${at}` as RecordId, title: `Inspection ${at}`, leadId: farLeadId, startAt: daysAgo(-100 - at), endAt: daysAgo(-100.1 - at), status: "planned" }), // prettier-ignore
  );
  const [next, over] = [
    { title: "Signing", startAt: daysAgo(-1), endAt: daysAgo(-1.1) },
    { title: "Viewing", startAt: daysAgo(1), endAt: daysAgo(0.9) },
  ].map((own) =>
    someAppointment({ ...own, id: own.title as RecordId, leadId: farLeadId, status: "planned" }),
  );
  const lead = { kind: "create", collection: "leads", id: farLeadId, fields: fields.lead() } as const;
  await replica.edits.apply([lead], "A lead");
  await receive("appointments", [...far, next, over]);
  const ports = { replica, settings, clock: { now: () => Date.parse(storyNow) } };
  const story = await readStory(ports, farLeadId);
  expect(story?.appointments.map(({ title }) => title)).toEqual(["Signing", ...[0, 1, 2, 3].map((at) => `Inspection ${at}`)]); // prettier-ignore
  expect(story?.pastAppointments.map(({ title }) => title)).toEqual(["Viewing"]);
});

test("a listing is described by those of its own fields that the organisation has, and that are for everybody", async () => {
  const field = (key: string, type: "money" | "text", own: object = {}) =>
    makeField(key, type, { id: `field:listings:${key}` as RecordId, collection: "listings", ...own });
  await receive("settings", [field("lowest_price", "money"), field("view", "text", { label: "View from it" }), field("old", "text", { archived: true })]); // prettier-ignore
  const custom = { lowest_price: 3_777_777, view: "the lake", old: "a secret" };
  await receive("listings", [someListing({ id: "listing-own" as RecordId, custom })]);
  const listingId = "listing-own" as RecordId;
  const text = await answer({ about: "listing", listingId, tone: "neutral", length: "long", language: "en" });
  expect(text).toContain("View from it: the lake.");
  expect(text).not.toMatch(/3,?777,?777|secret/u);
});

test("what came of appointments is read with their notes, newest first, whatever became of them", async () => {
  const said = await answer({ about: "chat", leadId, said: "What came of the viewings?" });
  const lines = said.split("\n").slice(1);
  expect(lines).toEqual([0, 1, 2].map((at) => expect.stringMatching(new RegExp(`Viewing ${at}.*floor ${at}`, "u")))); // prettier-ignore
});
