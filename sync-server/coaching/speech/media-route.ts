import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { systemTimers, type Timers } from "../../../shared/result/ports.ts";
import { Refused } from "../../http/index.ts";
import { followStream, type StreamPorts } from "./follow-stream.ts";
import { mediaPath, type MediaAddresses } from "./media-address.ts";
import { readMediaFrame } from "./media-frame.ts";

export type MediaRouteDeps = {
  app: FastifyInstance;
  addresses: Pick<MediaAddresses, "read">;
  /** Of the leg of an account. */
  streamOf(accountId: string, legId: string): StreamPorts;
  timers?: Timers;
};

const longestCallMs = 5 * 3_600_000;
/** A carrier sends silence too. */
const quietMs = 60_000;

/** Where carriers send the sound of calls, one WebSocket a leg. */
export function addMediaRoute({ app, addresses, streamOf, timers = systemTimers }: MediaRouteDeps): void {
  app.get<{ Params: { "*": string } }>(
    // The last part is longer than a named one may be.
    `${mediaPath}/*`,
    {
      websocket: true,
      config: { rateLimit: false },
      logLevel: "warn",
      schema: { hide: true },
      // Before the upgrade: a wrong address opens no socket.
      preValidation: async (request) => {
        if (!addresses.read(request.params["*"])) throw new Refused("forbidden", "This address is not ours.");
      },
    },
    (socket, request) => {
      const leg = addresses.read(request.params["*"]);
      if (leg) serve(socket, leg.legId, streamOf(leg.accountId, leg.legId), timers);
    },
  );
}

function serve(socket: WebSocket, legId: string, ports: StreamPorts, timers: Timers): void {
  let stream: ReturnType<typeof followStream> | null = null;
  const cancelEnd = timers.after(longestCallMs, () => socket.close(1008, "too long"));
  let cancelQuiet = () => {};
  const expectMore = () => {
    cancelQuiet();
    cancelQuiet = timers.after(quietMs, () => socket.close(1008, "nothing comes"));
  };
  expectMore();

  socket.on("message", (data) => {
    // Longer ones than 64 KB do not come this far; 20 ms of sound are some 300 bytes.
    const frame = readMediaFrame(String(data));
    if (frame === null) return socket.close(1008, "not a frame of a media stream");
    expectMore();
    if (frame.event === "start") stream ??= followStream(legId, frame, ports);
    if (frame.event === "media") stream?.hear(frame.media);
    if (frame.event === "stop") socket.close(1000);
  });
  socket.on("close", () => {
    cancelEnd();
    cancelQuiet();
    stream?.close();
  });
}
