import Papa from "papaparse";
import { beforeAll, expect, test } from "vitest";
import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import type { Assignment } from "../../../shared/entities/insight.ts";
import { exportInsights } from "../../../shared/rpc/contract/insights.ts";
import {
  byId,
  callOf,
  everything,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { readAdherence } from "./adherence.ts";
import { readCards } from "./cards.ts";
import { readDistributions } from "./distribution.ts";
import { createExportInsights } from "./export-insights.ts";
import { readTopCallers } from "./top-callers.ts";

// Four agents of 25 calls each: Ana wins most and talks least.

const stage = stageInsights(async () => {
  await stage.arrive(["ana", "ben", "cleo", "dan"].flatMap(callsOf));
  await stage.put("insights", byId([practice]));
});

function callsOf(agent: string, place: number): Fact[] {
  return Array.from({ length: 25 }, (_, at) => ({
    number: place * 100 + at,
    ...{ agent, team: "north", daysAgo: at % 14, fate: "kept" as const },
    won: at % (place + 2) === 0,
    done: [at % 2 === place % 2, at % 3 === 0],
    metrics: {
      talkShare: 0.3 + place / 10 + (at % 5) / 100,
      paceWpm: 150,
      longestMonologueMs: 30_000 + at * 1_000,
    },
  }));
}

const { agentId, teamId, startedAt } = callOf(callsOf("ana", 0)[1] as Fact);
const practice: Assignment = {
  ...{ id: "assignment-1" as RecordId, rev: 1, createdAt: startedAt, updatedAt: startedAt, kept: [] },
  ...{ kind: "assignment", callId: "c1" as RecordId, leadId: null, agentId, teamId, at: startedAt },
  ...{ byId: "max" as UserId, atMs: 5_000, endMs: 65_000, text: "", practise: "Answer, then ask" },
  ...{ goal: { metric: "talkShare", is: "under", value: 0.5, calls: 3 }, dueOn: "2026-05-30" },
  ...{ example: null, taskId: null, status: "open" },
};

let rows: string[][];
beforeAll(async () => {
  let text = "";
  const run = createExportInsights(stage.ports, async (fileName, written) => {
    text = written;
    return { fileId: "file-1", fileName, sizeBytes: written.length };
  });
  const input = exportInsights.input.parse({ ...everything, byteOrderMark: true });
  expect(await run(input)).toMatchObject({
    value: { fileName: "coaching-2026-04-23-2026-05-20.csv" },
  });
  expect(text.startsWith("\ufeff")).toBe(true);
  rows = Papa.parse<string[]>(text.slice(1)).data;
});

/** The lines of the table whose first columns have these names. */
function tableOf(...heading: string[]): string[][] {
  const from = rows.findIndex((cells) => heading.every((name, at) => cells[at] === name));
  expect(from, heading.join(" ")).toBeGreaterThanOrEqual(0);
  const below = rows.slice(from + 1);
  return below.slice(
    0,
    below.findIndex((cells) => cells.length === 1 && cells[0] === ""),
  );
}

/** To twelve digits, as a spreadsheet has them. */
function text(cell: number | null): string {
  if (cell === null) return "";
  return Math.abs(cell) < 1e-6 ? "0" : String(Number(cell.toPrecision(12)));
}

test("every spread is there, with its bars", async () => {
  const { metrics } = await readDistributions(stage.ports, everything);
  expect(metrics.map(({ metric }) => metric)).toEqual(["talkShare", "longestMonologueMs", "paceWpm"]);
  expect(tableOf("Metric").map(([metric, unit, calls, , half]) => [metric, unit, calls, half])).toEqual(
    metrics.map(({ metric, calls, spread }) => [metric, { talkShare: "share", longestMonologueMs: "ms" }[metric as "talkShare"] ?? "words-per-minute", String(calls), text(spread?.median ?? null)]), // prettier-ignore
  );
  expect(tableOf("Spread of metric")).toEqual(
    metrics.flatMap(({ metric, bins }) =>
      bins.map(({ from, to, calls, share }) => [metric, ...[from, to, calls, share].map(text)]),
    ),
  );
  const counted = tableOf("Spread of metric").filter(([metric]) => metric === "talkShare");
  expect(counted.reduce((sum, [, , , calls]) => sum + Number(calls), 0)).toBe(100);
});

test("so is what top callers do differently", async () => {
  const { top, others, differences } = await readTopCallers(stage.ports, everything);
  expect([top, others]).toEqual([1, 3]);
  const heading = rows.find(([first]) => first === "What top callers do differently");
  expect(heading).toEqual(["What top callers do differently", "1 top callers", "3 others", "effect"]);
  const told = tableOf("What top callers do differently");
  expect(told).toEqual(
    differences.map((one) => [one.label, text(one.top), text(one.others), text(one.effect)]),
  );
  expect(told.find(([label]) => label === "talkShare")?.slice(1, 3)).toEqual(["0.32", "0.52"]);
});

test("so are the checklist and the cards, each against the outcome, and by week and by agent", async () => {
  const { items } = await readAdherence(stage.ports, everything);
  expect(tableOf("Playbook", "checklist item")).toEqual(
    items.map((one) => [
      ...[one.playbookLabel, one.label, String(one.done), String(one.skipped)],
      ...[text(one.outcomeDone), text(one.outcomeSkipped), text(one.gain), one.unsure ? "yes" : "no"],
    ]),
  );
  expect(tableOf("Checklist item by week").map((cells) => [cells[0], cells.length])).toEqual(
    items.map(({ label }) => [label, 2 + 12]),
  );
  const { cards } = await readCards(stage.ports, everything);
  expect(tableOf("Card")).toEqual(
    cards.map((one) => [
      ...[
        one.title,
        one.playbookLabel,
        ...[one.due, one.calls, one.shown, one.dismissed, one.useful, one.notUseful].map(String),
      ],
      ...[text(one.outcomeWith), text(one.outcomeWithout), text(one.gain), one.unsure ? "yes" : "no"],
    ]),
  );
  expect(tableOf("Card by agent")).toHaveLength(cards.reduce((sum, { agents }) => sum + agents.length, 0));
});

test("so are the weeks, the agents, the moments and what is practised", () => {
  expect(tableOf("Week from")).toHaveLength(12);
  expect(tableOf("Agent", "calls").at(-1)?.[0]).toBe("Median");
  expect(tableOf("Moment").length).toBeGreaterThan(3);
  expect(tableOf("Being practised")).toEqual([
    [
      "Answer, then ask",
      "ana",
      "2026-05-30",
      "talkShare",
      "under",
      "0.5",
      "3",
      expect.any(String),
      expect.any(String),
    ],
  ]);
});
