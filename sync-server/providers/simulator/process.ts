import { startSimulator } from "./index.ts";
import type { SimulatorInput } from "./options.ts";

// The simulated carrier as a process of its own, so that media never holds up the server's event loop. Its options
// come as the parent's first message (they hold secrets, which an environment or a command line would show around),
// its addresses go back as the answer. It ends with its parent.

export type ToParent =
  | { kind: "ready"; url: string; signallingHost: string }
  | { kind: "failed"; message: string }
  | { kind: "log"; entry: Record<string, unknown>; message: string };

const tell = (message: ToParent): void => void process.send?.(message);

async function run(input: SimulatorInput): Promise<void> {
  const running = await startSimulator(input, (entry, message) => tell({ kind: "log", entry, message }));
  process.once("disconnect", () => void running.stop().finally(() => process.exit(0)));
  tell({ kind: "ready", url: running.url, signallingHost: running.signallingHost });
}

// Ctrl-C reaches the whole group: the server ends first and then lets go of us, so that recordings are written.
process.on("SIGINT", () => undefined);

process.once("message", (input) => {
  run(input as SimulatorInput).catch((error: unknown) => {
    tell({ kind: "failed", message: String(error) });
    process.exitCode = 1;
    process.disconnect();
  });
});
