import { RequestPendingError } from "sip.js";
import { expect, test } from "vitest";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { createAudioRestart, inviteAgain, ReinviteRefused } from "./sip-reinvite.ts";

/** A call whose network came back, and what its exchange answers, one after the other; then it agrees. */
function openCall(
  answers: readonly (Error | Promise<void>)[],
  over: { isOurs?: boolean; random?: number } = {},
) {
  const time = new VirtualTime(0);
  const told: string[] = [];
  const askedAt: number[] = [];
  const state = { isOver: false, isConnected: false };
  const left = [...answers];
  const call = {
    isOurs: () => over.isOurs ?? true,
    isOver: () => state.isOver,
    isConnected: () => state.isConnected,
    timers: time,
    random: () => over.random ?? 0,
    async invite() {
      askedAt.push(time.now());
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      await answer;
    },
    mended: () => told.push("mended"),
    drop: (why: string) => told.push(why),
  };
  return { ...createAudioRestart(call), call, time, told, askedAt, state };
}

const pending = new ReinviteRefused(491, "Request Pending");
const refused = new ReinviteRefused(488, "Not Acceptable Here");

test.each([
  { isOurs: true, random: 0, afterMs: 2_100 },
  { isOurs: true, random: 0.999_999, afterMs: 4_000 },
  { isOurs: false, random: 0, afterMs: 0 },
  { isOurs: false, random: 0.999_999, afterMs: 2_000 },
])(
  "a request that met the other side's is sent again after $afterMs ms, and the call stays",
  async ({ afterMs, ...over }) => {
    const call = openCall([pending], over);
    void call.restart();
    await call.time.pass(afterMs);
    expect(call.askedAt).toEqual([0, afterMs]);
    expect(call.told).toEqual(["mended"]);
  },
);

test("however often both ask at once, nobody hangs up", async () => {
  const call = openCall([
    ...Array.from({ length: 20 }, () => pending),
    new RequestPendingError("of our own"),
  ]);
  void call.restart();
  await call.time.pass(60_000);
  expect(call.told).toEqual(["mended"]);
});

test.each([481, 408])("an exchange that has forgotten the call (%s) ends it", async (status) => {
  const call = openCall([new ReinviteRefused(status, "")]);
  await call.restart();
  expect(call.told).toEqual(["The exchange no longer knows of this call."]);
});

test("one that will not have its sound sent anew is asked some more, and the call is given up only where nothing is heard", async () => {
  const silent = openCall(Array.from({ length: 5 }, () => refused));
  void silent.restart();
  await silent.time.pass(60_000);
  expect(silent.askedAt).toHaveLength(5);
  expect(silent.told).toEqual(["The exchange did not take the sound up again."]);
  const heard = openCall(Array.from({ length: 5 }, () => refused));
  heard.state.isConnected = true;
  void heard.restart();
  await heard.time.pass(60_000);
  expect(heard.told).toEqual(["mended"]);
});

test("an answer that was lost with a socket that broke again says nothing of the call", async () => {
  const lost = Promise.withResolvers<void>();
  const call = openCall([lost.promise]);
  void call.restart();
  call.broken();
  void call.restart();
  lost.reject(new ReinviteRefused(408, "Request Timeout"));
  await call.time.settle();
  expect(call.told).toEqual(["mended"]);
});

test("a call that ends meanwhile is asked for nothing more", async () => {
  const call = openCall([pending]);
  void call.restart();
  await call.time.settle();
  call.state.isOver = true;
  await call.time.pass(10_000);
  expect(call.askedAt).toHaveLength(1);
  expect(call.told).toEqual([]);
});

test("a hold that met the other side's request is asked for again, a few times", async () => {
  const once = openCall([pending]);
  const held = inviteAgain(once.call, once.call.invite);
  await once.time.pass(2_100);
  await held;
  const never = openCall(Array.from({ length: 9 }, () => pending));
  const refusal = expect(inviteAgain(never.call, never.call.invite)).rejects.toThrow("491");
  await never.time.pass(60_000);
  await refusal;
  expect(never.askedAt).toHaveLength(5);
});

test("one that is refused for good is told at once", async () => {
  const call = openCall([refused]);
  await expect(inviteAgain(call.call, call.call.invite)).rejects.toThrow("488");
  expect(call.askedAt).toEqual([0]);
});
