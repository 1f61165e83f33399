import { once } from "node:events";
import { WebSocket } from "ws";
import type { CollectionName } from "../../shared/entities/collections.ts";
import type { DeviceId, UserId } from "../../shared/entities/id.ts";
import { SignedIn } from "../../shared/sync/session-wire.ts";
import {
  feedStart,
  protocolVersion,
  PullResponse,
  syncPaths,
  type Presence,
  type StreamUp,
  type WireDoc,
} from "../../shared/sync/wire.ts";
import { ana } from "../../sync-server/demo/people.ts";

export type SignedInDevice = { token: string; deviceId: string };

/** Signs somebody of the demo in on a device that speaks to the server itself. */
export async function signInDevice(
  serverUrl: string,
  installation: string,
  userId: UserId = ana,
): Promise<{ token: string; deviceId: string }> {
  const client = {
    kind: "desk",
    device: { installation, name: "bench", platform: "linux", appVersion: "0" },
  };
  const response = await fetch(`${serverUrl}/api/v1/session/demo`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userId, client }),
  });
  const { token, session: found } = SignedIn.parse(await response.json());
  if (token === null || found.deviceId === null) throw new Error("the server gave no token");
  return { token, deviceId: found.deviceId };
}

/** Everything of a collection that the device's person may see, as the server has it now. */
export async function pullAll(
  serverUrl: string,
  { token, deviceId }: SignedInDevice,
  collection: CollectionName,
): Promise<WireDoc[]> {
  const docs: WireDoc[] = [];
  let position = { checkpoint: feedStart, scope: "" };
  for (;;) {
    const request = { protocol: protocolVersion, device: deviceId, collection, limit: 5_000, ...position };
    const response = await fetch(serverUrl + syncPaths.pull, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    const page = PullResponse.parse(await response.json());
    docs.push(...page.docs);
    if (page.done) return docs;
    position = { checkpoint: page.checkpoint, scope: page.scope };
  }
}

/** A stream on which the device says that its person is there. */
export async function openStream(
  serverUrl: string,
  { token, deviceId }: SignedInDevice,
  presence: Presence,
): Promise<WebSocket> {
  const stream = new WebSocket(serverUrl.replace(/^http/u, "ws") + syncPaths.stream, {
    headers: { authorization: `Bearer ${token}` },
  });
  // The node may be killed.
  stream.on("error", () => {});
  await once(stream, "open");
  const hello: StreamUp = {
    type: "hello",
    protocol: protocolVersion,
    device: deviceId as DeviceId,
    scope: "",
    presence,
    reason: "",
  };
  stream.send(JSON.stringify(hello));
  return stream;
}
