import { expect, test } from "vitest";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import { ok } from "../../../../shared/result/result.ts";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import type { PhoneDevice } from "../device/device-port.ts";
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

/** A line whose devices take their time to load and to start. */
function openLine() {
  const time = new VirtualTime(startMs);
  const loading: (() => void)[] = [];
  const starts: PromiseWithResolvers<void>[] = [];
  const states: string[] = [];
  const did: string[] = [];
  const load = async (): Promise<PhoneDevice> => {
    const name = `device ${loading.length + 1}`;
    await new Promise<void>((resolve) => loading.push(resolve));
    const start = () => {
      did.push(`${name} starts`);
      const begun = Promise.withResolvers<void>();
      starts.push(begun);
      return begun.promise;
    };
    const stop = async () => void did.push(`${name} stops`);
    return { start, stop } as unknown as PhoneDevice;
  };
  const line = keepLine({
    client: { call: async () => ok({ ok: true, value: access }) },
    openDevice: () => load,
    devicePorts: {},
    clock: time,
    timers: time,
    random: () => 0,
    inCall: () => false,
    onLine: ({ state }: Line) => void states.push(state),
    onDevice: () => {},
  } as unknown as LineKeeperPorts);
  return { line, time, loading, starts, states, did };
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
