import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";
import {
  askWhetherWipedEveryMs,
  nextSync,
  type SyncEffect,
  type SyncEvent,
  type SyncState,
  type Surroundings,
} from "./sync-machine.ts";

const around: Surroundings = { now: 1_000, random: () => 0.5, collections: ["settings", "leads", "tasks"] };

function run(events: readonly SyncEvent[], from: SyncState = { phase: "idle" }) {
  const effects: SyncEffect[] = [];
  let state = from;
  for (const event of events) {
    const step = nextSync(state, event, around);
    state = step.state;
    effects.push(...step.effects);
  }
  return { state, effects };
}
const live: SyncEvent[] = [
  { type: "start" },
  { type: "opened" },
  { type: "pulled" },
  { type: "pushed", more: false },
];

test("[STREAM-3] the stream opens first, then everything is pulled, and what waits is sent", () => {
  expect(run([{ type: "start" }]).effects).toEqual([{ do: "connect" }]);
  expect(run([{ type: "start" }, { type: "opened" }]).effects.slice(1)).toEqual([
    { do: "pull", collections: around.collections },
    { do: "push" },
  ]);
});

test("what happens during a pull or a push is done after it, once", () => {
  const { state, effects } = run(
    [
      { type: "behind", collections: ["leads"] },
      { type: "behind", collections: ["tasks", "leads"] },
      { type: "edited" },
      { type: "edited" },
      { type: "pushed", more: false },
      { type: "pulled" },
    ],
    run([{ type: "start" }, { type: "opened" }]).state,
  );
  expect(effects).toEqual([{ do: "push" }, { do: "pull", collections: ["leads", "tasks"] }]);
  expect(state).toMatchObject({ pulling: true, behind: [], push: "sending" });
});

test("[PUSH-7] a failure hangs up and waits, longer each time, until a pull goes through", () => {
  let state = run(live).state;
  const untils: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const step = nextSync(state, { type: "failed", trouble: "500" }, around);
    expect(step.effects[0]).toEqual({ do: "disconnect" });
    if (step.state.phase !== "waiting") throw new Error("not waiting");
    untils.push(step.state.until);
    state = run([{ type: "due" }, { type: "opened" }], step.state).state;
  }
  expect(untils).toEqual([...untils].sort((a, b) => a - b));
  expect(new Set(untils).size).toBe(3);
  expect(state).toMatchObject({ failures: 3 });
  expect(run([{ type: "pulled" }], state).state).toMatchObject({ failures: 0 });
});

const never: SyncEvent = { type: "unopened", trouble: null };
const withoutStream: SyncEvent[] = [{ type: "start" }, never, { type: "due" }, never, { type: "due" }, never];

test("[STREAM-7] after three streams that never opened it asks every ten seconds, and sends at once", () => {
  expect(run(withoutStream.slice(0, -1)).state).toMatchObject({ phase: "connecting", unopened: 2 });
  const polling = run(withoutStream);
  expect(polling.effects.slice(-4)).toEqual([
    { do: "go-without-stream" },
    { do: "pull", collections: around.collections },
    { do: "push" },
    { do: "wait", delayMs: 10_000 },
  ]);
  const quiet = run([{ type: "pulled" }, { type: "pushed", more: false }], polling.state);
  expect(run([{ type: "due" }], quiet.state).effects).toEqual([
    { do: "pull", collections: around.collections },
    { do: "wait", delayMs: 10_000 },
  ]);
  expect(run([{ type: "edited" }], quiet.state).effects).toEqual([{ do: "push" }]);
});

test("[STREAM-7] the stream is tried again every minute; one refusal more is enough to go on asking", () => {
  const minute = Array.from({ length: 5 }, (): SyncEvent[] => [{ type: "due" }, { type: "pulled" }]).flat();
  const quiet: SyncEvent[] = [{ type: "pulled" }, { type: "pushed", more: false }, ...minute];
  const again = run([...withoutStream, ...quiet, { type: "due" }]);
  expect(again.effects.slice(-2)).toEqual([{ do: "disconnect" }, { do: "connect" }]);
  expect(run([never], again.state).state).toMatchObject({ phase: "connected", polls: 1 });
  expect(run([{ type: "opened" }], again.state).state).toMatchObject({ polls: null, unopened: 0 });
});

test("[STREAM-7] a server that answers neither streams nor requests is waited for, longer each time", () => {
  const down = run([...withoutStream, { type: "failed", trouble: null }]);
  expect(down.state).toMatchObject({ phase: "waiting", failures: 3 });
  const later = run([{ type: "due" }, never, { type: "failed", trouble: null }], down.state);
  expect(later.state).toMatchObject({ phase: "waiting", failures: 4 });
});

test("the server may ask for more patience than the back-off", () => {
  const { state } = run([...live, { type: "failed", trouble: null, retryAfterMs: 90_000 }]);
  expect(state).toMatchObject({ phase: "waiting", until: 91_000 });
});

test("who asks for a try while one is under way waits for the next one as after a first failure", () => {
  const failed = { type: "failed", trouble: null } as const;
  const away = Array.from({ length: 8 }, () => [failed, { type: "due" } as const]).flat();
  const trying = run([...live, ...away]);
  expect(trying.state).toMatchObject({ phase: "connecting", failures: 8 });
  expect(run([failed], trying.state).state).toMatchObject({ failures: 9 });
  expect(run([{ type: "now" }, failed], trying.state).state).toMatchObject({ failures: 1 });
});

