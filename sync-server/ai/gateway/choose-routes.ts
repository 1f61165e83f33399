import type { AiFeature, ModelRole } from "../../../shared/ai/vocabulary.ts";
import type { Guard, ModelRoute } from "../parts-port.ts";
import type { TaskTraits } from "../port.ts";
import type { Asker, Parts } from "./parts.ts";

type Deps = Pick<Parts, "catalogue"> & { guard: Pick<Guard, "isLaden"> };

/**
 * Models for a task, best first: large ones for a hard task and small ones for a light one, the others behind them as
 * the way out. Who has too much to do comes last, and a hard task goes to small models first then unless somebody is
 * in a call.
 */
export async function chooseRoutes(
  { catalogue, guard }: Deps,
  { tenantId, userId }: Asker,
  { feature, difficulty, priority }: TaskTraits,
): Promise<readonly ModelRoute[]> {
  const offered = (role: ModelRole) => catalogue.routesOf({ tenantId, userId, feature, role });
  const [small, large] = [await offered("small"), await offered("large")];
  const isLaden = large.length > 0 && large.every((route) => guard.isLaden(route));
  const wantsLarge = difficulty === "hard" && (priority === "live" || !isLaden);
  return ladenLast(guard, onlyOnce(wantsLarge ? [...large, ...small] : [...small, ...large]));
}

/** Models that draw, best first. */
export async function choosePainters(
  { catalogue, guard }: Deps,
  asker: Asker,
  feature: AiFeature,
): Promise<readonly ModelRoute[]> {
  const { tenantId, userId } = asker;
  return ladenLast(guard, await catalogue.routesOf({ tenantId, userId, feature, role: "picture" }));
}

function ladenLast(guard: Deps["guard"], routes: readonly ModelRoute[]): readonly ModelRoute[] {
  const { laden = [], free = [] } = Object.groupBy(routes, (route) =>
    guard.isLaden(route) ? "laden" : "free",
  );
  return [...free, ...laden];
}

/** The model of the server's settings is both small and large: what it fails of it is not asked again. */
function onlyOnce(routes: readonly ModelRoute[]): readonly ModelRoute[] {
  return routes.filter(
    ({ modelId }, index) => routes.findIndex((route) => route.modelId === modelId) === index,
  );
}
