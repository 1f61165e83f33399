import { expect, test } from "vitest";
import type { Client } from "../../shared/rpc/client.ts";
import { tellZone } from "./tell-zone.ts";

/** A machine and a desk that the test plays. */
function stage() {
  const told: string[] = [];
  const desk = { answers: true };
  const machine = { here: "Europe/Lisbon", tick: () => {}, see: () => {} };
  const client = {
    call(_command: unknown, { zone }: { zone: string }) {
      told.push(zone);
      return Promise.resolve(desk.answers ? { ok: true, value: {} } : { ok: false, error: {} });
    },
  } as unknown as Client;
  tellZone(client, {
    zone: () => machine.here,
    timers: {
      after(_delayMs, task) {
        machine.tick = task;
        return () => {};
      },
    },
    onSeen: (listener) => (machine.see = listener),
  });
  return { told, desk, machine };
}

test("a desk is told of its zone at once, and of another one after a minute or when it is seen again", () => {
  const { told, machine } = stage();
  expect(told).toEqual(["Europe/Lisbon"]);
  machine.tick();
  machine.see();
  expect(told).toEqual(["Europe/Lisbon"]);
  machine.here = "America/Chicago";
  machine.tick();
  machine.here = "Pacific/Auckland";
  machine.see();
  expect(told).toEqual(["Europe/Lisbon", "America/Chicago", "Pacific/Auckland"]);
});

test("a desk that did not hear is told again", async () => {
  const { told, desk, machine } = stage();
  desk.answers = false;
  machine.here = "America/Chicago";
  machine.tick();
  desk.answers = true;
  await Promise.resolve();
  machine.tick();
  machine.tick();
  expect(told).toEqual(["Europe/Lisbon", "America/Chicago", "America/Chicago"]);
});
