import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { readAdherence } from "../../../main/replica/insights/adherence.ts";
import { readCallsBehind } from "../../../main/replica/insights/calls-behind.ts";
import { callFacts } from "../../../main/replica/insights/call-facts.ts";
import { readCards } from "../../../main/replica/insights/cards.ts";
import { readDistribution } from "../../../main/replica/insights/distribution.ts";
import { readMoments } from "../../../main/replica/insights/moments.ts";
import { readOverview } from "../../../main/replica/insights/overview.ts";
import { forgetWords, keepWords } from "../../../main/replica/insights/said-words.ts";
import type { InsightPorts } from "../../../main/replica/insights/scope.ts";
import { createSearchTranscripts } from "../../../main/replica/insights/search-transcripts.ts";
import { readTopCallers } from "../../../main/replica/insights/top-callers.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Client } from "../../../shared/rpc/client.ts";
import {
  insightAdherence,
  insightCallsBehind,
  insightCards,
  insightDistribution,
  insightMoments,
  insightOverview,
  insightTopCallers,
  readAhead,
  searchTranscripts,
} from "../../../shared/rpc/contract/insights.ts";
import { session, signInDemo } from "../../../shared/rpc/contract/session.ts";
import { until } from "../../processes/desk.ts";
import { openLab, untilLive, untilSignedIn, type Lab } from "../lab.ts";
import { median, withFloor, type Bench, type BenchOptions, type Measurement } from "../measurement.ts";
import { measureBlocks } from "./insight-visits.ts";
import { fillReplica, listReplicas, openFolderOf, size, tableOf } from "./insights-replica.ts";

const max = "demo-max" as UserId;
/** Everything that is there, which is more than anybody looks at. */
const everything = {
  ...{ teamId: null, agentId: null, days: 364, against: "before" as const },
  ...{ playbook: "", version: 0, outcome: "" },
};
const aMonth = { ...everything, days: 28 };
const nothing = { text: "zebra", speaker: null };
const bar = { of: "metric", metric: "talkShare", step: 10 } as const;
/** Of what nobody said, in all calls, as it is when Insights has been open for a while. */
const wholeSearch = "search of all calls, read ahead";
type Times = Record<string, number>;

/** Each dashboard of a manager with 20,000 calls and a million segments, from the question to its answer in a window. */
export const insights: Bench = {
  ids: ["insights.max", "insights.window-block"],
  async run(options) {
    const lab = await openLab(options.folder, 1_000, options.log);
    const dataDir = join(options.folder, "manager-desk");
    try {
      const replica = await signInMax(lab, dataDir);
      const floors = await fillAndMeasureFloors(dataDir, replica, options);
      return await measureDesk(lab, dataDir, floors, options);
    } finally {
      await lab.close();
    }
  },
};

/** @returns the folder that the manager's replica has come to have */
async function signInMax(lab: Lab, dataDir: string): Promise<string> {
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  await untilSignedIn(window);
  const before = await listReplicas(dataDir);
  await window.call(signInDemo, { userId: max });
  await until(
    window,
    session,
    {},
    ({ session: state }) => state.state === "signed-in" && state.person.userId === max,
  );
  await untilLive(window);
  window.close();
  await desk.close();
  const added = (await listReplicas(dataDir)).find((name) => !before.includes(name));
  if (added === undefined) throw new Error("the manager has no replica");
  return added;
}

