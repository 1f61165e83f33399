import type { PlaybookRules } from "../../entities/playbook.ts";
import { collectionsPlaybook } from "./collections.ts";
import { salesPlaybook } from "./sales.ts";
import { supportPlaybook } from "./support.ts";

export { qualityScorecard } from "./scorecard.ts";

export type ShippedPlaybook = { key: "discovery" | "support" | "collections"; rules: PlaybookRules };

/** What Ringside brings along. Written for it; a tenant begins from them and changes every word. */
export const shippedPlaybooks: readonly ShippedPlaybook[] = [
  { key: "discovery", rules: salesPlaybook },
  { key: "support", rules: supportPlaybook },
  { key: "collections", rules: collectionsPlaybook },
];
