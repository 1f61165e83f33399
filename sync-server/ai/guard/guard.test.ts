import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { routeOf } from "../../../testing/ai/stage-gateway.ts";
import { systemClock, systemTimers } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { createBuiltInProvider } from "../../providers/built-in/index.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { ProviderFailure } from "../provider-port.ts";
import { createGuard } from "./create-guard.ts";
import type { Turn } from "./lane.ts";
import type { GuardLimits } from "./limits.ts";

// Also the libraries' own clocks are stepped: they read the process's.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const provider = createBuiltInProvider();
const route = routeOf(provider);
type Answer = Result<string, ProviderFailure>;

function failing(code: ProviderFailure["code"], retryAfterMs: number | null = null): Answer {
  return err({ code, message: "", retryAfterMs, usage: null });
}

function stage(limits: Partial<GuardLimits> = {}, timers = systemTimers) {
  const guard = createGuard({ clock: systemClock, timers, limits });
  /** What began, in its order. */
  const begun: string[] = [];
  const run = (
    name: string,
    work: () => Promise<Answer> | Answer = () => ok(name),
    { on = route, ...turn }: Partial<Turn> & { on?: ModelRoute } = {},
  ): Promise<Answer> =>
    guard.run(
      { route: on, tenantId: "t", priority: "live", signal: new AbortController().signal, ...turn },
      async () => {
        begun.push(name);
        return await work();
      },
    );
  return { guard, begun, run };
}

