import type { AnyQuery, OutputOf, ParsedInputOf } from "../../shared/rpc/define.ts";
import type { QueryHandler } from "../../main/rpc/handlers.ts";

/** Follows a live query as a window would. */
export type Watched<O> = {
  /** The next answer that has not been taken yet. */
  next(): Promise<O>;
  /** The first answer; the watch ends with it. */
  first(): Promise<O>;
  last(): O | undefined;
  /** How many answers there have been. */
  count(): number;
  /** Waits until the query has had time to say whatever it has to say. */
  settled(): Promise<void>;
  stop(): void;
};

export function watch<Q extends AnyQuery>(
  query: QueryHandler<Q>,
  input: ParsedInputOf<Q>,
): Watched<OutputOf<Q>> {
  const answers: OutputOf<Q>[] = [];
  const waiting: { resolve(answer: OutputOf<Q>): void; reject(error: Error): void }[] = [];
  let taken = 0;
  const stop = query(
    input,
    (answer) => {
      answers.push(answer);
      const waiter = waiting.shift();
      if (!waiter) return;
      taken = answers.length;
      waiter.resolve(answer);
    },
    (error) => waiting.shift()?.reject(new Error(`${error.message} ${JSON.stringify(error.details)}`)),
  );
  function next(): Promise<OutputOf<Q>> {
    const answer = answers[taken];
    if (answer === undefined) return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    taken += 1;
    return Promise.resolve(answer);
  }
  return {
    next,
    async first() {
      const answer = await next();
      stop();
      return answer;
    },
    last: () => answers.at(-1),
    count: () => answers.length,
    settled: () => new Promise((resolve) => setTimeout(resolve, 60)),
    stop,
  };
}
