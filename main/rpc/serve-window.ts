import type { z } from "zod";
import type { Result } from "../../shared/result/result.ts";
import { FrameUp } from "../../shared/rpc/frames.ts";
import type { Channel, FrameDown, RpcError } from "../../shared/rpc/frames.ts";
import type { AnyCommand, AnyQuery } from "../../shared/rpc/define.ts";
import { describeIssues, refusal } from "./refusals.ts";
import { isTooLarge, passesThroughJson } from "./values.ts";

export interface Limits {
  /** What one frame may weigh, in bytes as far as they can be told without serialising it. */
  maxFrameBytes: number;
  /** Live queries per window. */
  maxWatches: number;
  /** Commands per window that wait for their answer. */
  maxCallsInFlight: number;
}
export type ReportBug = (bug: { method: string; error: unknown }) => void;
export interface ServingRules {
  limits: Limits;
  onBug: ReportBug;
  checkOutputs: boolean;
}

type RunCommand = (input: never) => Promise<Result<unknown, RpcError>>;
type StartQuery = (
  input: never,
  emit: (value: unknown) => void,
  fail: (error: RpcError) => void,
) => () => void;
type CommandMethod = { def: AnyCommand; run: RunCommand };
type QueryMethod = { def: AnyQuery; watch: StartQuery };
export type Method = CommandMethod | QueryMethod;

export interface WindowSession {
  send(frame: FrameDown): void;
  load(): { watches: number; calls: number };
  close(): void;
}

type Unwatch = () => void;
/** While a query starts, its place is taken but there is no way to stop it yet. */
const starting: Unwatch = () => {};

/** Answers one window until its channel closes. */
export function serveWindow(
  channel: Channel<FrameDown, unknown>,
  methods: ReadonlyMap<string, Method>,
  { limits, onBug, checkOutputs }: ServingRules,
): WindowSession {
  const watches = new Map<number, Unwatch>();
  const calls = new Set<number>();
  let open = true;

  channel.onMessage(receive);
  channel.onClose(release);
  return { send, load: () => ({ watches: watches.size, calls: calls.size }), close: () => channel.close() };

  function receive(message: unknown): void {
    if (!open) return;
    const id = idOf(message);
    if (isTooLarge(message, limits.maxFrameBytes)) return fail(id, refusal.tooLarge(limits.maxFrameBytes));
    const frame = FrameUp.safeParse(message);
    if (!frame.success) return fail(id, refusal.badInput(describeIssues(frame.error)));
    if (frame.data.t === "call") void call(frame.data);
    else if (frame.data.t === "watch") watch(frame.data);
    else unwatch(frame.data.id);
  }

  async function call(frame: { id: number; name: string; input?: unknown }): Promise<void> {
    const method = methods.get(frame.name);
    if (!method || !("run" in method)) return fail(frame.id, refusal.unknownMethod(frame.name));
    if (calls.has(frame.id)) return fail(frame.id, refusal.idInUse());
    if (calls.size >= limits.maxCallsInFlight) return fail(frame.id, refusal.tooManyCalls());
    const input = parseInput(method.def.input, frame.input);
    if (!input.ok) return fail(frame.id, input.error);
    calls.add(frame.id);
    const answer = await runCommand(method, input.value);
    calls.delete(frame.id);
    if (!answer.ok) return fail(frame.id, answer.error);
    answerWith("result", frame.id, answer.value, method);
  }

  async function runCommand(method: CommandMethod, input: never): Promise<Result<unknown, RpcError>> {
    try {
      return await method.run(input);
    } catch (error) {
      onBug({ method: method.def.name, error });
      return { ok: false, error: refusal.internal() };
    }
  }

  function watch(frame: { id: number; name: string; input?: unknown }): void {
    const method = methods.get(frame.name);
    if (!method || !("watch" in method)) return fail(frame.id, refusal.unknownMethod(frame.name));
    if (watches.has(frame.id)) return fail(frame.id, refusal.idInUse());
    if (watches.size >= limits.maxWatches) return fail(frame.id, refusal.tooManyWatches());
    const input = parseInput(method.def.input, frame.input);
    if (!input.ok) return fail(frame.id, input.error);
    watches.set(frame.id, starting);
    startQuery(frame.id, method, input.value);
  }

  function startQuery(id: number, method: QueryMethod, input: never): void {
    let current = true;
    const emit = (value: unknown) => {
      if (current && open) answerWith("value", id, value, method);
    };
    const refuse = (error: RpcError) => {
      if (current && open) fail(id, error);
    };
    try {
      const stop = method.watch(input, emit, refuse);
      const stopOnce = () => {
        if (!current) return;
        current = false;
        stopQuietly(method.def.name, stop);
      };
      // The window may have gone, or its channel failed, while the query was emitting its first answer.
      if (watches.get(id) === starting) watches.set(id, stopOnce);
      else stopOnce();
    } catch (error) {
      current = false;
      watches.delete(id);
      onBug({ method: method.def.name, error });
      fail(id, refusal.internal());
    }
  }

  function unwatch(id: number): void {
    const stop = watches.get(id);
    watches.delete(id);
    stop?.();
  }

  function release(): void {
    open = false;
    for (const id of watches.keys()) unwatch(id);
  }

  /** One query that cannot stop must not keep the others of its window alive. */
  function stopQuietly(method: string, stop: Unwatch): void {
    try {
      stop();
    } catch (error) {
      onBug({ method, error });
    }
  }

  function answerWith(t: "result" | "value", id: number, value: unknown, { def }: Method): void {
    const flaw = checkOutputs ? findFlaw(def.output, value) : null;
    if (flaw) {
      onBug({
        method: def.name,
        error: new Error(`${def.name} answered what its contract does not allow: ${flaw}`),
      });
      return fail(id, refusal.internal());
    }
    try {
      send({ t, id, value });
    } catch (error) {
      onBug({ method: def.name, error });
      fail(id, refusal.internal());
    }
  }

  function fail(id: number, error: RpcError): void {
    send({ t: "failed", id, error });
  }

  function send(frame: FrameDown): void {
    if (open) channel.send(frame);
  }
}

/** 0 stands for "a frame that could not be read"; windows count from 1. */
function idOf(message: unknown): number {
  const id = (message as { id?: unknown } | null | undefined)?.id;
  return Number.isSafeInteger(id) && (id as number) >= 0 ? (id as number) : 0;
}

function parseInput(schema: z.ZodType, input: unknown): Result<never, RpcError> {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? { ok: true, value: parsed.data as never }
    : { ok: false, error: refusal.badInput(describeIssues(parsed.error)) };
}

function findFlaw(schema: z.ZodType, value: unknown): string | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return JSON.stringify(describeIssues(parsed.error));
  return passesThroughJson(value) ? null : "a value that JSON changes";
}
