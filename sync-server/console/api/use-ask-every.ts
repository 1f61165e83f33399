import { useEffect } from "react";

/** Asks again every so often while the page is in sight, and at once when it comes back into sight. */
export function useAskEvery(everyMs: number, ask: () => Promise<void>): void {
  useEffect(() => {
    const askInSight = () => {
      if (document.visibilityState === "visible") void ask();
    };
    const timer = setInterval(askInSight, everyMs);
    document.addEventListener("visibilitychange", askInSight);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", askInSight);
    };
  }, [everyMs, ask]);
}
