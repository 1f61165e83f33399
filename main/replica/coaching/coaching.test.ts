import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import { callReport } from "../../../shared/rpc/contract/coaching.ts";
import type { AnyRecord } from "../../../shared/entities/collections.ts";
import type { CallReport } from "../../../shared/entities/insight.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { nothingAlike } from "../../../shared/coaching/playbook/meanings.ts";
import { livePlaybook } from "../../../testing/coaching/some-report.ts";
import { cardOf, phrases, playbookOf } from "../../../testing/coaching/talk.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import {
  makeBusiness,
  makeCall,
  makeDisposition,
  makeLead,
  makePerson,
} from "../../../testing/fakes/records.ts";
import { createFakeReplica, type FakeReplica } from "../../../testing/fakes/replica.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import { isShowing } from "../insights/notes.ts";
import { openTenantSettings, type TenantSettings } from "../live/tenant-settings.ts";
import { createReportHandlers } from "./call-report.ts";
import { createCompiledPlaybooks } from "./compiled-playbooks.ts";
import { createCoachingHandlers } from "./coaching-handlers.ts";
import { makeDeskReport } from "./desk-report.ts";
import type { LiveCoach } from "./live-coach.ts";
import { createTranscripts, type Transcripts } from "./transcripts.ts";

const callId = "call-1" as RecordId;
const largestPlaybook = {
  ...livePlaybook("discovery"),
  publishedAt: "2026-01-01T00:00:00.000Z",
  ...playbookOf({ cards: [cardOf("plan", [phrases({ phrases: ["floor plan"] }), ...Array.from({ length: 1_500 }, manyPhrases)])] }), // prettier-ignore
};
const clock = { now: () => Date.parse("2026-05-04T12:00:00.000Z"), zone: () => "UTC" };

