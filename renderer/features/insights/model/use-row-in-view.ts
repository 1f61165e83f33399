import { useEffect, useRef, type RefObject } from "react";

/** For the row of a list that keys move through: the chosen one comes into view. */
export function useRowInView(chosen: boolean): RefObject<HTMLButtonElement | null> {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return row;
}
