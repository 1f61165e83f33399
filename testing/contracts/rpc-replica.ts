import { z } from "zod";
import { createRouter, type RouterOptions } from "../../main/rpc/router.ts";
import type { Handlers } from "../../main/rpc/handlers.ts";
import { command, event, query } from "../../shared/rpc/define.ts";
import { err, ok } from "../../shared/result/result.ts";

/** One of everything that may be declared. */
export const contract = {
  double: command("test.double", {
    input: z.object({ number: z.number(), times: z.number().default(2) }),
    output: z.number(),
  }),
  echo: command("test.echo", { input: z.object({ value: z.json() }), output: z.json() }),
  refuse: command("test.refuse", { input: z.object({}), output: z.null() }),
  nothing: command("test.nothing", { input: z.undefined(), output: z.undefined() }),
  wait: command("test.wait", { input: z.object({}), output: z.string() }),
  crash: command("test.crash", { input: z.object({}), output: z.null() }),
  count: query("test.count", { input: z.object({ from: z.number() }), output: z.number() }),
  crashQuery: query("test.crashQuery", { input: z.object({}), output: z.number() }),
  rang: event("test.rang", z.object({ times: z.number() })),
};

/** A replica with a counter that windows may follow. */
export function startReplica(options: Partial<RouterOptions> = {}) {
  const followers = new Set<() => void>();
  const waiting: ((answer: string) => void)[] = [];
  const bugs: { method: string; error: unknown }[] = [];
  let counter = 0;
  const handlers: Handlers<typeof contract> = {
    double: async ({ number, times }) => ok(number * times),
    echo: async ({ value }) => ok(value),
    refuse: async () =>
      err({ code: "forbidden", message: "Only a manager may do that.", details: { role: "agent" } }),
    nothing: async () => ok(undefined),
    wait: () => new Promise((resolve) => waiting.push((answer) => resolve(ok(answer)))),
    crash: async () => {
      throw new Error("the password is hunter2");
    },
    count: ({ from }, emit, fail) => {
      const tell = () => (counter < 0 ? fail({ code: "busy", message: "no count" }) : emit(from + counter));
      followers.add(tell);
      tell();
      return () => void followers.delete(tell);
    },
    crashQuery: () => {
      throw new Error("the password is hunter2");
    },
  };
  const router = createRouter(contract, handlers, {
    onBug: (bug) => bugs.push(bug),
    checkOutputs: true,
    ...options,
  });
  return {
    router,
    followers,
    bugs,
    waiting,
    setCounter(next: number) {
      counter = next;
      for (const tell of followers) tell();
    },
  };
}
