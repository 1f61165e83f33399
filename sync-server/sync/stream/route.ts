import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RawData, WebSocket } from "ws";
import {
  oldestProtocol,
  protocolVersion,
  StreamUp,
  syncPaths,
  type EndReason,
} from "../../../shared/sync/wire.ts";
import { Refused, type DeviceIdentity, type Identify } from "../../http/index.ts";
import type { Hub } from "./hub.ts";

/** A socket that says nothing is closed. */
const helloTimeoutMs = 10_000;
/** A desk sends a hello, a ping now and then and a presence; more is a fault, and costs everybody. */
const mostMessages = { count: 60, perMs: 10_000 };

type Hello = Extract<StreamUp, { type: "hello" }>;

/** The stream: one WebSocket a device ([STREAM-1]). */
export function addStreamRoute(app: FastifyInstance, deps: { hub: Hub; identify: Identify }): void {
  app.get(
    syncPaths.stream,
    {
      websocket: true,
      schema: {
        tags: ["sync"],
        summary: "WebSocket: changes as they happen, presence",
        security: [{ bearer: [] }],
      },
      // Before the upgrade, so that a wrong token is an ordinary 401 and opens no socket.
      preValidation: async (request) => {
        const identity = await deps.identify(request.headers);
        if (!identity.ok && identity.error.code === "unauthorised") {
          throw new Refused("unauthorised", identity.error.message);
        }
      },
    },
    (socket, request) => serveSocket(socket, request, deps),
  );
}

function serveSocket(
  socket: WebSocket,
  request: FastifyRequest,
  { hub, identify }: { hub: Hub; identify: Identify },
): void {
  let identity: DeviceIdentity | null = null;
  let greeted = false;
  const isTooMany = countMessages();
  // One after the other: a presence that overtook its hello would be undone by it.
  let turn: Promise<void> = Promise.resolve();
  const tooSlow = setTimeout(() => socket.close(1008, "no hello"), helloTimeoutMs);
  socket.once("close", () => clearTimeout(tooSlow));

  socket.on("message", (data) => {
    const message = readMessage(data);
    if (message === null || isTooMany()) return socket.close(1008, "not a message of this stream");
    if (message.type === "ping") return socket.send('{"type":"pong"}');
    turn = turn
      .then(() => answer(message))
      .catch((error: unknown) => {
        request.log.error({ err: error }, "stream failed");
        socket.close(1011, "the server failed");
      });
  });

  async function answer(message: Exclude<StreamUp, { type: "ping" }>): Promise<void> {
    if (message.type === "hello") return greeted ? socket.close(1008, "one hello is enough") : greet(message);
    if (identity) await hub.setPresence({ identity, socket }, message);
  }

  async function greet(hello: Hello): Promise<void> {
    greeted = true;
    clearTimeout(tooSlow);
    // Who is to be wiped hears so, however old the program is.
    const found = await identify(request.headers);
    if (!found.ok) return farewell(socket, found.error.code === "wiped" ? "wiped" : "revoked");
    if (hello.protocol < oldestProtocol || hello.protocol > protocolVersion)
      return farewell(socket, "update-required");
    const { deviceId } = found.value;
    if (deviceId === null || deviceId !== hello.device)
      return socket.close(1008, "this sign-in belongs to another device");
    identity = { ...found.value, deviceId };
    await hub.join({ identity, headers: request.headers, socket }, hello);
  }
}

function farewell(socket: WebSocket, why: EndReason): void {
  socket.send(JSON.stringify({ type: "end", why }));
  socket.close(1000, why);
}

function readMessage(data: RawData): StreamUp | null {
  try {
    const parsed = StreamUp.safeParse(JSON.parse(String(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function countMessages(): () => boolean {
  let count = 0;
  let since = Date.now();
  return () => {
    if (Date.now() - since > mostMessages.perMs) {
      count = 0;
      since = Date.now();
    }
    count += 1;
    return count > mostMessages.count;
  };
}
