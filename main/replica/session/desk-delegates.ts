import { err } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { AnyContract, CommandHandler, Handlers, QueryHandler } from "../../rpc/handlers.ts";
import { blockOf } from "./open-desk.ts";

/** The handlers of the open desk, and word of when it is another one or none. */
export type CurrentHandlers<C extends AnyContract> = {
  get(): Handlers<C> | null;
  onSwitch(listener: () => void): () => void;
};

type Command = CommandHandler<never>;
type Query = QueryHandler<never>;

/**
 * Handlers that outlive sign-in and sign-out: windows keep their live queries open across both, and hear of
 * `signed-out` in between.
 */
export function delegateToDesk<C extends AnyContract>(contract: C, current: CurrentHandlers<C>): Handlers<C> {
  const handlerOf = (key: string) => (current.get() as Record<string, unknown> | null)?.[key];
  const entries = Object.entries(contract).flatMap(([key, def]): [string, Command | Query][] => {
    if (def.kind === "command") return [[key, delegateCommand(() => handlerOf(key) as Command | undefined)]];
    if (def.kind === "query") {
      return [[key, delegateQuery(() => handlerOf(key) as Query | undefined, current.onSwitch)]];
    }
    return [];
  });
  return Object.fromEntries(entries) as Handlers<C>;
}

function delegateCommand(handler: () => Command | undefined): Command {
  return async (input) => {
    const run = handler();
    if (!run) return err(signedOut);
    try {
      return await run(input);
    } catch (error) {
      const { code, message } = blockOf(error);
      if (code === "damaged") throw error;
      return err({ code: code as RpcError["code"], message });
    }
  };
}

function delegateQuery(
  handler: () => Query | undefined,
  onSwitch: (listener: () => void) => () => void,
): Query {
  return (input, emit, fail) => {
    let stop = () => {};
    const attach = () => {
      stop();
      stop = () => {};
      const start = handler();
      if (start) stop = start(input, emit, fail);
      else fail(signedOut);
    };
    attach();
    const forget = onSwitch(attach);
    return () => {
      forget();
      stop();
    };
  };
}

const signedOut: RpcError = { code: "signed-out", message: "Sign in first." };
