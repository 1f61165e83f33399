import { useCallback, useMemo } from "react";
import {
  dismissCard,
  judgeCard,
  liveCoaching,
  snoozeCoaching,
  tickItem,
  type LiveCard,
  type LiveCoaching,
} from "../../../../shared/rpc/contract/coaching.ts";
import { useClient, useLive } from "../../../client/hooks.tsx";

/** Five minutes: about as long as the part of a call in which one wants to be left alone. */
const snoozeMs = 300_000;

export type Coaching = { call: LiveCoaching | null; overlayShown: boolean };

/** Of the call that is up, on the desk. */
export function useCoaching(): Coaching {
  return useLive(liveCoaching, {}).value ?? nothing;
}

const nothing: Coaching = { call: null, overlayShown: false };

export type CoachingActions = {
  judge(useful: boolean): void;
  dismiss(): void;
  tick(item: string, done: boolean): void;
  snooze(on: boolean): void;
};

/** What shows a card has this, in the overlay as on the desk. */
export type CardProps = { call: LiveCoaching; card: LiveCard; actions: CoachingActions };

/** What one can do about the coaching of this call. What comes of it is seen in the coaching itself. */
export function useCoachingActions({ callId, card }: LiveCoaching): CoachingActions {
  const client = useClient();
  const ofCard = useCallback(
    (run: (card: string) => void) => {
      if (card) run(card.key);
    },
    [card],
  );
  return useMemo(
    () => ({
      judge: (useful) => ofCard((key) => void client.call(judgeCard, { callId, card: key, useful })),
      dismiss: () => ofCard((key) => void client.call(dismissCard, { callId, card: key })),
      tick: (item, done) => void client.call(tickItem, { callId, item, done }),
      snooze: (on) => void client.call(snoozeCoaching, { callId, forMs: on ? snoozeMs : 0 }),
    }),
    [client, callId, ofCard],
  );
}
