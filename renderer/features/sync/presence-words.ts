import type { z } from "zod";
import type { Presence as PresenceSchema } from "../../../shared/sync/wire.ts";

export type Presence = z.infer<typeof PresenceSchema>;

export const presenceLabels: Record<Presence, string> = {
  available: "Available",
  busy: "Busy",
  break: "Break",
  "wrap-up": "Wrap-up",
  offline: "Offline",
};

/** What a person may choose; wrap-up follows a call by itself. */
export const choosable: readonly Presence[] = ["available", "busy", "break", "offline"];

/** Who can be reached first comes first; then by name. */
export function sortColleagues<P extends { presence: Presence; name: string }>(people: readonly P[]): P[] {
  const order: readonly Presence[] = ["available", "wrap-up", "busy", "break", "offline"];
  return people.toSorted(
    (a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || a.name.localeCompare(b.name),
  );
}
