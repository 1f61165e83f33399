import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { routeOf } from "../../../testing/ai/stage-gateway.ts";
import { systemClock, systemTimers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { createBuiltInProvider } from "../../providers/built-in/index.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { ProviderFailure } from "../provider-port.ts";
import { createGuard } from "./create-guard.ts";
import type { Turn } from "./lane.ts";

// A provider that says 429 and nothing of when it may be asked again.

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Answer = Result<string, ProviderFailure>;
const provider = createBuiltInProvider();
const route = routeOf(provider);
const busyFor = (retryAfterMs: number | null): Answer =>
  err({ code: "busy", message: "", retryAfterMs, usage: null });
const busy = busyFor(null);
const isBusy = { ok: false, error: { code: "busy" } };

function stage() {
  const guard = createGuard({ clock: systemClock, timers: systemTimers, random: () => 0 });
  /** What was asked, in its order. */
  const asked: string[] = [];
  /** @param answers one after the other; the last one again and again */
  const run = (
    name: string,
    answers: readonly Answer[],
    { on = route, ...turn }: Partial<Turn> & { on?: ModelRoute } = {},
  ): Promise<Answer> => {
    const left = [...answers];
    const { signal } = new AbortController();
    return guard.run({ route: on, tenantId: "t", priority: "background", signal, ...turn }, async () => {
      asked.push(name);
      return (left.length > 1 ? left.shift() : left[0]) as Answer;
    });
  };
  return { guard, asked, run };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test("work that nobody waits for is tried again after pauses that grow", async () => {
  const { run, asked } = stage();
  const answer = run("job", [busy, busy, ok("now")]);
  await pass(0);
  for (const [times, pauseMs] of [
    [1, 1_000],
    [2, 2_000],
  ] as const) {
    await pass(pauseMs - 1);
    expect(asked).toHaveLength(times);
    await pass(1);
    expect(asked).toHaveLength(times + 1);
  }
  expect(await answer).toEqual(ok("now"));
});

test("people are told at once and may ask on; work that nobody waits for comes after the pause, of any model", async () => {
  const { run, asked, guard } = stage();
  expect(await run("person", [busy], { priority: "waiting" })).toMatchObject(isBusy);
  expect(guard.isLaden(route)).toBe(false);
  const waiting = run("job", [ok("job")], { on: routeOf(provider, { modelId: "model-2" }) });
  expect(await run("call", [ok("call")], { priority: "live" })).toEqual(ok("call"));
  await pass(999);
  expect(asked).toEqual(["person", "call"]);
  await pass(1);
  expect(await waiting).toEqual(ok("job"));
});

test("many that are refused at once make one pause, and after an answer pauses are short again", async () => {
  const { run, asked } = stage();
  const jobs = Array.from({ length: 5 }, () => run("job", [busy, ok("")]));
  await pass(0);
  expect(asked).toHaveLength(5);
  await pass(1_000);
  expect(asked).toHaveLength(10);
  expect(await Promise.all(jobs)).toEqual(Array.from({ length: 5 }, () => ok("")));
  const another = run("another", [busy, ok("again")]);
  await pass(1_000);
  expect(await another).toEqual(ok("again"));
});

test("it is given back after six tries, or when its time is over", async () => {
  const { run, asked } = stage();
  const given = run("job", [busy]);
  await pass(31_000);
  expect([await given, asked.length]).toMatchObject([isBusy, 6]);
  const leaving = new AbortController();
  const late = run("late", [busy], { signal: leaving.signal });
  await pass(10);
  leaving.abort();
  expect(await late).toMatchObject({ ok: false, error: { code: "timed-out" } });
  expect(asked).toHaveLength(6);
});

test("who pauses waits also for what somebody else was told meanwhile", async () => {
  const { run, asked } = stage();
  const job = run("job", [busy, ok("job")]);
  await pass(500);
  expect(await run("person", [busyFor(20_000)], { priority: "waiting" })).toMatchObject(isBusy);
  await pass(19_999);
  expect(asked).toEqual(["job", "person"]);
  await pass(1);
  expect(await job).toEqual(ok("job"));
});

test("refused without a time first, it waits as it is told then, and once only", async () => {
  const { run, asked } = stage();
  const job = run("job", [busy, busyFor(20_000), ok("job")]);
  await pass(20_999);
  expect(asked).toHaveLength(2);
  await pass(1);
  expect(await job).toEqual(ok("job"));
  const another = run("another", [busy, busyFor(2_000)]);
  await pass(3_000);
  expect([await another, asked.length]).toMatchObject([isBusy, 6]);
});
