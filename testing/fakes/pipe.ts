import type { FrameUp, RpcError } from "../../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../../shared/rpc/pipe.ts";

/** Answers by the contract's names. A command changes what the queries answer from; all open queries answer again after it. */
export type FakeAnswers = {
  queries: Record<string, (input: never) => unknown>;
  commands: Record<string, (input: never) => unknown>;
};

/** What a command throws to be refused: the window gets it as its typed error. */
export class FakeRefusal extends Error {
  readonly error: RpcError;
  constructor(error: RpcError) {
    super(error.message);
    this.error = error;
  }
}

export type FakePipe = Pipe & {
  /** Lets every open query answer again, after the state behind the answers was changed from outside. */
  refresh(): void;
  emit(name: string, payload: unknown): void;
  goDown(): void;
  comeUp(): void;
};

/** A desk without a replica, for looking at screens: same frames, answers from memory. Runs in a page or in Node. */
export function createFakePipe(answers: FakeAnswers): FakePipe {
  const listeners = new Set<(signal: PipeSignal) => void>();
  const watches = new Map<number, { name: string; input?: unknown }>();
  const tell = (signal: PipeSignal) => {
    for (const listener of listeners) listener(signal);
  };
  return {
    request: (frame) => queueMicrotask(() => take(frame)),
    subscribe(listener) {
      listeners.add(listener);
      queueMicrotask(() => listener({ t: "up" }));
      return () => void listeners.delete(listener);
    },
    refresh,
    emit: (name, payload) => tell({ t: "event", name, payload }),
    goDown: () => tell({ t: "down" }),
    comeUp: () => tell({ t: "up" }),
  };

  function take(frame: FrameUp): void {
    if (frame.t === "unwatch") {
      watches.delete(frame.id);
    } else if (frame.t === "watch") {
      watches.set(frame.id, { name: frame.name, input: frame.input });
      answer(frame.id, "value", answers.queries[frame.name], frame);
    } else {
      answer(frame.id, "result", answers.commands[frame.name], frame);
      refresh();
    }
  }

  function refresh(): void {
    for (const [id, watch] of watches) answer(id, "value", answers.queries[watch.name], watch);
  }

  function answer(
    id: number,
    t: "value" | "result",
    handler: ((input: never) => unknown) | undefined,
    { name, input }: { name: string; input?: unknown },
  ): void {
    if (!handler)
      return tell({
        t: "failed",
        id,
        error: { code: "unknown-method", message: `No fake answers ${name}.` },
      });
    try {
      // As over a real pipe: nobody shares an object with the other end.
      tell({ t, id, value: structuredClone(handler(input as never)) });
    } catch (error) {
      if (!(error instanceof FakeRefusal)) throw error;
      tell({ t: "failed", id, error: error.error });
    }
  }
}
