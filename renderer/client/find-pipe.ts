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
  return window.ringside ?? openSocketPipe(new URL("rpc", location.origin.replace(/^http/u, "ws")).href);
}
