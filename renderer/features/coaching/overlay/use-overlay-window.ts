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
export function useOverlayWindow(isOver: boolean): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null);
  const client = useClient();
  useEffect(() => {
    if (!isOver) return undefined;
    const timer = setTimeout(() => window.close(), leavesAfterMs);
    return () => clearTimeout(timer);
  }, [isOver]);
  useLayoutEffect(() => (panel.current ? fitWindow(panel.current) : undefined), []);
  useEffect(() => (window.ringside ? letClicksThrough(client) : undefined), [client]);
  return panel;
}

/** As high as what it shows: there is no empty glass below it to click into. */
function fitWindow(panel: HTMLElement): () => void {
  const fit = () => {
    const { top, height } = panel.getBoundingClientRect();
    // The room that its shadow has above it, it has below, too.
    const wanted = Math.ceil(height + 2 * top);
    if (height > 0 && wanted !== window.innerHeight) window.resizeBy(0, wanted - window.innerHeight);
  };
  const observer = new ResizeObserver(fit);
  observer.observe(panel);
  return () => observer.disconnect();
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
