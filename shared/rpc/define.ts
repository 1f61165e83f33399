import type { z } from "zod";

/**
 * The contract between windows and the replica is data. A command does something once and answers; a query is
 * live: it answers now and again whenever its answer changes; an event tells every window something happened.
 */
export type Command<N extends string, I extends z.ZodType, O extends z.ZodType> = {
  kind: "command";
  name: N;
  input: I;
  output: O;
};
export type Query<N extends string, I extends z.ZodType, O extends z.ZodType> = {
  kind: "query";
  name: N;
  input: I;
  output: O;
};
export type Event<N extends string, P extends z.ZodType> = { kind: "event"; name: N; payload: P };

export type AnyCommand = Command<string, z.ZodType, z.ZodType>;
export type AnyQuery = Query<string, z.ZodType, z.ZodType>;
export type AnyEvent = Event<string, z.ZodType>;

export type InputOf<D extends { input: z.ZodType }> = z.input<D["input"]>;
export type ParsedInputOf<D extends { input: z.ZodType }> = z.output<D["input"]>;
export type OutputOf<D extends { output: z.ZodType }> = z.output<D["output"]>;
export type PayloadOf<E extends AnyEvent> = z.output<E["payload"]>;

export function command<N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  schemas: { input: I; output: O },
): Command<N, I, O> {
  return { kind: "command", name, ...schemas };
}

export function query<N extends string, I extends z.ZodType, O extends z.ZodType>(
  name: N,
  schemas: { input: I; output: O },
): Query<N, I, O> {
  return { kind: "query", name, ...schemas };
}

export function event<N extends string, P extends z.ZodType>(name: N, payload: P): Event<N, P> {
  return { kind: "event", name, payload };
}
