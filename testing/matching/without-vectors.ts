import { ownSpace } from "../../sync-server/ai/index.ts";
import type { Matching } from "../../sync-server/matching/index.ts";

/** Of an organisation without a model that makes vectors. */
export const withoutVectors: Matching = { space: async () => ownSpace, near: async () => [] };
