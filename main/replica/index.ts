import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import { attachToHost } from "../host/attach-to-host.ts";
import type { OpenSettings } from "../host/protocol.ts";
import { composeReplica, type ReplicaProcess } from "./compose.ts";
import { createHostPort } from "./session/connect-host.ts";

// Entry of the replica process: started by main, told what to open, given windows, told to stop.
let opening: Promise<ReplicaProcess> | null = null;
const early: Channel<FrameDown, unknown>[] = [];

const services = attachToHost({
  open(settings) {
    opening = openProcess(settings);
  },
  window(channel) {
    if (opening) void opening.then(({ router }) => router.serve(channel));
    else early.push(channel);
  },
  async shutdown() {
    await (await opening)?.close();
    services.close();
  },
});

async function openProcess(settings: OpenSettings): Promise<ReplicaProcess> {
  const replica = await composeReplica(settings, createHostPort(services), log, () => process.exit(1));
  for (const channel of early.splice(0)) replica.router.serve(channel);
  // Windows are served first: they show that the desk is being opened.
  void replica.session.start().catch((error: unknown) => log(`The desk did not open: ${String(error)}`));
  return replica;
}

function log(line: string): void {
  process.stderr.write(`replica: ${line}\n`);
}
