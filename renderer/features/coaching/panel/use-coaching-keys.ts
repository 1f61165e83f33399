import type { LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import type { CoachingActions } from "../model/use-coaching.ts";

/** Of the card that is shown, wherever that is: the overlay never has the keyboard. */
export const cardKeys = { useful: "u", useless: "shift+u", dismiss: "escape" } as const;

/** Keys of a call's coaching, on the desk. */
export function useCoachingKeys(
  { card, snoozedUntil }: LiveCoaching,
  actions: CoachingActions,
  openOverlay: () => void,
): void {
  const group = "In a call";
  const ofCard = card
    ? [
        {
          id: "card-useful",
          keys: cardKeys.useful,
          title: "This hint helped",
          run: () => actions.judge(true),
        },
        {
          id: "card-useless",
          keys: cardKeys.useless,
          title: "It did not help",
          run: () => actions.judge(false),
        },
        { id: "card-dismiss", keys: cardKeys.dismiss, title: "Dismiss the hint", run: actions.dismiss },
      ]
    : [];
  useShortcuts(
    "panel",
    [
      ...ofCard,
      { id: "show-overlay", keys: "g o", title: "Show the coach on top", run: openOverlay },
      {
        id: "snooze-hints",
        keys: "g z",
        title: snoozedUntil === null ? "No hints for five minutes" : "Hints on again",
        run: () => actions.snooze(snoozedUntil === null),
      },
    ].map((key) => ({ ...key, group })),
  );
}
