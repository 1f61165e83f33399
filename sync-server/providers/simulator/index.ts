import fastify from "fastify";
import { WebSocketServer } from "ws";
import { serveControl } from "./control/control.ts";
import { SimulatorOptions, type SimulatorInput } from "./options.ts";
import { serveRest } from "./rest/rest.ts";
import { createSimulator, type Log, type Simulator } from "./simulator.ts";

export interface RunningSimulator {
  /** Base of REST and of the control API, as http://127.0.0.1:port. */
  url: string;
  /** Host and port for the voice SDK's `chunderw`; signalling is plain ws:// on it, at /signal. */
  signallingHost: string;
  simulator: Simulator;
  /** Ends all calls, waits for their recordings and closes the doors. */
  stop(): Promise<void>;
}

const largestFrameBytes = 128 * 1024;

/** Starts the simulated carrier in this process. Throws a ZodError for options that make no sense. */
export async function startSimulator(
  input: SimulatorInput,
  log: Log = () => undefined,
): Promise<RunningSimulator> {
  const options = SimulatorOptions.parse(input);
  const app = fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  let url = "";
  const simulator = await createSimulator(options, () => url, log);
  await serveRest(app, simulator);
  await serveControl(app, simulator);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrameBytes });
  app.server.on("upgrade", (request, socket, head) => {
    if (request.url !== "/signal") return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (opened) => simulator.signalling.accept(opened));
  });
  url = await app.listen({ host: options.host, port: options.port });
  return {
    url,
    signallingHost: new URL(url).host,
    simulator,
    async stop() {
      await simulator.stop();
      sockets.close();
      await app.close();
    },
  };
}
