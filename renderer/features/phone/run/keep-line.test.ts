import { expect, test } from "vitest";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { err, ok } from "../../../../shared/result/result.ts";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import type { DevicePorts, LineListener, PhoneDevice } from "../device/device-port.ts";
import type { Line } from "../line/line-machine.ts";
import { keepLine, type LineKeeperPorts } from "./keep-line.ts";

const startMs = Date.parse("2026-11-21T09:00:00.000Z");
const access: LineAccess = {
  provider: "simulator",
  token: "t",
  expiresAt: "2026-11-21T10:00:00.000Z",
  identity: "ana",
  signalling: null,
  edge: null,
};

const accessIsThere = async () => ok({ ok: true, value: access });

/** A line whose devices take their time to load and to start. */
function openLine(over: { ask?: () => Promise<unknown>; inCall?: () => boolean } = {}) {
  const time = new VirtualTime(startMs);
  const loading: (() => void)[] = [];
  const starts: PromiseWithResolvers<void>[] = [];
  const states: string[] = [];
  const did: string[] = [];
  const listeners: LineListener[] = [];
  const load = async ({ listener }: DevicePorts): Promise<PhoneDevice> => {
    listeners.push(listener);
    const name = `device ${loading.length + 1}`;
    await new Promise<void>((resolve) => loading.push(resolve));
    const start = () => {
      did.push(`${name} starts`);
      const begun = Promise.withResolvers<void>();
      starts.push(begun);
      return begun.promise;
    };
    const stop = async () => void did.push(`${name} stops`);
    const updateAccess = async () => void did.push(`${name} is renewed`);
    return { start, stop, updateAccess } as unknown as PhoneDevice;
  };
  const line = keepLine({
    client: { call: over.ask ?? accessIsThere },
    openDevice: () => load,
    devicePorts: {},
    clock: time,
    timers: time,
    random: () => 0,
    inCall: over.inCall ?? (() => false),
    onLine: ({ state }: Line) => void states.push(state),
    onDevice: () => {},
  } as unknown as LineKeeperPorts);
  return { line, time, loading, starts, states, did, listeners };
}

test("what becomes of a start is nobody's once its device was stopped", async () => {
  const { line, time, loading, starts, states } = openLine();
  line.tell({ type: "wanted" });
  await time.settle();
  loading.forEach((loaded) => loaded());
  await time.settle();
  line.tell({ type: "unwanted" });
  line.tell({ type: "wanted" });
  await time.settle();
  starts[0]?.reject(new Error("The socket was closed."));
  await time.settle();
  loading.forEach((loaded) => loaded());
  await time.settle();
  starts[1]?.resolve();
  await time.settle();
  expect(states).toEqual(["asking", "starting", "off", "asking", "starting", "ready"]);
});

test("a device that has loaded after its person signed out takes no calls", async () => {
  const { line, time, loading, did } = openLine();
  line.tell({ type: "wanted" });
  await time.settle();
  line.tell({ type: "unwanted" });
  line.tell({ type: "wanted" });
  await time.settle();
  loading.forEach((loaded) => loaded());
  await time.settle();
  expect(did).toEqual(["device 1 stops", "device 2 starts"]);
  expect(line.device()).not.toBeNull();
});

test("a call whose access ends while the server is away is not hung up on: the device is another one after it", async () => {
  let isServerThere = true;
  let inCall = false;
  const ask = async () => (isServerThere ? accessIsThere() : err({ code: "offline", message: "No server." }));
  const { line, time, loading, starts, states, did, listeners } = openLine({ ask, inCall: () => inCall });
  line.tell({ type: "wanted" });
  await time.settle();
  loading[0]?.();
  await time.settle();
  starts[0]?.resolve();
  await time.settle();
  inCall = true;
  isServerThere = false;
  await time.pass(3_600_000);
  listeners[0]?.failed({ code: "access", message: "AccessTokenExpired" });
  await time.pass(300_000);
  expect([states.at(-1), did]).toEqual(["trouble", ["device 1 starts"]]);
  isServerThere = true;
  await time.pass(60_000);
  expect([states.at(-1), did.slice(1)]).toEqual(["ready", ["device 1 is renewed"]]);
  inCall = false;
  line.tell({ type: "call-over" });
  await time.settle();
  loading[1]?.();
  await time.settle();
  expect(did.slice(2)).toEqual(["device 1 stops", "device 2 starts"]);
});
