import type { PlaybookRules } from "../../entities/playbook.ts";
import { collectionsPlaybook } from "./collections.ts";
import { salesPlaybook } from "./sales.ts";
import { starterPlaybook } from "./starter.ts";
import { supportPlaybook } from "./support.ts";

export { qualityScorecard } from "./scorecard.ts";

export type ShippedPlaybook = {
  key: "starter" | "discovery" | "support" | "collections";
  rules: PlaybookRules;
};

/** The id by which a new playbook names one of these to begin from. */
export function shippedId(key: ShippedPlaybook["key"]): string {
  return `shipped:${key}`;
}

/** What Ringside brings along. Written for it; a tenant begins from them and changes every word. */
export const shippedPlaybooks: readonly ShippedPlaybook[] = [
  { key: "starter", rules: starterPlaybook },
  { key: "discovery", rules: salesPlaybook },
  { key: "support", rules: supportPlaybook },
  { key: "collections", rules: collectionsPlaybook },
];