async function fillAndMeasureFloors(
  dataDir: string,
  replica: string,
  { runs, log }: BenchOptions,
): Promise<Times> {
  const db = await openFolderOf(dataDir, replica);
  const startedMs = performance.now();
  await fillReplica(db, Date.now() - 3_600_000);
  log(`filled in ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
  const floors: Times = {};
  const measure = async (name: string, statements: readonly Statement[]) => {
    floors[name] = median(await time(runs, () => runAll(db, statements)));
  };
  for (const [name, statements] of Object.entries(await collectStatements(db)))
    await measure(name, statements);
  await keepAllWords(db);
  await measure(wholeSearch, await collectSaid(db, (ports) => searchOnce(ports, everything)));
  await forgetWords(portsOn(db, () => {}).replica.reads);
  await db.close();
  return floors;
}

async function keepAllWords(db: PGlite): Promise<void> {
  const { reads } = portsOn(db, () => {}).replica;
  const calls = await reads.sql<{ id: string }>(`select distinct call_id as id from ${callFacts}`);
  for (let at = 0; at < calls.length; at += 100)
    await keepWords(reads, calls.slice(at, at + 100).map(({ id }) => id)); // prettier-ignore
}

type Statement = { text: string; parameters: unknown[] };

/** What the app would say to the database, to be said to it again with nothing around. */
async function collectStatements(db: PGlite): Promise<Record<string, Statement[]>> {
  const collect = (read: (ports: InsightPorts, scope: typeof everything) => Promise<unknown>) =>
    collectSaid(db, (ports) => read(ports, everything));
  return {
    overview: await collect(readOverview),
    adherence: await collect(readAdherence),
    distribution: await collect((ports, scope) => readDistribution(ports, { ...scope, metric: "talkShare" })),
    "calls behind a bar": await collect((ports, scope) => readCallsBehind(ports, { ...scope, behind: bar })),
    "top callers": await collect(readTopCallers),
    cards: await collect(readCards),
    moments: await collect(readMoments),
    search: await collect((ports) => searchOnce(ports, aMonth)),
  };
}

async function collectSaid(db: PGlite, ask: (ports: InsightPorts) => Promise<unknown>): Promise<Statement[]> {
  const said: Statement[] = [];
  await ask(portsOn(db, (statement) => said.push(statement)));
  return said;
}

function searchOnce(ports: InsightPorts, scope: typeof everything): Promise<void> {
  return new Promise((resolve, reject) => {
    createSearchTranscripts(ports)({ ...scope, ...nothing }, ({ done }) => done && resolve(), reject);
  });
}

function portsOn(db: PGlite, note: (statement: Statement) => void): InsightPorts {
  const sql = async (text: string, parameters: readonly unknown[] = []) => {
    note({ text, parameters: [...parameters] });
    return (await db.query(text, [...parameters])).rows;
  };
  const getAll = async (collection: "insights" | "leads", ids: readonly string[]) => {
    const text = `select doc || jsonb_build_object('id', id) as doc from ${tableOf(collection)} where id = any($1::text[])`;
    const rows = (await sql(text, [ids])) as { doc: { id: string } }[];
    return new Map(rows.map(({ doc }) => [doc.id, doc]));
  };
  return {
    replica: { me: { userId: max, role: "manager", teamIds: [] }, reads: { sql, getAll, table: tableOf } },
    settings: {
      business: () => ({ timeZone: "America/Chicago" }),
      dispositions: () => [{ key: "tour-booked", followUp: false }],
      scorecards: () => [],
      playbooks: () => [],
    },
    clock: { now: Date.now },
  } as unknown as InsightPorts;
}

async function runAll(db: PGlite, statements: readonly Statement[]): Promise<void> {
  for (const { text, parameters } of statements) await db.query(text, parameters);
}

async function measureDesk(
  lab: Lab,
  dataDir: string,
  floors: Times,
  { runs, log }: BenchOptions,
): Promise<Measurement[]> {
  const desk = await lab.openDesk(dataDir);
  const window = await desk.openWindow();
  try {
    await untilLive(window);
    const times = await measureDashboards(window, runs);
    const { unread, aheadMs, read } = await measureWholeSearch(window, runs);
    times[wholeSearch] = read;
    for (const [name, ms] of Object.entries(times)) log(`${name} ${ms.toFixed(0)} ms`);
    const [slowest = "", value = Number.NaN] =
      Object.entries(times).toSorted(([, a], [, b]) => b - a)[0] ?? [];
    const note = [
      `${slowest}; a search for nothing in all ${size.calls} calls ${read.toFixed(0)} ms`,
      `${unread.toFixed(0)} before they were read ahead, which took ${(aheadMs / 1_000).toFixed(1)} s beside it`,
    ].join(", ");
    const blocks = await measureBlocks(desk.address, runs);
    const floor = floors[slowest] ?? Number.NaN;
    return [
      withFloor({ id: "insights.max", value, unit: "ms", reach: "< 500", runs, note }, floor),
      blockMeasurement(blocks, runs),
    ];
  } finally {
    window.close();
    await desk.close();
  }
}

/** Of the dashboard that holds the window longest. */
function blockMeasurement(
  { drawn, idle }: Awaited<ReturnType<typeof measureBlocks>>,
  runs: number,
): Measurement {
  const each = Object.entries(drawn).toSorted(([, a], [, b]) => b - a);
  const value = each[0]?.[1] ?? Number.NaN;
  const note = each.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join("; ");
  return withFloor({ id: "insights.window-block", value, unit: "ms", reach: "< 50", runs, note }, idle);
}

/** Medians, in ms. */
async function measureDashboards(window: Client, runs: number): Promise<Times> {
  const asked: Record<string, () => Promise<unknown>> = {
    overview: () => until(window, insightOverview, everything, () => true),
    adherence: () => until(window, insightAdherence, everything, () => true),
    distribution: () =>
      until(window, insightDistribution, { ...everything, metric: "talkShare" }, () => true),
    "calls behind a bar": () => until(window, insightCallsBehind, { ...everything, behind: bar }, () => true),
    "top callers": () => until(window, insightTopCallers, everything, () => true),
    cards: () => until(window, insightCards, everything, () => true),
    moments: () => until(window, insightMoments, everything, () => true),
    search: () => until(window, searchTranscripts, { ...aMonth, ...nothing }, ({ done }) => done),
  };
  const times: Times = {};
  for (const [name, ask] of Object.entries(asked)) times[name] = median(await time(runs, ask));
  return times;
}

/** Before Insights was opened, and when it has been open for so long that what was said is read. */
async function measureWholeSearch(
  window: Client,
  runs: number,
): Promise<{ unread: number; aheadMs: number; read: number }> {
  const search = () => until(window, searchTranscripts, { ...everything, ...nothing }, ({ done }) => done);
  const unread = median(await time(runs, search));
  const [aheadMs = Number.NaN] = await time(1, () => until(window, readAhead, {}, ({ ready }) => ready));
  return { unread, aheadMs, read: median(await time(runs, search)) };
}

async function time(runs: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const startedMs = performance.now();
    await work();
    taken.push(performance.now() - startedMs);
  }
  return taken;
}
