import { startSimulator, type RunningSimulator } from "./index.ts";
import type { SimulatorInput } from "./options.ts";

// The simulated carrier as a process of its own, so that media never holds up the server's event loop. Its options
// come as the parent's first message (they hold secrets, which an environment or a command line would show around),
// its addresses go back as the answer. It ends with its parent.

export type ToParent =
  | { kind: "ready"; url: string; signallingHost: string }
  | { kind: "failed"; message: string }
  | { kind: "log"; entry: Record<string, unknown>; message: string };

const tell = (message: ToParent): void => {
  if (process.connected) process.send?.(message);
};

let running: RunningSimulator | null = null;

async function run(input: SimulatorInput): Promise<void> {
  running = await startSimulator(input, (entry, message) => tell({ kind: "log", entry, message }));
  tell({ kind: "ready", url: running.url, signallingHost: running.signallingHost });
}

// Its parent may be gone before it has begun: nobody would tell it a second time.
const end = (): void => void (running?.stop() ?? Promise.resolve()).finally(() => process.exit());
process.once("disconnect", end);
if (!process.connected) end();

// Ctrl-C reaches the whole group: the server ends first and then lets go of us, so that recordings are written.
process.on("SIGINT", () => undefined);

process.once("message", (input) => {
  run(input as SimulatorInput).catch((error: unknown) => {
    tell({ kind: "failed", message: String(error) });
    process.exitCode = 1;
    process.disconnect();
  });
});
