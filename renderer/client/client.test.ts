import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Timers } from "../../shared/result/ports.ts";
import { connectClient } from "../../shared/rpc/client.ts";
import { command, query } from "../../shared/rpc/define.ts";
import type { FrameUp } from "../../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../../shared/rpc/pipe.ts";
import { askOnce } from "./ask-once.ts";
import { shareLiveQueries } from "./live-queries.ts";
import { openSocketPipe } from "./socket-pipe.ts";
import type { SocketLike } from "./socket-pipe.ts";

const save = command("save", { input: z.object({ text: z.string() }), output: z.number() });
const list = query("list", { input: z.object({ page: z.number() }), output: z.number() });

/** A pipe whose other end the test plays. */
function playPipe() {
  const sent: FrameUp[] = [];
  let tell: (signal: PipeSignal) => void = () => {};
  const pipe: Pipe = {
    request: (frame) => void sent.push(frame),
    subscribe(listener) {
      tell = listener;
      return () => (tell = () => {});
    },
  };
  return { pipe, sent, tell: (signal: PipeSignal) => tell(signal) };
}

/** Timers that the test moves. */
function playTimers() {
  let now = 0;
  const pending = new Map<number, { at: number; task: () => void }>();
  let last = 0;
  const timers: Timers = {
    after(delayMs, task) {
      last += 1;
      const id = last;
      pending.set(id, { at: now + delayMs, task });
      return () => void pending.delete(id);
    },
  };
  const advance = (byMs: number) => {
    now += byMs;
    for (const [id, { at, task }] of pending) {
      if (at > now) continue;
      pending.delete(id);
      task();
    }
  };
  return { timers, advance, pending };
}

describe("a client", () => {
  test("keeps commands until the pipe is up and gives up on them after a while", async () => {
    const { pipe, sent, tell } = playPipe();
    const { timers, advance } = playTimers();
    const client = connectClient(pipe, { timers, maxWaitMs: 1_000 });
    const abandoned = client.call(save, { text: "one" });
    advance(1_001);
    expect(await abandoned).toMatchObject({ ok: false, error: { code: "busy" } });
    const kept = client.call(save, { text: "two" });
    expect(sent).toEqual([]);
    tell({ t: "up" });
    expect(sent).toEqual([{ t: "call", id: 2, name: "save", input: { text: "two" } }]);
    advance(10_000);
    tell({ t: "result", id: 2, value: 5 });
    expect(await kept).toEqual({ ok: true, value: 5 });
  });

  test("treats an `up` without a `down` as another replica", async () => {
    const { pipe, sent, tell } = playPipe();
    const client = connectClient(pipe);
    tell({ t: "up" });
    const call = client.call(save, { text: "one" });
    client.watch(list, { page: 1 }, () => {});
    tell({ t: "up" });
    expect(await call).toMatchObject({ error: { code: "cancelled" } });
    expect(sent.map(({ t }) => t)).toEqual(["call", "watch", "watch"]);
  });

  test("answers a query once, with what is so when it is asked, and asks no more", async () => {
    const { pipe, sent, tell } = playPipe();
    const client = connectClient(pipe);
    tell({ t: "up" });
    const first = askOnce(client, list, { page: 1 });
    tell({ t: "value", id: 1, value: 7 });
    expect(await first).toBe(7);
    const later = askOnce(client, list, { page: 1 });
    tell({ t: "value", id: 2, value: 8 });
    expect(await later).toBe(8);
    const refused = askOnce(client, list, { page: 2 });
    tell({ t: "failed", id: 3, error: { code: "busy", message: "Not now." } });
    expect(await refused).toBeUndefined();
    await expect.poll(() => sent.map(({ t, id }) => `${t} ${id}`)).toEqual([1, 2, 3].flatMap((id) => [`watch ${id}`, `unwatch ${id}`])); // prettier-ignore
  });

  test("says how the connection is, and when that changes", () => {
    const { pipe, tell } = playPipe();
    const client = connectClient(pipe);
    const seen: string[] = [client.connection()];
    client.onConnection(() => seen.push(client.connection()));
    tell({ t: "up" });
    tell({ t: "down" });
    tell({ t: "down" });
    tell({ t: "up" });
    tell({ t: "shut-out" });
    tell({ t: "down" });
    tell({ t: "shut-out" });
    tell({ t: "up" });
    expect(seen).toEqual(["connecting", "open", "lost", "open", "lost", "shut-out", "open"]);
  });
});

