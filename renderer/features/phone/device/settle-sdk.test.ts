import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { settled } from "./settle-sdk.ts";

const never = new Promise<never>(() => {});

test("pain: connect() with an expired token never settles: it ends with the SDK's error, or after a while", async () => {
  const [device, time] = [new EventEmitter(), new VirtualTime(0)];
  const refused = settled(device, never, { timers: time });
  device.emit("error", { code: 20104, message: "AccessTokenExpired" });
  await expect(refused).rejects.toMatchObject({ code: "access" });

  const silent = settled(device, never, { timers: time });
  silent.catch(() => {});
  await time.pass(20_000);
  await expect(silent).rejects.toMatchObject({ code: "network" });
  expect(device.listenerCount("error")).toBe(0);
});

test("an error of one call is not that of the line", async () => {
  const device = new EventEmitter();
  const registered = settled(device, Promise.resolve("registered"), { timers: new VirtualTime(0) });
  device.emit("error", { code: 31005 }, {});
  expect(await registered).toBe("registered");
  expect(device.listenerCount("error")).toBe(0);
});

test("what settles when nobody waits for it any more is given back", async () => {
  const [device, time] = [new EventEmitter(), new VirtualTime(0)];
  const back: string[] = [];
  const late = (call: string) => void back.push(call);
  const slow = Promise.withResolvers<string>();
  const timedOut = settled(device, slow.promise, { timers: time, late });
  timedOut.catch(() => {});
  await time.pass(20_000);
  slow.resolve("a call that nobody shows");
  await expect(timedOut).rejects.toMatchObject({ code: "network" });
  const failing = Promise.withResolvers<string>();
  const failed = settled(device, failing.promise, { timers: time, late });
  device.emit("error", { code: 20104, message: "AccessTokenExpired" });
  failing.resolve("another");
  await expect(failed).rejects.toMatchObject({ code: "access" });
  expect(await settled(device, Promise.resolve("in time"), { timers: time, late })).toBe("in time");
  expect(back).toEqual(["a call that nobody shows", "another"]);
});