/** Everything that can go on without time passing has gone on. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const after = (ms: number, answer: Answer = ok("")) =>
  new Promise<Answer>((resolve) => void setTimeout(() => resolve(answer), ms));
const deadline = (ms: number) => {
  const ending = new AbortController();
  setTimeout(() => ending.abort(new DOMException("", "TimeoutError")), ms);
  return ending.signal;
};
const isCode = (code: ProviderFailure["code"]) => ({ ok: false, error: { code } });

describe("the line", () => {
  test.each([
    ["most of it passed in our own line", 90, null],
    ["its provider had most of it", 30, "unreachable"],
  ])("a time that runs out: %s", async (_, waitsMs, trouble) => {
    const breaker = { outOf: 4, atLeast: 2, halfOpenAfterMs: 60_000 };
    const { guard, begun, run } = stage({ mostAtOnce: 1, breaker });
    for (let times = 0; times < 4; times += 1) {
      const first = run("first", () => after(waitsMs), { on: { ...route, modelId: "other" } });
      const late = run("late", () => after(100 - waitsMs, failing("timed-out")), { signal: deadline(100) });
      await vi.advanceTimersByTimeAsync(100);
      expect(await first).toMatchObject({ ok: true });
      expect(await late).toMatchObject(isCode("timed-out"));
      if (guard.troubleOf(route)) break;
    }
    expect(begun).toContain("late");
    expect(guard.troubleOf(route)?.code ?? null).toBe(trouble);
  });

  test("loses nobody, lets in no more than there is room for, and keeps room from what nobody waits for", async () => {
    const job = fc.record({
      tenantId: fc.constantFrom("a", "b", "c"),
      priority: fc.constantFrom<Turn["priority"]>("live", "waiting", "background"),
      comesMs: fc.nat({ max: 50 }),
      takesMs: fc.nat({ max: 30 }),
      leavesMs: fc.option(fc.nat({ max: 80 }), { nil: null, freq: 3 }),
      throws: fc.boolean(),
    });
    const property = fc.asyncProperty(
      fc.array(job, { maxLength: 40 }),
      fc.integer({ min: 1, max: 4 }),
      async (jobs, mostAtOnce) => {
        // prettier-ignore
        const { run } = stage({ mostAtOnce });
        const running = { all: 0, background: 0 };
        const ended: string[] = [];
        const asked = jobs.map(async ({ comesMs, takesMs, leavesMs, throws, ...turn }, at) => {
          await after(comesMs);
          const leaving = new AbortController();
          if (leavesMs !== null) setTimeout(() => leaving.abort(), leavesMs);
          const isBackground = turn.priority === "background" ? 1 : 0;
          let hasBegun = false;
          const work = async () => {
            hasBegun = true;
            running.all += 1;
            running.background += isBackground;
            expect(running.all).toBeLessThanOrEqual(mostAtOnce);
            expect(running.background).toBeLessThanOrEqual(Math.max(1, mostAtOnce / 2));
            await after(takesMs);
            running.all -= 1;
            running.background -= isBackground;
            ended.push(String(at));
            if (throws) throw new Error(`bug ${at}`);
            return ok(String(at));
          };
          const outcome = await run(String(at), work, { ...turn, signal: leaving.signal }).catch(
            (error) => `${error}`,
          );
          // Who began is heard to the end, and who left in time never began.
          if (hasBegun) expect(outcome).toEqual(throws ? `Error: bug ${at}` : ok(String(at)));
          else expect(outcome).toMatchObject({ ok: false, error: { code: "timed-out" } });
          return hasBegun;
        });
        await vi.advanceTimersByTimeAsync(5_000);
        const begun = await Promise.all(asked);
        expect(ended.length).toBe(begun.filter(Boolean).length);
        expect(begun.every((has, at) => has || jobs[at]?.leavesMs !== null)).toBe(true);
        expect(running).toEqual({ all: 0, background: 0 });
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test("calls go first, then people, then jobs", async () => {
    const { run, begun } = stage({ mostAtOnce: 1 });
    const all = [run("first", () => after(10))];
    for (const priority of ["background", "waiting", "live"] as const)
      for (const at of [1, 2]) all.push(run(`${priority} ${at}`, undefined, { priority }));
    await vi.advanceTimersByTimeAsync(10);
    await Promise.all(all);
    expect(begun).toEqual([
      "first",
      "live 1",
      "live 2",
      "waiting 1",
      "waiting 2",
      "background 1",
      "background 2",
    ]);
  });

  test("one tenant's jobs hold up no other tenant's call", async () => {
    const { run, begun } = stage({ mostAtOnce: 4 });
    for (let at = 0; at < 100; at++)
      void run("job", () => after(60_000), { priority: "background", tenantId: "busy" });
    await settle();
    expect(begun).toEqual(["job", "job"]);
    await run("call", undefined, { tenantId: "other" });
    expect(begun).toEqual(["job", "job", "call"]);
  });

  test("turns away who would have to stand too far back, and one tenant before others", async () => {
    const { run, begun } = stage({ mostAtOnce: 1, mostWaiting: 4 });
    void run("first", () => after(1_000));
    await settle();
    const a = [1, 2].map((at) => run(`a${at}`, undefined, { tenantId: "a" }));
    expect(await run("a3", undefined, { tenantId: "a" })).toMatchObject(isCode("busy"));
    const b = [1, 2].map((at) => run(`b${at}`, undefined, { tenantId: "b" }));
    expect(await run("c1", undefined, { tenantId: "c" })).toMatchObject(isCode("busy"));
    const job = run("job", undefined, { priority: "background" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([...a, ...b, job])).toMatchObject(
      Array.from({ length: 5 }, () => ({ ok: true })),
    );
    expect(begun).toEqual(["first", "a1", "b1", "a2", "b2", "job"]);
  });

  test("who leaves makes room at once, and is not asked for", async () => {
    const { run, begun } = stage({ mostAtOnce: 1, mostWaiting: 2 });
    const first = run("first", () => after(1_000));
    await settle();
    const leaving = new AbortController();
    const left = run("left", undefined, { signal: leaving.signal });
    expect(await run("late", undefined)).toMatchObject(isCode("busy"));
    leaving.abort();
    // Nobody was asked: it is not billed.
    const usage = { inputTokens: 0, outputTokens: 0 };
    expect(await left).toMatchObject({ ok: false, error: { code: "timed-out", usage } });
    const next = run("next");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await Promise.all([first, next])).toMatchObject([{ ok: true }, { ok: true }]);
    expect(begun).toEqual(["first", "next"]);
  });

  test("who leaves while being answered is heard out: it may have been billed", async () => {
    const { run } = stage({ mostAtOnce: 1 });
    const leaving = new AbortController();
    const billed = err({ code: "timed-out", message: "", retryAfterMs: null, usage: { inputTokens: 9, outputTokens: 1 } } as const); // prettier-ignore
    const answer = run("first", () => after(1_000, billed), { signal: leaving.signal });
    await settle();
    leaving.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await answer).toEqual(billed);
  });

  test("says when light models should do what they can", async () => {
    const { guard, run } = stage({ mostAtOnce: 5 });
    expect(guard.isLaden(route)).toBe(false);
    for (let at = 0; at < 4; at++) void run("", () => after(1_000));
    await settle();
    expect([guard.isLaden(route), guard.isLaden(routeOf(provider, { account: "other" }))]).toEqual([
      true,
      false,
    ]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(guard.isLaden(route)).toBe(false);
  });
});

describe("rates", () => {
  test("turn away who would wait long, and say how long; a short wait is waited", async () => {
    const { run, begun } = stage({ requestsPerMinute: 2, tenantRequestsPerMinute: 2 });
    await run("1");
    await run("2");
    expect(await run("3")).toMatchObject({ ok: false, error: { code: "busy", retryAfterMs: 60_000 } });
    await vi.advanceTimersByTimeAsync(58_000);
    const short = run("4");
    await vi.advanceTimersByTimeAsync(1_999);
    expect(begun).toEqual(["1", "2"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await short).toEqual(ok("4"));
  });

  test("are each tenant's own within the account's", async () => {
    const { run } = stage({ requestsPerMinute: 3, tenantRequestsPerMinute: 2 });
    const outcomes = [];
    for (const tenantId of ["a", "a", "a", "b", "b"])
      outcomes.push((await run("", undefined, { tenantId })).ok);
    expect(outcomes).toEqual([true, true, false, true, false]);
    expect(await run("", undefined, { on: routeOf(provider, { account: "other" }) })).toMatchObject({
      ok: true,
    });
  });

  test("leave half of a minute to people, and jobs wait for the next", async () => {
    const { run, begun } = stage({ requestsPerMinute: 4 });
    const jobs = [1, 2, 3].map((at) =>
      run(`job ${at}`, undefined, { priority: "background", signal: deadline(90_000) }),
    );
    await settle();
    await run("person", undefined, { priority: "waiting" });
    expect(begun).toEqual(["job 1", "job 2", "person"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await Promise.all(jobs)).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
  });
});

describe("Retry-After", () => {
  test("is waited for once where it is short; everybody of the account waits", async () => {
    const { run, begun, guard } = stage();
    const answers = [failing("busy", 2_000), ok("now")];
    const first = run("first", () => answers.shift() ?? failing("failed"));
    await settle();
    const second = run("second");
    await vi.advanceTimersByTimeAsync(1_999);
    expect([begun, guard.isLaden(route)]).toEqual([["first"], true]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await Promise.all([first, second])).toEqual([ok("now"), ok("second")]);
    expect(begun.toSorted()).toEqual(["first", "first", "second"]);
  });

  test("is passed on where it is long, and nobody is asked for until then", async () => {
    const { run, begun } = stage();
    const busy = { ok: false, error: { code: "busy", retryAfterMs: 20_000 } };
    expect(await run("first", () => failing("busy", 20_000))).toMatchObject(busy);
    expect(await run("second")).toMatchObject(busy);
    expect(begun).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await run("third")).toMatchObject({ ok: true });
  });

  test("keeps nobody who waits longer than three seconds in all, however often it is said", async () => {
    const { run, begun } = stage();
    const first = run("first", () => failing("busy", 2_000));
    await settle();
    const second = run("second");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await Promise.all([first, second])).toMatchObject([isCode("busy"), isCode("busy")]);
    expect(begun).toEqual(["first", "first"]);
  });

  test("sends nobody away who has waited for all of that, where the timer goes off a little early", async () => {
    const { run, begun } = stage({}, { after: (delayMs, task) => systemTimers.after(delayMs - 1, task) });
    const first = run("first", () => (begun.length === 1 ? failing("busy", 3_000) : ok("first")));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await first).toMatchObject({ ok: true });
  });

  test("is asked for once more only, whatever is said then", async () => {
    const { run, begun } = stage();
    const answer = run("first", () => failing("busy", 1_000));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([await answer, begun]).toMatchObject([isCode("busy"), ["first", "first"]]);
  });

  test("closes an account for ten minutes at most", async () => {
    const { run } = stage();
    await run("first", () => failing("busy", 1e12));
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(await run("second")).toMatchObject({ ok: true });
  });
});

describe("the breaker", () => {
  const failOften = async (
    { run }: ReturnType<typeof stage>,
    answer: Answer,
    own: { signal?: AbortSignal } = {},
  ) => {
    for (let at = 0; at < 5; at++) await run("failing", () => answer, own);
  };

  test.each(["failed", "unreachable", "cut-off"] as const)(
    "leaves a model alone that mostly says “%s”",
    async (code) => {
      const staged = stage();
      await failOften(staged, failing(code));
      const { length } = staged.begun;
      expect(await staged.run("more")).toMatchObject(isCode("unreachable"));
      expect(staged.begun.length).toBe(length);
      const other = routeOf(provider, { modelId: "model-2" });
      expect(await staged.run("other", undefined, { on: other })).toMatchObject({ ok: true });
    },
  );

  test.each(["refused", "too-long", "no-access", "unreadable", "unsupported", "busy"] as const)(
    "counts “%s” for no fault of the provider's",
    async (code) => {
      const staged = stage();
      await failOften(staged, failing(code));
      expect(await staged.run("more")).toMatchObject({ ok: true });
    },
  );

  test("counts who had to wait too long, and not who left", async () => {
    const slow = stage();
    await failOften(slow, failing("timed-out"));
    expect(await slow.run("more")).toMatchObject(isCode("unreachable"));
    const left = stage();
    for (let at = 0; at < 6; at++) {
      const leaving = new AbortController();
      const answer = left.run("left", () => after(10, failing("timed-out")), { signal: leaving.signal });
      await settle();
      leaving.abort();
      await vi.advanceTimersByTimeAsync(10);
      await answer;
    }
    expect(await left.run("more")).toMatchObject({ ok: true });
  });

  test("lets one question try after a while: with an answer all may ask again", async () => {
    const staged = stage();
    await failOften(staged, failing("failed"));
    await vi.advanceTimersByTimeAsync(10_000);
    const trying = staged.run("trying", () => after(100, ok("back")));
    await settle();
    expect(await staged.run("meanwhile")).toMatchObject(isCode("unreachable"));
    await vi.advanceTimersByTimeAsync(100);
    expect(await trying).toEqual(ok("back"));
    expect(await staged.run("again")).toMatchObject({ ok: true });
  });

  test("stays open when the one that tried fails, or left before it knew", async () => {
    const staged = stage();
    await failOften(staged, failing("failed"));
    await vi.advanceTimersByTimeAsync(10_000);
    await staged.run("trying", () => failing("cut-off"));
    expect(await staged.run("more")).toMatchObject(isCode("unreachable"));
    await vi.advanceTimersByTimeAsync(10_000);
    const leaving = new AbortController();
    const left = staged.run("trying", () => after(10, failing("timed-out")), { signal: leaving.signal });
    await settle();
    leaving.abort();
    await vi.advanceTimersByTimeAsync(10);
    await left;
    expect(await staged.run("more")).toMatchObject(isCode("unreachable"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await staged.run("more")).toMatchObject({ ok: true });
  });

  test("is told of before anybody asks, and so is a key that was refused, until the model answers or has another", async () => {
    const { guard, run } = stage();
    expect(guard.troubleOf(route)).toBeNull();
    await run("locked", () => failing("no-access"));
    expect(guard.troubleOf(route)).toMatchObject({ code: "no-access" });
    for (const own of [{ modelId: "another" }, { provider: createBuiltInProvider() }])
      expect(guard.troubleOf(routeOf(provider, own))).toBeNull();
    await run("open again");
    expect(guard.troubleOf(route)).toBeNull();
    await run("pause", () => failing("busy", 60_000));
    expect(guard.troubleOf(route)).toMatchObject({ code: "busy" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(guard.troubleOf(route)).toBeNull();
    await failOften({ guard, run, begun: [] }, failing("failed"));
    expect(guard.troubleOf(route)).toMatchObject({ code: "unreachable" });
  });

  test("stays closed while most goes well", async () => {
    const staged = stage();
    for (let at = 0; at < 40; at++) {
      await staged.run("well");
      await staged.run("failing", () => failing("failed"));
    }
    expect(await staged.run("more")).toMatchObject({ ok: true });
  });
});
