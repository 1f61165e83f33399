import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { catchClicks } from "../../../../shared/rpc/contract/coaching.ts";
import type { Client } from "../../../../shared/rpc/client.ts";
import { useClient } from "../../../client/hooks.tsx";

/** A replica that starts again knows of no call for a moment. */
const leavesAfterMs = 1_200;

/**
 * Keeps the window as high as its panel, lets clicks through beside what can be clicked, and closes it when the call
 * is over.
 */
export function useOverlayWindow(isOver: boolean, view: Window): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null);
  const client = useClient();
  useEffect(() => {
    if (!isOver) return undefined;
    const timer = setTimeout(() => view.close(), leavesAfterMs);
    return () => clearTimeout(timer);
  }, [isOver, view]);
  useLayoutEffect(() => (panel.current ? fitWindow(panel.current, view) : undefined), [view]);
  useEffect(() => (window.ringside ? letClicksThrough(client) : undefined), [client]);
  return panel;
}

/** As high as what it shows: there is no empty glass below it to click into. */
function fitWindow(panel: HTMLElement, view: Window): () => void {
  const fit = () => {
    const { top, height } = panel.getBoundingClientRect();
    // The room that its shadow has above it, it has below, too.
    const wanted = Math.ceil(height + 2 * top);
    if (height > 0 && wanted !== view.innerHeight) resizeBy(view, wanted - view.innerHeight);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(panel);
  return () => observer.disconnect();
}

function resizeBy(view: Window, by: number): void {
  try {
    view.resizeBy(0, by);
  } catch {
    // A picture-in-picture window may be resized after a click in it alone: until then it has the size that it began with.
  }
}

/** Electron tells a window that lets clicks through where the pointer is. */
function letClicksThrough(client: Client): () => void {
  let catches = false;
  const set = (on: boolean) => {
    if (on === catches) return;
    catches = on;
    void client.call(catchClicks, { on });
  };
  const onMove = ({ target }: MouseEvent) =>
    set(target instanceof Element && target.closest("[data-catches]") !== null);
  const onLeave = () => set(false);
  document.addEventListener("mousemove", onMove);
  document.documentElement.addEventListener("mouseleave", onLeave);
  return () => {
    document.removeEventListener("mousemove", onMove);
    document.documentElement.removeEventListener("mouseleave", onLeave);
  };
}
