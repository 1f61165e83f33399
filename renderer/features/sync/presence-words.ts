import type { z } from "zod";
import type { Presence as PresenceSchema } from "../../../shared/sync/wire.ts";

export type Presence = z.infer<typeof PresenceSchema>;

const presenceLabels: Record<Presence, string> = {
  available: "Available",
  busy: "Busy",
  break: "Break",
  "wrap-up": "Wrap-up",
  offline: "Offline",
};

/** "Available", "Break · Lunch". @param breakLabel what the tenant calls a reason */
export function presenceText(
  { presence, reason }: { presence: Presence; reason: string },
  breakLabel: (key: string) => string,
): string {
  const isNamed = presence === "break" && reason !== "";
  return isNamed ? `${presenceLabels[presence]} · ${breakLabel(reason)}` : presenceLabels[presence];
}

/** What a person may choose; wrap-up follows a call by itself. */
const choosable: readonly Presence[] = ["available", "busy", "break", "offline"];

export type PresenceChoice = { presence: Presence; reason: string; label: string };

/** The choices of a menu: behind a plain break one for each of the tenant's reasons. */
export function presenceChoices(reasons: readonly { key: string; label: string }[]): PresenceChoice[] {
  return choosable.flatMap((presence) => [
    { presence, reason: "", label: presenceLabels[presence] },
    ...(presence === "break" ? reasons : []).map(({ key, label }) => ({
      ...{ presence, reason: key },
      label: `${presenceLabels[presence]}: ${label}`,
    })),
  ]);
}

/** Who can be reached first comes first; then by name. */
export function sortColleagues<P extends { presence: Presence; name: string }>(people: readonly P[]): P[] {
  const order: readonly Presence[] = ["available", "wrap-up", "busy", "break", "offline"];
  return people.toSorted(
    (a, b) => order.indexOf(a.presence) - order.indexOf(b.presence) || a.name.localeCompare(b.name),
  );
}