test("[SES-2] an ended session stops until a person starts it again; a stopping server is only a failure", () => {
  const stopped = run([...live, { type: "ended", why: "revoked" }, { type: "now" }, { type: "due" }]);
  expect(stopped.state).toEqual({ phase: "stopped", why: "revoked" });
  expect(run([{ type: "start" }], stopped.state).effects).toEqual([{ do: "connect" }]);
  expect(run([...live, { type: "ended", why: "server-stopping" }]).state.phase).toBe("waiting");
});

test("[SES-3] who was revoked asks now and then whether more is wanted, and hears of a wipe; nobody else asks", () => {
  const ask = { do: "ask-whether-wiped" };
  const later = { do: "wait", delayMs: askWhetherWipedEveryMs };
  const revoked = run([...live, { type: "ended", why: "revoked" }]);
  expect(revoked.effects.slice(-2)).toEqual([{ do: "disconnect" }, later]);
  for (const type of ["due", "now", "woke"] as const)
    expect(run([{ type }], revoked.state)).toEqual({ state: revoked.state, effects: [ask, later] });
  expect(run([{ type: "ended", why: "revoked" }], revoked.state)).toEqual({ state: revoked.state, effects: [] }); // prettier-ignore
  const wiped: SyncState = { phase: "stopped", why: "wiped" };
  expect(run([{ type: "ended", why: "wiped" }], revoked.state)).toEqual({ state: wiped, effects: [{ do: "disconnect" }] }); // prettier-ignore
  for (const why of ["wiped", "update-required"] as const)
    expect(run([{ type: "due" }, { type: "now" }, { type: "ended", why: "wiped" }], { phase: "stopped", why })).toEqual({ state: { phase: "stopped", why }, effects: [] }); // prettier-ignore
});

test("[STREAM-10] who has slept hangs up and begins anew at once, whatever was going on; paused and ended stay so", () => {
  const again = [{ do: "disconnect" }, { do: "connect" }];
  expect(run([{ type: "woke" }], run(live).state).effects).toEqual(again);
  expect(run([{ type: "woke" }], run([{ type: "start" }]).state).effects).toEqual(again);
  const waiting = run([...live, { type: "failed", trouble: null, retryAfterMs: 90_000 }]).state;
  expect(run([{ type: "woke" }], waiting)).toEqual({
    state: { phase: "connecting", failures: 0, unopened: 0, trouble: null },
    effects: [{ do: "connect" }],
  });
  const resting: SyncEvent[] = [{ type: "pause" }, { type: "ended", why: "update-required" }];
  for (const rest of resting) expect(run([{ type: "woke" }], run([...live, rest]).state).effects).toEqual([]);
});

test("paused stays paused whatever happens, and resumes at once", () => {
  const paused = run([
    ...live,
    { type: "pause" },
    { type: "edited" },
    { type: "due" },
    { type: "failed", trouble: null },
  ]);
  expect(paused.state).toEqual({ phase: "paused" });
  expect(run([{ type: "resume" }], paused.state).effects).toEqual([{ do: "connect" }]);
});

const anyEvent: fc.Arbitrary<SyncEvent> = fc.oneof(
  ...(["start", "pause", "resume", "now", "woke", "due", "opened", "pulled", "edited"] as const).map((type) =>
    fc.constant<SyncEvent>({ type }),
  ),
  fc.boolean().map((more): SyncEvent => ({ type: "pushed", more })),
  fc.subarray([...around.collections]).map((collections): SyncEvent => ({ type: "behind", collections })),
  fc.constant<SyncEvent>({ type: "failed", trouble: null }),
  fc.constant<SyncEvent>(never),
  fc.constantFrom("revoked", "server-stopping" as const).map((why): SyncEvent => ({ type: "ended", why })),
);

test("whatever happens: at most one pull and one push, only while connected, and nothing owed is forgotten", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: SyncState = { phase: "idle" };
      let pulls = 0;
      let pushes = 0;
      let owed = new Set<string>();
      for (const event of events) {
        // The driver reports only what it has under way.
        if (event.type === "pulled" && pulls === 0) continue;
        if (event.type === "pushed" && pushes === 0) continue;
        const connected = state.phase === "connected";
        if (event.type === "pulled") pulls -= 1;
        if (event.type === "pushed") pushes -= 1;
        if (event.type === "behind" && connected) owed = new Set([...owed, ...event.collections]);
        if (event.type === "now" && connected) owed = new Set(around.collections);
        const step = nextSync(state, event, around);
        for (const effect of step.effects) {
          if (effect.do === "push") pushes += 1;
          if (effect.do === "pull") {
            pulls += 1;
            for (const name of effect.collections) owed.delete(name);
          }
          if (effect.do === "disconnect" || effect.do === "go-without-stream") {
            [pulls, pushes] = [0, 0];
            owed.clear();
          }
        }
        state = step.state;
        expect(pulls).toBeLessThanOrEqual(1);
        expect(pushes).toBeLessThanOrEqual(1);
        if (state.phase !== "connected") expect([pulls, pushes]).toEqual([0, 0]);
        else {
          expect(pulls).toBe(state.pulling ? 1 : 0);
          expect(pushes).toBe(state.push === "none" ? 0 : 1);
          expect([...owed].sort()).toEqual([...state.behind].sort());
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("back-off grows to a limit, with jitter, and is never nothing", () => {
  const longest = [1, 2, 3, 20].map((failures) => backOffMs(failures, () => 1));
  expect(longest).toEqual([1_100, 2_100, 4_100, 60_100]);
  expect(backOffMs(5, () => 0)).toBe(100);
  expect(backOffMs(1, () => 0, 30_000)).toBe(30_000);
});
