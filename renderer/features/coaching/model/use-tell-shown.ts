import { useLayoutEffect, useRef, type RefObject } from "react";
import { cardShown, type LiveCard, type LiveCoaching } from "../../../../shared/rpc/contract/coaching.ts";
import { useClient } from "../../../client/hooks.tsx";

/**
 * Says of a card that it was painted, once for each time that it comes up, and again until it is known to be kept: the
 * replica may have started anew meanwhile. In a window that nobody can see nothing is painted.
 * @returns for the element that is the card
 */
export function useTellShown(
  { callId }: LiveCoaching,
  { key, shownAtMs }: LiveCard,
): RefObject<HTMLElement | null> {
  const client = useClient();
  const place = useRef<HTMLElement>(null);
  const told = useRef("");
  const callOff = useRef(() => {});
  const showing = `${callId} ${key} ${shownAtMs}`;
  // After each drawing: with the next word, or second, one that was not kept is told again.
  useLayoutEffect(() => {
    const page = place.current?.ownerDocument.defaultView;
    if (!page || told.current === showing) return;
    told.current = showing;
    // Frames wait while nobody can see the window: the card before this one may never have been painted.
    callOff.current();
    callOff.current = afterPaint(page, () => {
      void client.call(cardShown, { callId, card: key, shownAtMs }).then((kept) => {
        if (!kept.ok && told.current === showing) told.current = "";
      });
    });
  });
  useLayoutEffect(
    () => () => {
      callOff.current();
      told.current = "";
    },
    [],
  );
  return place;
}

/**
 * The first frame comes before what is drawn is painted, the second one after it.
 * @returns what calls it off
 */
function afterPaint(page: Window, then: () => void): () => void {
  let frame = page.requestAnimationFrame(() => {
    frame = page.requestAnimationFrame(then);
  });
  return () => page.cancelAnimationFrame(frame);
}
