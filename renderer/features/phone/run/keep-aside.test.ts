import { expect, test } from "vitest";
import type { AsideCall } from "../../../../shared/calls/aside-call.ts";
import { callsAside } from "../../../../shared/rpc/contract/phone.ts";
import { answered, ended, offer, one, openPhone, start } from "../../../../testing/phone/stepped-phone.ts";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import type { PhoneEvent } from "../machine/model.ts";
import { createAsideKeeper } from "./keep-aside.ts";

/** What a replica keeps for one person, and what it cannot do at the moment. */
function openReplica() {
  const time = new VirtualTime(start);
  const replica = { kept: [] as readonly AsideCall[], writes: 0, fails: false };
  const client = {
    async call(command: unknown, input: { calls?: readonly AsideCall[] }) {
      if (replica.fails) return { ok: false, error: { code: "disk-full", message: "" } };
      if (command === callsAside) return { ok: true, value: { calls: replica.kept } };
      Object.assign(replica, { kept: input.calls, writes: replica.writes + 1 });
      return { ok: true, value: {} };
    },
  };
  const keeper = createAsideKeeper(client as never, { clock: time, timers: time });
  return { time, replica, keeper };
}

function talkUnheard() {
  const phone = openPhone();
  const rung = offer(one) as Extract<PhoneEvent, { type: "offered" }>;
  phone.tell({ ...rung, call: { ...rung.call, provider: "sip" } });
  phone.tell({ type: "opened", callId: one, controlsItself: true });
  phone.tell(answered(one));
  return phone;
}
const idle = openPhone().phone();

test("what is aside is kept as soon as that changes, and with the time for as long as the call goes on", async () => {
  const { time, replica, keeper } = openReplica();
  const phone = talkUnheard();
  keeper.look(phone.phone());
  await time.settle();
  expect(replica.writes, "what the window before kept has still to be read").toBe(0);
  keeper.open(() => {});
  await time.settle();
  keeper.look(idle);
  keeper.beat(idle);
  await time.settle();
  expect(replica.writes).toBe(0);
  keeper.look(phone.phone());
  keeper.look(phone.phone());
  await time.settle();
  expect([replica.writes, replica.kept.map(({ callId }) => callId)]).toEqual([1, [one]]);
  await time.pass(10_000);
  keeper.beat(phone.phone());
  await time.settle();
  expect(replica.kept[0]?.inUntil).toBe(new Date(start + 10_000).toISOString());
  phone.tell(ended(one));
  keeper.look(phone.phone());
  await time.settle();
  expect(replica.kept[0]?.events.at(-1)?.type).toBe("ended");
  keeper.look(idle);
  await time.settle();
  expect(replica.kept).toEqual([]);
});

test("a full disk is tried again, and the newest is kept", async () => {
  const { time, replica, keeper } = openReplica();
  keeper.open(() => {});
  await time.settle();
  replica.fails = true;
  const phone = talkUnheard();
  keeper.look(phone.phone());
  await time.pass(3_000);
  phone.tell(ended(one));
  keeper.look(phone.phone());
  await time.settle();
  expect(replica.kept).toEqual([]);
  replica.fails = false;
  await time.pass(1_000);
  expect(replica.kept[0]?.events.at(-1)?.type).toBe("ended");
});

test("who signs out takes nothing away of what was kept, and who is the phone next is told of it, once it can be read", async () => {
  const { time, replica, keeper } = openReplica();
  keeper.open(() => {});
  await time.settle();
  keeper.look(talkUnheard().phone());
  await time.settle();
  keeper.close();
  keeper.look(idle);
  await time.settle();
  expect(replica.kept).toHaveLength(1);
  replica.fails = true;
  const told: (readonly AsideCall[])[] = [];
  keeper.open((calls) => void told.push(calls));
  await time.pass(3_000);
  expect(told).toEqual([]);
  replica.fails = false;
  await time.pass(1_000);
  expect(told).toEqual([replica.kept]);
});
