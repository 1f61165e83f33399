import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { systemTimers } from "../../shared/result/ports.ts";
import { err, ok } from "../../shared/result/result.ts";
import { createBulk, type BulkWork } from "../../sync-server/ai/bulk/index.ts";
import type {
  BrokeOff,
  Completed,
  Generated,
  Guard,
  ModelProvider,
  Question,
} from "../../sync-server/ai/index.ts";
import { nobodyKnown } from "../../sync-server/ai/safety/hide-personal-data.ts";
import { createLedger } from "../../sync-server/ai/ledger/index.ts";
import { inSystem, rowsOf, schema, type Database } from "../../sync-server/database/index.ts";
import { failed } from "../../sync-server/providers/wire/failure.ts";
import { unaskedProvider } from "./sample-attempt.ts";
import { routeOf } from "./stage-gateway.ts";
import { withoutWaiting } from "./without-limits.ts";

type Input = { words: string };
type Output = { text: string };
type Submit = NonNullable<ModelProvider["batches"]>["submit"];
type Read = NonNullable<ModelProvider["batches"]>["read"];
type Find = NonNullable<ModelProvider["batches"]>["find"];

const tenantId = "north";
const perQuestion = { inputTokens: 100, outputTokens: 50 };
/** In billionths: a question at full price costs 100 × 2 + 50 × 4 thousandths of that. */
const price = { input: 2_000_000, output: 4_000_000 };
const halfOfOne = 200_000;
const noUse = { inputTokens: 0, outputTokens: 0 };

