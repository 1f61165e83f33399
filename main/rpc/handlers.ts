import type { AnyCommand, AnyEvent, AnyQuery, OutputOf, ParsedInputOf } from "../../shared/rpc/define.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { Result } from "../../shared/result/result.ts";

/** Commands, queries and events by whatever key the contract gives them; on the wire they go by `name`. */
export type AnyContract = Readonly<Record<string, AnyCommand | AnyQuery | AnyEvent>>;

export type CommandHandler<D extends AnyCommand> = (
  input: ParsedInputOf<D>,
) => Promise<Result<OutputOf<D>, RpcError>>;

/**
 * Emits the answer now and whenever it changes, until the returned function is called. `fail` says that there is
 * no answer at present; the query may emit again later.
 */
export type QueryHandler<D extends AnyQuery> = (
  input: ParsedInputOf<D>,
  emit: (value: OutputOf<D>) => void,
  fail: (error: RpcError) => void,
) => () => void;

type HandlerOf<D> = D extends AnyCommand ? CommandHandler<D> : D extends AnyQuery ? QueryHandler<D> : never;

/** One handler for every command and query of a contract: leaving one out does not compile. */
export type Handlers<C extends AnyContract> = {
  [K in keyof C as C[K] extends AnyEvent ? never : K]: HandlerOf<C[K]>;
};