describe("a judged card", () => {
  let replica: TestReplica;
  const view = {
    callId,
    playbook: { key: "sales", version: 2, label: "Sales" },
    card: { key: "price", shownAtMs: 61_000 },
  } as unknown as LiveCoaching;
  const coach = {
    view: () => view,
    do: async (id: string) => (id === callId ? { atMs: 62_000, call: { leadId: "maria" } } : null),
  } as unknown as LiveCoach;
  const handlers = (of = coach) =>
    createCoachingHandlers({
      ...{ replica, coach: of, clock },
      host: { openOverlay: async () => false, catchClicks: async () => {} },
    });
  beforeAll(async () => void (replica = await openTestReplica()));
  afterAll(() => replica.dispose());

  test("is kept for the manager before it is answered, once however often one changes one's mind; it was seen, too", async () => {
    const judge = (useful: boolean) => handlers().judgeCard({ callId, card: "price", useful });
    expect([await judge(true), await judge(false)]).toEqual([
      { ok: true, value: {} },
      { ok: true, value: {} },
    ]);
    expect(replica.journal.counts().unsent).toBeGreaterThan(0);
    replica = await replica.reopen();
    const rows = await replica.reads.sql<{ doc: object }>(
      `select doc from ${replica.reads.table("insights")} where not deleted order by doc->>'kind'`,
    );
    const judged = { kind: "card-feedback", card: "price", useful: false, atMs: 61_000, byId: "ana" };
    expect(rows.map(({ doc }) => doc)).toMatchObject([
      { ...judged, callId, leadId: "maria", playbook: "sales", playbookVersion: 2 },
      { kind: "card-shown", card: "price", atMs: 61_000, state: "shown" },
    ]);
  });

  test("a tick by hand is kept as well, as it stood last", async () => {
    const tick = (done: boolean) => handlers().tickItem({ callId, item: "budget", done });
    expect([(await tick(true)).ok, (await tick(false)).ok]).toEqual([true, true]);
    const rows = await replica.reads.sql<{ doc: object }>(
      `select doc from ${replica.reads.table("insights")} where doc->>'kind' = 'item-tick'`,
    );
    const kept = { callId, leadId: "maria", playbook: "sales", item: "budget", done: false, atMs: 62_000 };
    expect(rows.map(({ doc }) => doc)).toMatchObject([kept]);
  });

  test("each time that a card was shown is kept before it is answered, once however many windows say so, and whether it was dismissed", async () => {
    const show = (shownAtMs: number) => handlers().cardShown({ callId, card: "price", shownAtMs });
    const sameHandlers = handlers();
    const twice = [1, 2].map(() => sameHandlers.cardShown({ callId, card: "price", shownAtMs: 61_000 }));
    const answers = [...(await Promise.all(twice)), await show(30_000)];
    replica = await replica.reopen();
    answers.push(await handlers().dismissCard({ callId, card: "price" }), await show(61_000));
    expect(answers).toEqual(Array.from({ length: 5 }, () => ({ ok: true, value: {} })));
    const rows = await replica.reads.sql<{ doc: object }>(
      `select doc from ${replica.reads.table("insights")} where ${isShowing} order by (doc->>'atMs')::int`,
    );
    const shown = {
      kind: "card-shown",
      callId,
      leadId: "maria",
      byId: "ana",
      playbook: "sales",
      card: "price",
    };
    expect(rows.map(({ doc }) => doc)).toMatchObject([
      { ...shown, atMs: 30_000, state: "shown" },
      { ...shown, atMs: 61_000, state: "dismissed" },
    ]);
    const edits = replica.journal.counts().unsent;
    await show(61_000);
    expect(replica.journal.counts().unsent).toBe(edits);
  });

  test("a showing that is in the journal and that a full disk keeps from view is kept: no window tells of it again", async () => {
    const { layers, journal } = replica;
    const { cover } = layers;
    const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" }); // prettier-ignore
    layers.cover = () => Promise.reject(full);
    const before = journal.counts().unsent;
    const answer = await handlers().cardShown({ callId, card: "price", shownAtMs: 75_000 });
    const judged = await handlers().judgeCard({ callId, card: "price", useful: true });
    layers.cover = cover;
    expect([answer, journal.counts().unsent - before]).toEqual([{ ok: true, value: {} }, 2]);
    expect(judged, "who judges is told").toMatchObject({ ok: false, error: { code: "disk-full" } });
  });

  test("what is shown or ticked as the call ends is kept under the playbook that it had", async () => {
    const ending = () => {
      let shown: LiveCoaching | null = view;
      const done: LiveCoach["do"] = (...asked) => {
        shown = null;
        return coach.do(...asked);
      };
      return handlers({ ...coach, view: () => shown, do: done });
    };
    await ending().cardShown({ callId, card: "price", shownAtMs: 90_000 });
    await ending().tickItem({ callId, item: "moves", done: true });
    const rows = await replica.reads.sql<{ doc: object }>(
      `select doc from ${replica.reads.table("insights")} where doc->>'atMs' = '90000' or doc->>'item' = 'moves'
       order by doc->>'kind'`,
    );
    const kept = { callId, playbook: "sales", playbookVersion: 2 };
    expect(rows.map(({ doc }) => doc)).toMatchObject([
      { ...kept, kind: "card-shown" },
      { ...kept, kind: "item-tick" },
    ]);
  });

  test("of a call that is over is said to be", async () => {
    const answer = await handlers().judgeCard({ callId: "call-2" as RecordId, card: "price", useful: true });
    expect(answer).toMatchObject({ ok: false, error: { code: "not-found" } });
  });
});

