import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import type { InsightsModel } from "./use-insights.ts";

/** A second of a call that can be opened at the side. */
type Place = { callId: string; atMs: number };

/**
 * J and K, or the arrows, go through a list of places.
 * @returns which of them is open; -1 = none
 */
export function usePlaceKeys(
  places: readonly Place[],
  { search, go }: Pick<InsightsModel, "search" | "go">,
): number {
  const chosen = places.findIndex(({ callId, atMs }) => callId === search.call && atMs === search.at);
  const move = (step: number) => {
    const place = places[Math.min(places.length - 1, Math.max(0, chosen + step))];
    if (place) go({ call: place.callId, at: place.atMs });
  };
  const shared = { group: "In lists", repeats: true };
  useShortcuts("screen", [
    { id: "list-next", keys: "j", also: ["arrowdown"], title: "Next", run: () => move(1), ...shared },
    { id: "list-previous", keys: "k", also: ["arrowup"], title: "Previous", run: () => move(-1), ...shared },
  ]);
  return chosen;
}
