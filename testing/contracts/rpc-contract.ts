import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createRouter } from "../../main/rpc/router.ts";
import type { Router } from "../../main/rpc/router.ts";
import { err, ok } from "../../shared/result/result.ts";
import { connectClient } from "../../shared/rpc/client.ts";
import type { Client } from "../../shared/rpc/client.ts";
import type { FrameDown, FrameUp } from "../../shared/rpc/frames.ts";
import type { PipeSignal } from "../../shared/rpc/pipe.ts";
import type { TestWindow, Transport } from "./rpc-transports.ts";
import { waitFor } from "../wait-for.ts";
import { contract, startReplica } from "./rpc-replica.ts";

/** What every transport between windows and a replica has to do. */
export function describeRpc(transport: Transport): void {
  describe(`RPC over ${transport.name}`, () => {
    let replica: ReturnType<typeof startReplica>;
    let window: TestWindow;
    let client: Client;

    beforeEach(async () => {
      replica = startReplica();
      ({ window, client } = await openWindow(transport, replica.router));
    });
    afterAll(() => transport.close());

    test("a command gets its input parsed, with defaults, and answers", async () => {
      expect(await client.call(contract.double, { number: 21 })).toEqual(ok(42));
      expect(await client.call(contract.nothing, undefined)).toEqual(ok(undefined));
    });

    test("an expected failure arrives as the value it was", async () => {
      const refused = {
        code: "forbidden",
        message: "Only a manager may do that.",
        details: { role: "agent" },
      };
      expect(await client.call(contract.refuse, {})).toEqual(err(refused));
    });

    test("commands in flight at once each get their own answer", async () => {
      const numbers = Array.from({ length: 50 }, (_, index) => index);
      const answers = await Promise.all(numbers.map((number) => client.call(contract.double, { number })));
      expect(answers).toEqual(numbers.map((number) => ok(number * 2)));
    });

    test("a query answers now and at every change, until it is no longer watched", async () => {
      const values: number[] = [];
      const unwatch = client.watch(contract.count, { from: 10 }, (value) => values.push(value));
      await waitFor(() => expect(values).toEqual([10]));
      replica.setCounter(1);
      await waitFor(() => expect(values).toEqual([10, 11]));
      unwatch();
      await waitFor(() => expect(replica.followers.size).toBe(0));
      replica.setCounter(2);
      await client.call(contract.double, { number: 1 });
      expect(values).toEqual([10, 11]);
    });

    test("a query that has no answer says why and goes on when it has one again", async () => {
      const heard: unknown[] = [];
      client.watch(
        contract.count,
        { from: 0 },
        (value) => heard.push(value),
        ({ code }) => heard.push(code),
      );
      await waitFor(() => expect(heard).toEqual([0]));
      replica.setCounter(-1);
      replica.setCounter(5);
      await waitFor(() => expect(heard).toEqual([0, "busy", 5]));
    });

    test("an event reaches every window", async () => {
      const other = await openWindow(transport, replica.router);
      const heard: string[] = [];
      client.onEvent(contract.rang, ({ times }) => heard.push(`one ${times}`));
      other.client.onEvent(contract.rang, ({ times }) => heard.push(`other ${times}`));
      await waitFor(() => expect(replica.router.load().windows).toBe(2));
      replica.router.broadcast(contract.rang, { times: 3 });
      await waitFor(() => expect(heard.sort()).toEqual(["one 3", "other 3"]));
    });

    test("any JSON value passes unchanged, in both directions", async () => {
      const seed = Date.now();
      await fc.assert(
        // A key called __proto__ is dropped on the way in: it is an attack or nothing.
        fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }).filter(hasNoProto), async (value) => {
          const plain = JSON.parse(JSON.stringify(value)) as z.infer<ReturnType<typeof z.json>>;
          expect(await client.call(contract.echo, { value: plain })).toEqual(ok(plain));
        }),
        { numRuns: 100, seed },
      );
    });

    test("input that does not fit is refused with the place of the fault and without its value", async () => {
      const input = { number: "the password is hunter2" } as never;
      const answer = await client.call(contract.double, input);
      expect(answer).toMatchObject({
        ok: false,
        error: { code: "bad-input", details: [{ path: "number" }] },
      });
      expect(JSON.stringify(answer)).not.toContain("hunter2");
      const errors: string[] = [];
      client.watch(
        contract.count,
        {} as never,
        () => {},
        ({ code }) => errors.push(code),
      );
      await waitFor(() => expect(errors).toEqual(["bad-input"]));
      expect(replica.router.load().watches).toBe(0);
    });

    test.each(["test.unknown", "constructor", "__proto__", "toString", "test.rang", ""])(
      "the name %j finds no method",
      async (name) => {
        const answers = await exchange(window, [
          { t: "call", id: 901, name, input: {} },
          { t: "watch", id: 902, name, input: {} },
        ]);
        expect(answers).toMatchObject([
          { t: "failed", id: 901, error: { code: "unknown-method" } },
          { t: "failed", id: 902, error: { code: "unknown-method" } },
        ]);
      },
    );

    test("a query is not called and a command is not watched", async () => {
      const answers = await exchange(window, [
        { t: "call", id: 901, name: "test.count", input: { from: 0 } },
        { t: "watch", id: 902, name: "test.double", input: { number: 1 } },
      ]);
      expect(answers.map(({ error }) => error.code)).toEqual(["unknown-method", "unknown-method"]);
    });

    test("a thrown bug is reported here and says nothing there", async () => {
      const answer = await client.call(contract.crash, {});
      expect(answer).toMatchObject({ ok: false, error: { code: "internal" } });
      const errors: unknown[] = [];
      client.watch(
        contract.crashQuery,
        {},
        () => {},
        (error) => errors.push(error),
      );
      await waitFor(() => expect(errors).toHaveLength(1));
      expect(JSON.stringify([answer, errors])).not.toContain("hunter2");
      expect(replica.bugs.map(({ method }) => method)).toEqual(["test.crash", "test.crashQuery"]);
      expect(replica.router.load()).toEqual({ windows: 1, watches: 0, calls: 0 });
    });

    test("an answer that its contract does not allow is a bug, where outputs are checked", async () => {
      const broken = createRouter(
        { double: contract.double },
        { double: async () => ok("many" as never) },
        { onBug: (bug) => replica.bugs.push(bug), checkOutputs: true },
      );
      const other = await openWindow(transport, broken);
      expect(await other.client.call(contract.double, { number: 1 })).toMatchObject({
        error: { code: "internal" },
      });
      expect(String(replica.bugs[0]?.error)).toContain("test.double");
    });

    test.each([
      ["nothing", null],
      ["a string", "hello"],
      ["a list", [1, 2, 3]],
      ["no kind", { id: 7, name: "test.double" }],
      ["an unknown kind", { t: "shout", id: 7 }],
      ["a negative id", { t: "call", id: -1, name: "test.double", input: {} }],
      ["an id that is no integer", { t: "call", id: 1.5, name: "test.double", input: {} }],
      ["a field too many", { t: "unwatch", id: 7, and: "more" }],
      ["a name of a megabyte", { t: "call", id: 7, name: "x".repeat(1_000_000), input: {} }],
    ])("a frame with %s is refused and harms nobody", async (_, frame) => {
      const [answer] = await exchange(window, [frame]);
      expect(answer).toMatchObject({ t: "failed", error: { code: "bad-input" } });
      expect(await client.call(contract.double, { number: 1 })).toEqual(ok(2));
    });

    test("random frames never end a router", async () => {
      const seed = Date.now();
      const frames = fc.oneof(
        fc.jsonValue({ noUnicodeString: false }),
        fc.record({
          t: fc.constantFrom("call", "watch", "unwatch", "result"),
          id: fc.oneof(fc.integer({ min: 900, max: 920 }), fc.jsonValue()),
          name: fc.constantFrom("test.double", "test.count", "test.echo", "valueOf"),
          input: fc.jsonValue(),
        }),
      );
      for (const frame of fc.sample(frames, { numRuns: 300, seed })) window.sendRaw(frame);
      const answer = await client.call(contract.double, { number: 4 });
      expect(answer, `seed ${seed}`).toEqual(ok(8));
      expect(replica.bugs, `seed ${seed}`).toEqual([]);
    });

    test("a frame over the limit is refused by name and the window lives on", async () => {
      const value = "x".repeat(9 * 1024 * 1024);
      expect(await client.call(contract.echo, { value })).toMatchObject({ error: { code: "too-large" } });
      let deep: z.infer<ReturnType<typeof z.json>> = "deep";
      for (let level = 0; level < 500; level += 1) deep = [deep];
      expect(await client.call(contract.echo, { value: deep })).toMatchObject({
        error: { code: "too-large" },
      });
      const many = Array.from({ length: 600_000 }, () => [1]);
      expect(await client.call(contract.echo, { value: many })).toMatchObject({
        error: { code: "too-large" },
      });
      expect(await client.call(contract.double, { number: 1 })).toEqual(ok(2));
    });

    test("a window may have only so many watches and calls open", async () => {
      const small = startReplica({ limits: { maxWatches: 3, maxCallsInFlight: 2 } });
      const other = await openWindow(transport, small.router);
      const errors: string[] = [];
      const watchOne = () =>
        other.client.watch(
          contract.count,
          { from: 0 },
          () => {},
          ({ code }) => errors.push(code),
        );
      const unwatch = watchOne();
      for (let more = 0; more < 3; more += 1) watchOne();
      await waitFor(() => expect(errors).toEqual(["busy"]));
      unwatch();
      watchOne();
      const calls = [1, 2, 3].map(() => other.client.call(contract.wait, {}));
      expect(await calls[2]).toMatchObject({ error: { code: "busy" } });
      for (const answer of small.waiting) answer("done");
      expect(await calls[0]).toEqual(ok("done"));
      expect(small.router.load()).toEqual({ windows: 1, watches: 3, calls: 0 });
      expect(errors).toEqual(["busy"]);
    });

    test("a number that is still open is not taken twice", async () => {
      const answers = await exchange(window, [
        { t: "watch", id: 901, name: "test.count", input: { from: 0 } },
        { t: "watch", id: 901, name: "test.count", input: { from: 1 } },
      ]);
      expect(answers).toMatchObject([
        { t: "value", id: 901, value: 0 },
        { t: "failed", id: 901, error: { code: "bad-input" } },
      ]);
    });

    test("a window that dies leaves nothing behind", async () => {
      for (let from = 0; from < 20; from += 1) client.watch(contract.count, { from }, () => {});
      void client.call(contract.wait, {});
      await waitFor(() => expect(replica.router.load()).toEqual({ windows: 1, watches: 20, calls: 1 }));
      window.die();
      await waitFor(() => expect(replica.router.load().windows).toBe(0));
      expect(replica.followers.size).toBe(0);
      // The late answer to a window that is gone goes nowhere.
      for (const answer of replica.waiting) answer("late");
      replica.setCounter(1);
      expect(replica.bugs).toEqual([]);
    });

    test("what a window asks before it is served is answered then", async () => {
      const late = await transport.open(replica.router, 150);
      const other = connectClient(late.pipe);
      const values: number[] = [];
      other.watch(contract.count, { from: 3 }, (value) => values.push(value));
      expect(await other.call(contract.double, { number: 4 })).toEqual(ok(8));
      expect(values).toEqual([3]);
    });

    test("a window that dies before it is served leaves nothing behind", async () => {
      const late = await transport.open(replica.router, 150);
      connectClient(late.pipe).watch(contract.count, { from: 3 }, () => {});
      late.die();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await waitFor(() => expect(replica.router.load()).toEqual({ windows: 1, watches: 0, calls: 0 }));
      expect(replica.followers.size).toBe(0);
    });

    test("a query that fails to stop does not keep the others of its window alive", async () => {
      const bugs: unknown[] = [];
      let stopped = 0;
      const stubborn = createRouter(
        { count: contract.count },
        {
          count:
            ({ from }) =>
            () => {
              if (from === 0) throw new Error("will not stop");
              stopped += 1;
            },
        },
        { onBug: (bug) => bugs.push(bug) },
      );
      const other = await openWindow(transport, stubborn);
      for (const from of [0, 1, 2]) other.client.watch(contract.count, { from }, () => {});
      await waitFor(() => expect(stubborn.load().watches).toBe(3));
      other.window.die();
      await waitFor(() => expect([stopped, bugs.length]).toEqual([2, 1]));
    });

    test("when a new replica takes over, queries go on and a command in flight is not sent twice", async () => {
      const values: number[] = [];
      client.watch(contract.count, { from: 0 }, (value) => values.push(value));
      const inFlight = client.call(contract.wait, {});
      await waitFor(() => expect([values, replica.waiting.length]).toEqual([[0], 1]));
      const next = startReplica();
      next.setCounter(7);
      window.replaceReplica(next.router);
      expect(await inFlight).toMatchObject({ ok: false, error: { code: "cancelled" } });
      await waitFor(() => expect(values).toEqual([0, 7]));
      expect(next.waiting).toHaveLength(0);
      expect(await client.call(contract.double, { number: 2 })).toEqual(ok(4));
      expect(client.connection()).toBe("open");
      await waitFor(() => expect(replica.followers.size).toBe(0));
    });

    test("a client that closes ends what it had open", async () => {
      client.watch(contract.count, { from: 0 }, () => {});
      const call = client.call(contract.wait, {});
      await waitFor(() => expect(replica.router.load().watches).toBe(1));
      client.close();
      expect(await call).toMatchObject({ error: { code: "cancelled" } });
      await waitFor(() => expect(replica.router.load().watches).toBe(0));
    });
  });
}

async function openWindow(
  transport: Transport,
  router: Router,
): Promise<{ window: TestWindow; client: Client }> {
  const window = await transport.open(router);
  return { window, client: connectClient(window.pipe) };
}

function hasNoProto(value: unknown): boolean {
  return !JSON.stringify(value).includes('"__proto__"');
}

type Answer = { t: string; id: number; value?: unknown; error: { code: string } };

/** Sends frames as they are and collects as many answers. */
function exchange(window: TestWindow, frames: unknown[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  return new Promise((resolve) => {
    const stop = window.pipe.subscribe((signal: PipeSignal) => {
      if (signal.t === "up" || signal.t === "down") return;
      answers.push(signal as FrameDown as Answer);
      if (answers.length < frames.length) return;
      queueMicrotask(() => stop());
      resolve(answers);
    });
    for (const frame of frames) window.sendRaw(frame as FrameUp);
  });
}