/** What is asked together, on one kind of database. */
export function bulkSuite(open: () => Promise<Database>): void {
  let db: Database;
  let nowMs = 0;
  let stops: (() => Promise<void>)[] = [];
  /** What there is to ask, and what came of it. */
  let words: Map<string, string>;
  let taken: Map<string, Generated<Output>>;
  let alone: string[];
  let brokeOff: Record<string, BrokeOff | null>;
  let sent: (readonly { key: string; question: Question }[])[];
  let cancelled: string[];

  beforeAll(async () => {
    db = await open();
  });
  beforeEach(() => {
    nowMs = Date.parse("2026-11-21T12:00:00Z");
    words = new Map();
    taken = new Map();
    [alone, sent, cancelled, brokeOff] = [[], [], [], {}];
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
    await db.transaction((tx) => tx.execute(sql`TRUNCATE ai_limits, ai_counters, ai_requests, ai_batches, jobs CASCADE`)); // prettier-ignore
  });
  afterAll(() => db.close());

  const work: BulkWork<Input, Output> = {
    task: {
      // Any prompt that there is: what it says is not what is tested.
      ...{ name: "coaching.card", promptVersion: 1, feature: "coaching", difficulty: "hard" },
      ...{ priority: "background", personalData: "hidden", sameForMs: 0, timeoutMs: 1_000 },
      maxOutputTokens: perQuestion.outputTokens,
      schema: z.strictObject({ text: z.string() }),
      dataOf: ({ words: said }) => ({ said }),
      knownIn: () => ({ ...nobodyKnown, people: ["Ada Lovelace"] }),
      byRules: () => ({ text: "rules" }),
    },
    async read(_, key) {
      const said = words.get(key);
      return said === undefined ? null : { words: said };
    },
    take: async (_, key, __, answer) => void taken.set(key, answer),
    async askAlone(_, key, why) {
      alone.push(key);
      brokeOff[key] = why;
    },
  };

  const says = (text: string, stoppedBy: Completed["stoppedBy"] = "end") =>
    ok({ text, usage: { inputTokens: 80, outputTokens: 20 }, stoppedBy });
  /** Every question gets what `answer` says to what stands in it; null = nothing. */
  const answering =
    (answer: (question: string) => ReturnType<typeof says> | ReturnType<typeof failed> | null): Read =>
    async (name) => {
      const batch = sent[Number(name)] ?? expect.fail("nobody sent that");
      const answers = batch.map(({ key, question }) => [key, answer(question.messages.at(-1)?.text ?? "")] as const); // prettier-ignore
      return ok({
        state: "done",
        answers: new Map(answers.flatMap(([key, one]) => (one ? [[key, one]] : []))),
      });
    };
  const submits: Submit = async (_mark, questions) => ok(String(sent.push(questions) - 1));
  const allWell = answering(() => says('{"text":"fine"}'));

  type Node = {
    submit?: Submit;
    read?: Read;
    find?: Find;
    batches?: false;
    gatherMs?: number;
    guard?: Guard;
    isOffered?: () => boolean;
  };
  /** One server: another one begun later finds what it left behind. */
  const startNode = async ({
    submit = submits,
    read = allWell,
    find = async () => ok({ state: "none" }),
    batches,
    gatherMs = 0,
    guard = withoutWaiting,
    isOffered = () => true,
  }: Node = {}) => {
    // prettier-ignore
    const clock = { now: () => nowMs };
    const log = { warn: () => {} };
    const ledger = await createLedger({ db, clock, timers: systemTimers, log });
    const cancel = async (name: string) => (cancelled.push(name), ok(null));
    const provider: ModelProvider = {
      ...unaskedProvider,
      countTokens: () => perQuestion.inputTokens,
      batches: batches === false ? null : { submit, read, find, cancel },
    };
    const bulk = createBulk({
      ...{ db, clock, ledger, log, guard, timers: systemTimers, random: () => 0.5 },
      catalogue: {
        routesOf: async ({ role }) => (role === "large" && isOffered() ? [routeOf(provider, { price })] : []),
      },
      times: { gatherMs, lookEveryMs: 1 },
    });
    bulk.does(work);
    await bulk.start();
    stops.push(ledger.stop, bulk.stop);
    return { ...bulk, ledger };
  };
  const ask = async (bulk: Awaited<ReturnType<typeof startNode>>, asked: Record<string, string>) => {
    for (const [key, said] of Object.entries(asked)) {
      words.set(key, said);
      expect(await bulk.add({ tenantId, work: work.task.name, key })).toBe(true);
    }
  };
  const soon = <T>(read: () => T) => expect.poll(read, { interval: 10 });
  const states = () => rowsOf<{ state: string }>(db.owner, sql`SELECT state FROM ai_batches ORDER BY id`);
  /** Time goes on meanwhile. */
  const isOver = () =>
    soon(async () => {
      nowMs += 1_000;
      return (await states()).every(({ state }) => state === "over");
    }).toBe(true);
  const bill = () =>
    rowsOf<{ outcome: string; cost: number }>(
      db.owner,
      sql`SELECT outcome, cost::float8 AS cost FROM ai_requests WHERE source = 'model' ORDER BY id`,
    );
  const counter = () => rowsOf(db.owner, sql`SELECT used::float8 AS used, held::float8 AS held FROM ai_counters`); // prettier-ignore
  const limitTo = (most: number) =>
    inSystem(
      db,
      (tx) =>
      tx.insert(schema.aiLimits).values({ tenantId, id: "l", per: "organisation", measure: "money", period: "month", most }), // prettier-ignore
    );

  test("what is added within a while is asked together, at half the price, and everybody's answer comes to them", async () => {
    await limitTo(1_000_000_000);
    // Its own clock says when they are gathered.
    const bulk = await startNode({ gatherMs: 60_000, read: answering((question) => says(`{"text":${JSON.stringify(/\[\[NAME_1\]\]/u.test(question) ? "Dear [[NAME_1]]" : "fine")}}`)) }); // prettier-ignore
    await ask(bulk, { a: "Ada Lovelace called.", b: "hello", c: "and goodbye" });
    await ask(bulk, { a: "Ada Lovelace called." });
    nowMs += 60_000;
    await isOver();
    expect(sent.map((questions) => questions.length)).toEqual([3]);
    expect(JSON.stringify(sent)).not.toContain("Lovelace");
    expect(
      [...taken].map(([key, { output, by, model }]) => [key, output.text, by, model]).toSorted(),
    ).toEqual([
      ["a", "Dear Ada Lovelace", "model", "model-1"],
      ["b", "fine", "model", "model-1"],
      ["c", "fine", "model", "model-1"],
    ]);
    // 80 tokens in at a millionth, 20 out at two: half of what one by itself costs.
    expect(await bill()).toEqual(Array.from({ length: 3 }, () => ({ outcome: "answered", cost: 120_000 })));
    expect(await counter()).toEqual([{ used: 360_000, held: 0 }]);
    expect(alone).toEqual([]);
  });

  test("a model without batches leaves everything to be asked by itself", async () => {
    const bulk = await startNode({ batches: false });
    words.set("a", "hello");
    expect(await bulk.add({ tenantId, work: work.task.name, key: "a" })).toBe(false);
    expect(await states()).toEqual([]);
  });

  test("what did not come, or not of the form, is asked by itself; what was refused is left to the rules; the rest is taken", async () => {
    const bulk = await startNode({
      gatherMs: 1_000,
      read: answering((question) => {
        if (question.includes("missing")) return null;
        if (question.includes("prose")) return says("no JSON");
        if (question.includes("cut")) return says('{"text":"fi', "length");
        if (question.includes("thought")) return says("", "length");
        return question.includes("refused") ? failed("refused") : says('{"text":"fine"}');
      }),
    });
    await ask(bulk, { a: "missing", b: "prose", c: "refused", d: "fine", e: "gone", f: "cut", g: "thought" });
    words.delete("e");
    nowMs += 1_000;
    await isOver();
    // Each once; what broke off says so, for more room than it had.
    expect(alone.toSorted()).toEqual(["a", "b", "f", "g"]);
    const [modelId, none] = ["model-1", null];
    expect(brokeOff).toEqual({ a: none, b: none, f: { modelId, by: "writing" }, g: { modelId, by: "thinking" } }); // prettier-ignore
    expect(taken.get("c")).toMatchObject({ output: { text: "rules" }, instead: { code: "refused" } });
    expect(taken.get("d")).toMatchObject({ output: { text: "fine" } });
    expect([...taken.keys()].toSorted()).toEqual(["c", "d"]);
    expect((await bill()).map(({ outcome, cost }) => [outcome, cost])).toEqual([
      ["timed-out", 0],
      ["invalid", 120_000],
      ["refused", halfOfOne],
      ["answered", 120_000],
      ["invalid", 120_000],
      ["invalid", 120_000],
    ]);
  });

  test("an answer to what has changed meanwhile is none: it is paid, and asked anew", async () => {
    const read: Read = async (name, signal) => {
      words.set("a", "something else");
      return allWell(name, signal);
    };
    await ask(await startNode({ read }), { a: "hello" });
    await isOver();
    expect([taken.size, alone]).toEqual([0, ["a"]]);
    expect(await bill()).toEqual([{ outcome: "answered", cost: 120_000 }]);
  });

  test("what finds no room in the budget is told so, and what fits is asked", async () => {
    await limitTo(halfOfOne);
    const bulk = await startNode({ gatherMs: 1_000 });
    await ask(bulk, { a: "hello", b: "hello again" });
    nowMs += 1_000;
    await isOver();
    expect(sent.map((questions) => questions.length)).toEqual([1]);
    expect([taken.get("a")?.instead, taken.get("b")?.instead?.code]).toEqual([null, "limited"]);
    expect(await counter()).toEqual([{ used: 120_000, held: 0 }]);
  });

  test("a server that dies before it has sent anything holds nothing back twice, and the next one sends", async () => {
    await limitTo(1_000_000_000);
    const dying = await startNode({ gatherMs: 1_000 });
    await ask(dying, { a: "hello", b: "hello again" });
    const { reserve } = dying.ledger;
    let reserved = 0;
    Object.assign(dying.ledger, {
      reserve: async (...of: Parameters<typeof reserve>) => {
        reserved += 1;
        if (reserved === 2) throw new Error("it died here");
        return reserve(...of);
      },
    });
    nowMs += 1_000;
    await soon(() => reserved).toBeGreaterThan(1);
    await dying.stop();
    nowMs += 60_000;
    await startNode();
    await isOver();
    expect(sent.map((questions) => questions.length)).toEqual([2]);
    expect(await counter()).toEqual([{ used: 240_000, held: 0 }]);
    expect(await bill()).toHaveLength(2);
  });

  /** A server dies, a connection ends, a proxy gives up: each after the provider has it. */
  const lostAnswers: [string, () => ReturnType<Submit>][] = [
    ["a dead server", () => Promise.reject(new Error("it died here"))],
    ["a lost connection", async () => failed("cut-off")],
    ["a proxy's 502", async () => failed("failed")],
  ];
  test.each(lostAnswers)(
    "what arrived behind %s is found, and neither sent nor billed twice",
    async (_, lost) => {
      await limitTo(1_000_000_000);
      const submit: Submit = async (mark, questions) => {
        marks.push(mark);
        await submits(mark, questions);
        return lost();
      };
      const marks: string[] = [];
      let looks = 0;
      // It takes a while until it stands in the provider's list.
      const find: Find = async ({ mark, keys }) => {
        looks += 1;
        expect([mark, keys]).toEqual([marks[0], sent[0]?.map(({ key }) => key)]);
        return ok(looks < 3 ? { state: looks < 2 ? "none" : "unclear" } : { state: "found", batch: "0" });
      };
      await ask(await startNode({ submit, find }), { a: "hello" });
      await isOver();
      expect([marks.length, looks]).toEqual([1, 3]);
      expect(taken.get("a")).toMatchObject({ by: "model", output: { text: "fine" } });
      expect(await counter()).toEqual([{ used: 120_000, held: 0 }]);
      expect(await bill()).toEqual([{ outcome: "answered", cost: 120_000 }]);
    },
  );

  test("what never arrived is sent again when it could no longer arrive, and not before", async () => {
    let tries = 0;
    const sentAt: number[] = [];
    const submit: Submit = async (mark, questions) => {
      sentAt.push(nowMs);
      return (tries += 1) === 1 ? failed("failed") : submits(mark, questions);
    };
    await ask(await startNode({ submit }), { a: "hello" });
    // Slowly enough that no day is over while this is waited for: then nothing would be sent any more.
    await soon(() => ((nowMs += 10_000), sent.length)).toBe(1);
    await isOver();
    expect((sentAt[1] ?? 0) - (sentAt[0] ?? 0)).toBeGreaterThanOrEqual(30 * 60_000);
    expect(taken.get("a")).toMatchObject({ by: "model" });
    expect(await bill()).toEqual([{ outcome: "answered", cost: 120_000 }]);
  });

  test("what may have arrived where the provider cannot say so is paid as expected, and the rules answer", async () => {
    await limitTo(1_000_000_000);
    let tries = 0;
    const submit: Submit = async () => ((tries += 1), failed("timed-out"));
    await ask(await startNode({ submit, find: async () => failed("unsupported") }), { a: "hello" });
    await soon(() => ((nowMs += 1_000), taken.get("a")?.instead?.code)).toBe("unavailable");
    await isOver();
    expect([tries, alone]).toEqual([1, []]);
    expect(await counter()).toEqual([{ used: halfOfOne, held: 0 }]);
    expect(await bill()).toEqual([{ outcome: "timed-out", cost: halfOfOne }]);
  });

  test("what waits in line when its server stops was not sent: the next one sends it", async () => {
    await limitTo(1_000_000_000);
    let waiting = 0;
    // As the guard tells whoever leaves the line.
    const run: Guard["run"] = ({ signal }) => {
      waiting += 1;
      return new Promise((resolve) =>
        signal.addEventListener("abort", () => resolve(failed("timed-out", noUse))),
      );
    };
    const leaving = await startNode({ guard: { ...withoutWaiting, run } });
    await ask(leaving, { a: "hello" });
    await soon(() => waiting).toBe(1);
    await leaving.stop();
    await startNode();
    await isOver();
    expect(sent.map((questions) => questions.length)).toEqual([1]);
    expect(taken.get("a")).toMatchObject({ by: "model", output: { text: "fine" } });
    expect(await bill()).toEqual([{ outcome: "answered", cost: 120_000 }]);
  });

  test("of what a part alone went up nothing is paid, and it is sent again", async () => {
    let tries = 0;
    const submit: Submit = async (mark, questions) =>
      (tries += 1) === 1 ? failed("timed-out", noUse) : submits(mark, questions);
    await ask(await startNode({ submit }), { a: "hello" });
    await isOver();
    expect([tries, sent.length]).toEqual([2, 1]);
    expect(await bill()).toEqual([{ outcome: "answered", cost: 120_000 }]);
  });

  test("a provider that has too much to do is asked again; one that lets nobody in is not, and holds nothing back", async () => {
    await limitTo(1_000_000_000);
    const answers = ["busy", "no-access"] as const;
    let tries = 0;
    const submit: Submit = async () => failed(answers[tries++] ?? "no-access");
    await ask(await startNode({ submit }), { a: "hello" });
    await soon(() => ((nowMs += 1_000), alone)).toEqual(["a"]);
    await isOver();
    expect(tries).toBe(2);
    expect(await counter()).toEqual([{ used: 0, held: 0 }]);
  });

  test("one whose model is switched off meanwhile is paid as expected, and everything asked by itself, within minutes", async () => {
    await limitTo(1_000_000_000);
    let [isOn, looks] = [true, 0];
    const read: Read = async () => ((looks += 1), ok({ state: "running" }));
    await ask(await startNode({ read, isOffered: () => isOn }), { a: "hello", b: "and you" });
    await soon(() => ((nowMs += 1_000), looks)).toBeGreaterThan(0);
    const beganMs = nowMs;
    isOn = false;
    await isOver();
    expect(nowMs - beganMs).toBeLessThan(25 * 3_600_000);
    expect(alone.toSorted()).toEqual(["a", "b"]);
    expect(await bill()).toEqual([1, 2].map(() => ({ outcome: "cut-off", cost: halfOfOne })));
    expect(await counter()).toEqual([{ used: 2 * halfOfOne, held: 0 }]);
  });

  test("one that is never answered is cancelled after a day, paid as expected, and the rules answer", async () => {
    await limitTo(1_000_000_000);
    let looks = 0;
    const read: Read = async () => {
      looks += 1;
      return looks === 1 ? err({ code: "failed", message: "", retryAfterMs: null, usage: null }) : ok({ state: "running" }); // prettier-ignore
    };
    await ask(await startNode({ read }), { a: "hello" });
    await soon(() => ((nowMs += 1_000), looks)).toBeGreaterThan(2);
    expect(cancelled).toEqual([]);
    nowMs += 25 * 3_600_000;
    await isOver();
    expect(cancelled).toEqual(["0"]);
    expect(taken.get("a")).toMatchObject({ by: "rules", instead: { code: "unavailable" } });
    expect(await counter()).toEqual([{ used: halfOfOne, held: 0 }]);
  });
}
