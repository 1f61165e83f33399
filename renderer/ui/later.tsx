import { useDeferredValue, type ReactNode } from "react";

/** What is not looked at first: drawn right after the rest, in pieces that leave the window free in between. */
export function Later({ children, room = null }: { children: ReactNode; room?: ReactNode }) {
  const here = useDeferredValue(true, false);
  return here ? children : room;
}
