import type { Pipe } from "../../shared/rpc/pipe.ts";
import { openSocketPipe } from "./socket-pipe.ts";

declare global {
  interface Window {
    /** There in Electron's windows only, from the preload. */
    ringside?: Pipe;
  }
}

/** The pipe of the shell that shows this window: the preload's in Electron, a WebSocket to our own origin elsewhere. */
export function findPipe(): Pipe {
  const url = new URL("rpc", location.origin.replace(/^http/u, "ws")).href;
  return window.ringside ?? openSocketPipe(url, { askIn });
}

async function askIn(): Promise<boolean> {
  const { status } = await fetch("/", { method: "HEAD", cache: "no-store" });
  return status !== 401;
}
