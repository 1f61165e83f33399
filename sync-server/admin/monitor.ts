import { createMonitorReads } from "./monitor-facts.ts";
import { figureMonitor } from "./monitor-figures.ts";
import { Monitor } from "./monitor-wire.ts";
import { addRoute, managers, type Routes } from "./route.ts";

/** Queues, calls and people at this moment, for those who oversee them. */
export function addMonitorRoute(routes: Routes): void {
  const readFacts = createMonitorReads();
  addRoute(
    routes,
    { method: "GET", path: "/admin/monitor", summary: "Callers who wait, calls that are up, and who takes them", roles: managers, answer: Monitor }, // prettier-ignore
    async ({ tx, identity, now }) => figureMonitor(await readFacts(tx, identity, Date.parse(now)), identity),
  );
}
