import { describe, expect, test } from "vitest";
import { choosePlaybook } from "../../../shared/coaching/playbook/choose-playbook.ts";
import { nothingAlike } from "../../../shared/coaching/playbook/meanings.ts";
import { makeReport } from "../../../shared/coaching/report/make-report.ts";
import { schemas } from "../../../shared/entities/collections.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Playbook } from "../../../shared/entities/setting.ts";
import { generateNorthgate } from "../generate.ts";
import { benchNow } from "../leads.ts";
import { ana, tom } from "../people.ts";
import { rollDice } from "../random.ts";
import { invoiceLines, supportLines } from "./account-lines.ts";
import { callers, type Caller } from "./callers.ts";
import { placeDialogue } from "./place-dialogue.ts";
import { lengthOf, planTalks, weekOf } from "./plan-talks.ts";
import { salesLines } from "./sales-lines.ts";
import { tellCall } from "./tell-call.ts";
import { writeDialogue } from "./write-dialogue.ts";

const records = generateNorthgate({ seed: 1, leadCount: 900, now: benchNow });
const calls = records.calls ?? [];
const leads = new Map((records.leads ?? []).map((lead) => [lead.id, lead]));
const playbooks = (records.settings ?? []).filter((one): one is Playbook => one.kind === "playbook");
const ids = new Set(planTalks(calls, benchNow, rollDice(1)));
const told = calls.filter(({ id }) => ids.has(id));

function reportOf(said: ReturnType<typeof placeDialogue>, playbook: Playbook | null, durationMs: number) {
  return makeReport({
    call: { callId: "call" as RecordId, leadId: null, agentId: null, teamId: null, at: benchNow, durationMs, apart: [], shifts: [], direction: "outbound", disposition: "", timeZone: "UTC" }, // prettier-ignore
    utterances: said.map((one, at) => ({ id: String(at) as RecordId, ...one, revision: 1, final: true })),
    playbook,
    alike: nothingAlike,
    ticks: [],
    scorecard: null,
    names: { agent: "", customer: "" },
  });
}

describe("what was said in the demo's calls", () => {
  const reports = told.map((call) => {
    const lead = leads.get(call.leadId as RecordId) ?? expect.fail("a call without its lead");
    const said = tellCall(call, lead, benchNow);
    const facts = { direction: call.direction, queue: "", callList: "", teamId: call.teamId };
    return { call, said, report: reportOf(said, choosePlaybook(playbooks, facts), lengthOf(call)) };
  });

  test("is a transcript by its schema, inside its call, the same each time", () => {
    for (const { call, said } of reports) {
      expect(said.length).toBeGreaterThan(8);
      for (const { startMs, endMs, text, timing } of said) {
        expect(endMs, text).toBeLessThan(lengthOf(call));
        expect(timing).toHaveLength(text.split(" ").length * 2);
        const base = { id: "x", rev: 1, createdAt: benchNow, updatedAt: benchNow, kept: [], callId: call.id, leadId: null, agentId: null, teamId: null }; // prettier-ignore
        expect(schemas.segments.safeParse({ ...base, speaker: "agent", startMs, endMs, text, timing }).success).toBe(true); // prettier-ignore
      }
    }
    const [first] = reports;
    const lead = leads.get(first?.call.leadId as RecordId);
    expect(first && lead && tellCall(first.call, lead, benchNow)).toEqual(first?.said);
  });

  test("goes back eight weeks, for agents of both teams", () => {
    expect(new Set(told.map(({ startedAt }) => weekOf(startedAt, benchNow)))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7])); // prettier-ignore
    expect(new Set(told.map(({ agentId }) => agentId))).toEqual(new Set(Object.keys(callers)));
    expect(new Set(reports.map(({ report }) => report.playbook))).toContain("collections");
  });

  test("shows who holds calls well: they do more of the playbook, talk less and book more tours", () => {
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const followed = ({ report }: (typeof reports)[number]) => mean(report.items.map(({ atMs }) => Number(atMs !== null))); // prettier-ignore
    const of = (agentId: string) => {
      const own = reports.filter(({ call, report }) => call.agentId === agentId && report.playbook === "discovery"); // prettier-ignore
      return {
        follows: mean(own.map(followed)),
        talks: mean(own.map(({ report }) => report.metrics["talkShareOfSpeech"] ?? 1)),
        tours: mean(own.map(({ call }) => Number(call.disposition === "tour-booked"))),
      };
    };
    const [best, worst] = [of(ana), of(tom)];
    expect(best.follows).toBeGreaterThan(worst.follows + 0.2);
    expect(best.talks).toBeLessThan(worst.talks - 0.1);
    expect(best.tours).toBeGreaterThan(worst.tours);
    const byOutcome = (is: boolean) => mean(reports.filter(({ call, report }) => report.playbook === "discovery" && (call.disposition === "tour-booked") === is).map(followed)); // prettier-ignore
    expect(byOutcome(true)).toBeGreaterThan(byOutcome(false) + 0.1);
  });
});

describe("a caller who leaves a point out has left it out, and one who does all has done all", () => {
  const caller = (share: number): Caller => ({ follows: share, listens: share, wpm: 150, cutsIn: 0, tours: 0, learns: 0 }); // prettier-ignore
  const kinds = [
    ["discovery", salesLines],
    ["support", supportLines],
    ["collections", invoiceLines],
  ] as const;

  test.each(kinds)("%s", (key, lines) => {
    const playbook = playbooks.find((one) => one.key === key && one.state === "live") ?? null;
    const done = (share: number, seed: number) => {
      const dice = rollDice(seed);
      const names = { agent: "Ana", first: "Zoe" };
      const said = writeDialogue({ lines, caller: caller(share), disposition: "", names, words: 900 }, dice);
      const placed = placeDialogue(said, caller(share), 600_000, dice);
      return reportOf(placed, playbook, 600_000).items.filter(({ atMs }) => atMs !== null).map((item) => item.key); // prettier-ignore
    };
    for (let seed = 1; seed <= 12; seed += 1) {
      expect(done(1, seed), `all, seed ${seed}`).toEqual(Object.keys(lines.items));
      expect(done(0, seed), `none, seed ${seed}`).toEqual([]);
    }
  });
});
