import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { settled } from "./settle-sdk.ts";

const never = new Promise<never>(() => {});

test("pain: connect() with an expired token never settles: it ends with the SDK's error, or after a while", async () => {
  const [device, time] = [new EventEmitter(), new VirtualTime(0)];
  const refused = settled(device, never, time);
  device.emit("error", { code: 20104, message: "AccessTokenExpired" });
  await expect(refused).rejects.toMatchObject({ code: "access" });

  const silent = settled(device, never, time);
  silent.catch(() => {});
  await time.pass(20_000);
  await expect(silent).rejects.toMatchObject({ code: "network" });
  expect(device.listenerCount("error")).toBe(0);
});

test("an error of one call is not that of the line", async () => {
  const device = new EventEmitter();
  const registered = settled(device, Promise.resolve("registered"), new VirtualTime(0));
  device.emit("error", { code: 31005 }, {});
  expect(await registered).toBe("registered");
  expect(device.listenerCount("error")).toBe(0);
});