describe("shared live queries", () => {
  let played: ReturnType<typeof playPipe>;
  let clock: ReturnType<typeof playTimers>;
  let queries: ReturnType<typeof shareLiveQueries>;
  beforeEach(() => {
    played = playPipe();
    clock = playTimers();
    queries = shareLiveQueries(connectClient(played.pipe), clock.timers, 1_000);
    played.tell({ t: "up" });
  });

  test("ask once for all who ask the same", () => {
    const seen: unknown[] = [];
    const one = queries.open(list, { page: 1 });
    const other = queries.open(list, { page: 1 });
    one.subscribe(() => seen.push(one.state().value));
    other.subscribe(() => seen.push(other.state().value));
    expect(played.sent).toHaveLength(1);
    played.tell({ t: "value", id: 1, value: 7 });
    expect(seen).toEqual([7, 7]);
  });

  test("keep the last answer for a moment after nobody looks, and then let go", () => {
    const query = queries.open(list, { page: 1 });
    const leave = query.subscribe(() => {});
    played.tell({ t: "value", id: 1, value: 7 });
    leave();
    clock.advance(999);
    const back = queries.open(list, { page: 1 });
    expect(back.state().value).toBe(7);
    back.subscribe(() => {})();
    clock.advance(1_001);
    expect(played.sent.map(({ t }) => t)).toEqual(["watch", "unwatch"]);
    expect(queries.open(list, { page: 1 }).state().value).toBeUndefined();
  });

  test("keep the last answer beside an error, until the next answer", () => {
    const query = queries.open(list, { page: 1 });
    query.subscribe(() => {});
    played.tell({ t: "value", id: 1, value: 7 });
    played.tell({ t: "failed", id: 1, error: { code: "busy", message: "later" } });
    expect(query.state()).toMatchObject({ value: 7, error: { code: "busy" } });
    played.tell({ t: "value", id: 1, value: 8 });
    expect(query.state()).toEqual({ value: 8, error: undefined });
  });
});

/** Sockets that meet what a test tells them, newest last. */
function playSockets() {
  const sockets: SocketLike[] = [];
  const openSocket = () => {
    const socket: SocketLike = { send() {}, close() {}, onopen: null, onmessage: null, onclose: null };
    sockets.push(socket);
    return socket;
  };
  return { sockets, openSocket };
}

describe("a pipe over a WebSocket", () => {
  test("tries again, at growing intervals with a limit, and at once after it was up", () => {
    const clock = playTimers();
    const { sockets, openSocket } = playSockets();
    openSocketPipe("ws://desk", { timers: clock.timers, random: () => 1, openSocket });
    const delays: number[] = [];
    for (let failure = 0; failure < 8; failure += 1) {
      const before = sockets.length;
      sockets.at(-1)?.onclose?.();
      for (let waitedMs = 0; sockets.length === before; waitedMs += 100) {
        clock.advance(100);
        if (sockets.length > before) delays.push(waitedMs + 100);
      }
    }
    expect(delays).toEqual([100, 200, 400, 800, 1_600, 3_000, 3_000, 3_000]);
    sockets.at(-1)?.onopen?.();
    sockets.at(-1)?.onclose?.();
    clock.advance(100);
    expect(sockets).toHaveLength(10);
  });

  test("asks after some failures whether it is known still, until it is answered, and says so where it is not", async () => {
    const clock = playTimers();
    const { sockets, openSocket } = playSockets();
    const answers = [() => Promise.reject(new Error("nobody listens")), () => Promise.resolve(true), () => Promise.resolve(false)]; // prettier-ignore
    let asked = 0;
    const askIn = () => {
      asked += 1;
      return answers.shift()?.() ?? Promise.resolve(false);
    };
    const pipe = openSocketPipe("ws://desk", { timers: clock.timers, random: () => 1, openSocket, askIn });
    const told: string[] = [];
    pipe.subscribe(({ t }) => told.push(t));
    const fail = async (times: number) => {
      for (let failure = 0; failure < times; failure += 1) {
        sockets.at(-1)?.onclose?.();
        clock.advance(3_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await fail(3);
    expect([asked, told]).toEqual([0, []]);
    await fail(3);
    expect([asked, told]).toEqual([3, ["shut-out"]]);
    await fail(3);
    expect([asked, told]).toEqual([3, ["shut-out"]]);
    sockets.at(-1)?.onopen?.();
    await fail(4);
    expect([asked, told]).toEqual([4, ["shut-out", "up", "down", "shut-out"]]);
  });
});
