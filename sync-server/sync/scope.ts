import { scopeOf, type Viewer } from "../../shared/sync/audience.ts";

/** [AUD-4] The scope as it goes over the wire: the person's keys in this epoch of the feed. */
export function wireScope(viewer: Viewer, feedEpoch: string): string {
  return `${scopeOf(viewer)} epoch:${feedEpoch}`;
}
