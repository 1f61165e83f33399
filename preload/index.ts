import { contextBridge, ipcRenderer } from "electron";
import type { FrameDown } from "../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../shared/rpc/pipe.ts";

// Main answers a hello with a port to the replica, sends another when a replica begins anew, and a message without
// a port when one has ended.
const helloChannel = "ringside:hello";
const portChannel = "ringside:port";

const listeners = new Set<(signal: PipeSignal) => void>();
let port: MessagePort | null = null;

ipcRenderer.on(portChannel, ({ ports: [next] }) => {
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
ipcRenderer.send(helloChannel);

function tell(signal: PipeSignal): void {
  for (const listener of listeners) listener(signal);
}
