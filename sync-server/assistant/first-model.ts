import type { Catalogue } from "../ai/index.ts";
import type { AssistantDeps } from "./deps.ts";

/** Questions of the assistant go to the large models first, and to the small ones where there is no large one. */
export function createFirstModel({ routesOf }: Pick<Catalogue, "routesOf">): AssistantDeps["firstModel"] {
  return async ({ tenantId, userId }) => {
    const offered = (role: "large" | "small") => routesOf({ tenantId, userId, feature: "assistant", role });
    const [first] = [...(await offered("large")), ...(await offered("small"))];
    return first?.label ?? "";
  };
}