describe("what a call came to", () => {
  let replica: FakeReplica;
  let settings: TenantSettings;
  let transcripts: Transcripts;
  const at = "2026-05-04T09:00:00.000Z";
  const call = (endedAt: string | null) =>
    makeCall({ id: callId, leadId: "maria", startedAt: at, answeredAt: at, endedAt, agentId: "ana", disposition: "tour" }); // prettier-ignore
  const handlers = () =>
    createReportHandlers({
      ...{ replica, transcripts, settings, clock, alike: () => nothingAlike },
      compiled: createCompiledPlaybooks(),
    });
  const read = () => watch<typeof callReport>(handlers().callReport, { callId }).first();
  const say = (id: string, speaker: "agent" | "customer", startMs: number, text: string) => ({
    ...{
      id: id as RecordId,
      speaker,
      startMs,
      endMs: startMs + 5_000,
      text,
      timing: [],
      revision: 1,
      final: true,
    },
  });

  beforeAll(async () => {
    replica = await createFakeReplica();
    const settingsThen = [makePerson("ana", "Ana Ruiz"), makeDisposition("tour", "Tour", { archived: true })];
    await replica.seed("settings", [makeBusiness({ timeZone: "UTC" }), ...settingsThen]);
    await replica.seed("leads", [makeLead({ id: "maria", name: "Maria Kowalski" })]);
    await replica.seed("calls", [call(null)]);
    settings = openTenantSettings(replica.reads);
    await settings.ready;
    transcripts = createTranscripts(replica.reads, clock);
    const utterances = [
      say("a", "customer", 1_000, "Could you send me the floor plan by tomorrow?"),
      say("b", "agent", 7_000, "Of course, I will send you the floor plan tomorrow morning."),
    ];
    transcripts.take({ callId, utterances, stopped: false });
  });
  afterAll(async () => {
    transcripts.close();
    settings.close();
    await replica.close();
  });

  test("is worked out here as soon as the call is over, without a network", async () => {
    expect(await read()).toEqual({ report: null, madeBy: "desk", accepted: [], comments: [] });
    await replica.receive("calls", [{ id: callId, record: call("2026-05-04T09:01:00.000Z") }]);
    const { report, madeBy } = await read();
    expect([report?.id, report?.metrics["durationMs"], madeBy]).toEqual([`report:${callId}`, 60_000, "desk"]);
    expect(report?.actions).toHaveLength(1);
    expect(report?.summary, "as on the server, also where that ending is not offered any more").toContain(
      "closed as “Tour”",
    );
  });

  test("has actions that become one task on one click, which can be taken back and made again", async () => {
    const action = (await read()).report?.actions[0]?.key ?? "";
    const accept = () => handlers().acceptAction({ callId, action });
    const made = await accept();
    expect(made).toMatchObject({ ok: true, value: { taskId: `action:${callId}:${action}`, count: 1 } });
    expect(await replica.reads.get("tasks", `action:${callId}:${action}`)).toMatchObject({
      ...{ callId, leadId: "maria", assigneeId: "ana", dueAt: "2026-05-05T12:00:00.000Z", allDay: true },
    });
    expect([(await read()).accepted, await accept()]).toMatchObject([
      [action],
      { ok: true, value: { count: 0 } },
    ]);
    await replica.edits.undo(made.ok ? made.value.undoId : "");
    expect((await read()).accepted).toEqual([]);
    expect(await accept()).toMatchObject({ ok: true, value: { count: 1 } });
  });

  test("is worked out in turns, however large the playbook: everybody else is served in between", async () => {
    const turnsWith = async (playbooks: Playbook[]) => {
      const ports = { reads: replica.reads, transcripts, alike: () => nothingAlike };
      const own = {
        settings: { ...settings, playbooks: () => playbooks },
        compiled: createCompiledPlaybooks(),
      };
      const counting = countTurns();
      const report = await makeDeskReport({ ...ports, ...own }, callId);
      return { turns: counting.stop(), cards: report?.cards.map(({ key }) => key) };
    };
    const without = await turnsWith([]);
    const withLargest = await turnsWith([largestPlaybook]);
    expect([without.cards, withLargest.cards]).toEqual([[], ["plan"]]);
    expect(withLargest.turns).toBeGreaterThan(without.turns + 3);
  });

  test("an action that nobody named is none", async () => {
    const answer = await handlers().acceptAction({ callId, action: "nonsense" });
    expect(answer).toMatchObject({ ok: false, error: { code: "not-found" } });
  });

  test("is the server's as soon as that has come", async () => {
    const written = { ...(await read()).report, rev: 1, summary: "She wants the plan.", wordedBy: "model" };
    const record = written as CallReport as AnyRecord;
    const following = watch<typeof callReport>(handlers().callReport, { callId });
    await following.next();
    await replica.receive("insights", [{ id: record.id, record }]);
    expect(await following.next()).toMatchObject({
      ...{ madeBy: "server", report: { summary: "She wants the plan.", wordedBy: "model" } },
    });
    const said = {
      id: "said" as RecordId,
      rev: 1,
      createdAt: at,
      updatedAt: at,
      kept: [],
      callId,
      leadId: null,
    };
    const comment = { ...said, kind: "comment", agentId: "ana", teamId: null, at, byId: "max", atMs: 2_000, text: "Well asked" }; // prettier-ignore
    await replica.receive("insights", [{ id: said.id, record: comment as unknown as AnyRecord }]);
    expect((await following.next()).comments).toMatchObject([
      { byId: "max", atMs: 2_000, text: "Well asked" },
    ]);
    following.stop();
  });
});

function manyPhrases(_: unknown, at: number) {
  return phrases({ phrases: Array.from({ length: 100 }, (_unused, of) => `word${at} said${of}`) });
}

/** How often the event loop turns until it is stopped. */
function countTurns(): { stop(): number } {
  let turns = 0;
  let running = true;
  const next = () => {
    turns += 1;
    if (running) setImmediate(next);
  };
  setImmediate(next);
  return {
    stop() {
      running = false;
      return turns;
    },
  };
}
