import { lookup as resolve } from "node:dns";
import { Agent, buildConnector } from "undici";
import { createLookupOutside, refusalOfNumber, type Resolve } from "./outside.ts";

/** However long a server would like an idle connection to be kept. */
const longestIdleMs = 60_000;

/**
 * Connections of `fetch` to addresses that tenants have named. Each is judged where it is made, by the address that it
 * goes to: a name that led outside a moment ago, a number, and where a redirect leads.
 */
export function createOutsideAgent(resolveName: Resolve = resolve): Agent {
  const connect = buildConnector({ lookup: createLookupOutside(resolveName) });
  return new Agent({
    keepAliveMaxTimeout: longestIdleMs,
    connect(options, callback) {
      const refused = refusalOfNumber(options.hostname);
      if (refused) callback(refused, null);
      else connect(options, callback);
    },
  });
}
