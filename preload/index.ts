import { contextBridge, ipcRenderer } from "electron";
import type { FrameDown } from "../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../shared/rpc/pipe.ts";

// Main sends a port whenever a replica begins to listen, and nothing in its place when that replica ends.
const channel = "ringside:port";

const listeners = new Set<(signal: PipeSignal) => void>();
let port: MessagePort | null = null;

ipcRenderer.on(channel, ({ ports: [next] }) => {
  port?.close();
  port = next ?? null;
  tell({ t: port ? "up" : "down" });
  if (port) port.onmessage = ({ data }) => tell(data as FrameDown);
});

const pipe: Pipe = {
  request: (frame) => port?.postMessage(frame),
  subscribe(listener) {
    listeners.add(listener);
    if (port) listener({ t: "up" });
    return () => void listeners.delete(listener);
  },
};
contextBridge.exposeInMainWorld("ringside", pipe);

function tell(signal: PipeSignal): void {
  for (const listener of listeners) listener(signal);
}
