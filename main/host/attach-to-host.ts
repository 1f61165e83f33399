import type { Socket } from "node:net";
import { connectClient } from "../../shared/rpc/client.ts";
import type { Client } from "../../shared/rpc/client.ts";
import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../../shared/rpc/pipe.ts";
import { channelOverPort } from "../rpc/port-channel.ts";
import { acceptSocket } from "../rpc/accept-socket.ts";
import type { Upgrade } from "../rpc/accept-socket.ts";
import { findParentLink } from "./parent-link.ts";
import type { ParentLink } from "./parent-link.ts";
import { ToReplica } from "./protocol.ts";
import type { OpenSettings, ToMain } from "./protocol.ts";

/** What a replica process does when its host says so. */
export interface HostListeners {
  /** Once, first of all. */
  open(settings: OpenSettings): void;
  /** A window has connected; it may come before `open` has finished its work. */
  window(channel: Channel<FrameDown, unknown>): void;
  /** Puts everything down; the process ends when this resolves. Also called when main has died. */
  shutdown(): Promise<void>;
}

/**
 * The last resort: a replica that cannot put itself down lives on for as long as anything is open, such as a window's
 * connection. What was promised is on disk by then, as after any crash.
 */
const longestAloneMs = 5_000;

/**
 * Connects a replica process to main. Answers the way to what main offers: call it with the commands of
 * `hostContract` (keychain, notifications, windows). Where main has died every command fails at once.
 */
export function attachToHost(listeners: HostListeners, link: ParentLink = findParentLink()): Client {
  const serviceListeners = new Set<(signal: PipeSignal) => void>();
  const say = (message: ToMain) => link.send(message);
  let ending = false;

  link.onMessage((message, extra) => {
    const order = ToReplica.parse(message);
    if (order.t === "open") listeners.open(order.settings);
    else if (order.t === "window-port" && extra.port) listeners.window(channelOverPort(extra.port));
    else if (order.t === "window-socket") takeSocket(order, extra.socket);
    else if (order.t === "services") for (const tell of serviceListeners) tell(order.frame as FrameDown);
    else if (order.t === "shutdown") end();
  });
  link.onGone(() => {
    setTimeout(() => process.exit(1), longestAloneMs);
    // Before the end, which may wait for what was asked.
    for (const tell of serviceListeners) tell({ t: "down" });
    end();
  });
  // Ctrl-C reaches every process of a terminal at once; main says when it is this one's turn.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", end);
  say({ t: "ready" });

  const pipe: Pipe = {
    request: (frame) => say({ t: "services", frame }),
    subscribe(listener) {
      serviceListeners.add(listener);
      listener({ t: "up" });
      return () => void serviceListeners.delete(listener);
    },
  };
  // The pipe is up from the first, and never again once it is down: there is nothing to wait for.
  return connectClient(pipe, { maxWaitMs: 0 });

  function takeSocket(upgrade: Upgrade, socket: Socket | undefined): void {
    say({ t: "window-taken" });
    // A browser that went away on the way here leaves a message without its socket.
    if (socket) acceptSocket(upgrade, socket, (channel) => listeners.window(channel));
  }

  function end(): void {
    if (ending) return;
    ending = true;
    listeners.shutdown().then(
      () => process.exit(0),
      (error) => {
        process.stderr.write(`The replica did not shut down cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  }
}
