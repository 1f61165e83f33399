import type { WebSocket } from "ws";
import type { Channel } from "../../shared/rpc/frames.ts";

/** A frame over this size ends the connection instead of being read: the router's own limit lies well below. */
export const maxSocketMessageBytes = 32 * 1024 * 1024;
/** A window that reads so slowly that this much waits for it is cut off; it comes back and asks anew. */
const maxWaitingBytes = 256 * 1024 * 1024;

/**
 * A window's channel over a WebSocket. Messages are JSON text; anything else arrives as `undefined`. Nothing is read
 * before somebody listens: a window may be served later than it connects.
 */
export function channelOverSocket<Out>(socket: WebSocket): Channel<Out, unknown> {
  // ws closes the socket after an error by itself; without a listener the error would end the process.
  socket.on("error", () => {});
  socket.pause();
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxWaitingBytes) return socket.terminate();
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      socket.on("message", (data, isBinary) => listener(isBinary ? undefined : parse(String(data))));
      socket.resume();
    },
    onClose(listener) {
      if (socket.readyState === socket.CLOSED) queueMicrotask(listener);
      else socket.once("close", () => listener());
    },
    close: () => socket.close(1000),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
