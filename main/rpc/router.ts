import type { AnyEvent, PayloadOf } from "../../shared/rpc/define.ts";
import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import type { AnyContract, CommandHandler, Handlers, QueryHandler } from "./handlers.ts";
import { serveWindow } from "./serve-window.ts";
import type { Limits, Method, ReportBug, WindowSession } from "./serve-window.ts";

export interface RouterOptions {
  /** Told of what a handler threw; the window hears only that something went wrong. */
  onBug: ReportBug;
  limits?: Partial<Limits>;
  /** Also checks what handlers answer, and that it passes unchanged through JSON. For tests and development. */
  checkOutputs?: boolean;
}

export interface Router {
  /** Serves one window until its channel closes, and then forgets all it asked for. */
  serve(channel: Channel<FrameDown, unknown>): void;
  /** Tells every window. */
  broadcast<E extends AnyEvent>(event: E, payload: PayloadOf<E>): void;
  /** What is open at this moment, over all windows. */
  load(): { windows: number; watches: number; calls: number };
  close(): void;
}

export const defaultLimits: Limits = {
  maxFrameBytes: 8 * 1024 * 1024,
  maxWatches: 500,
  maxCallsInFlight: 200,
};

/** Serves a contract to windows: every frame and input is checked here, once; handlers may trust what they get. */
export function createRouter<C extends AnyContract>(
  contract: C,
  handlers: Handlers<C>,
  options: RouterOptions,
): Router {
  const methods = methodsByName(contract, handlers as Readonly<Record<string, unknown>>);
  const limits = { ...defaultLimits, ...options.limits };
  const sessions = new Set<WindowSession>();
  return {
    serve(channel) {
      const rules = { limits, onBug: options.onBug, checkOutputs: options.checkOutputs ?? false };
      const session = serveWindow(channel, methods, rules);
      sessions.add(session);
      channel.onClose(() => sessions.delete(session));
    },
    broadcast(event, payload) {
      for (const session of sessions) session.send({ t: "event", name: event.name, payload });
    },
    load() {
      const loads = [...sessions].map((session) => session.load());
      return {
        windows: loads.length,
        watches: loads.reduce((sum, { watches }) => sum + watches, 0),
        calls: loads.reduce((sum, { calls }) => sum + calls, 0),
      };
    },
    close() {
      for (const session of sessions) session.close();
    },
  };
}

/** A Map, because names come from outside: `constructor` must not find anything. */
function methodsByName(
  contract: AnyContract,
  handlers: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Method> {
  const methods = new Map<string, Method>();
  for (const [key, def] of Object.entries(contract)) {
    if (def.kind === "event") continue;
    if (methods.has(def.name)) throw new Error(`two methods are called ${def.name}`);
    // Handlers<C> has proved that each handler fits its definition; here the pairs are of mixed types.
    const handler = handlers[key] as CommandHandler<never> & QueryHandler<never>;
    methods.set(def.name, def.kind === "command" ? { def, run: handler } : { def, watch: handler });
  }
  return methods;
}
