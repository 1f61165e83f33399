import { lineAccess } from "../../../../shared/rpc/contract/phone.ts";
import type { Clock, Random, Timers } from "../../../../shared/result/ports.ts";
import type { LineAccess } from "../../../../shared/calls/server-wire.ts";
import type { Client } from "../../../client/index.ts";
import {
  isLineFailure,
  type DevicePorts,
  type LineFailure,
  type OpenDevice,
  type PhoneDevice,
} from "../device/device-port.ts";
import { nextLine, type Line, type LineEffect, type LineEvent } from "../line/line-machine.ts";

export type LineKeeper = {
  tell(event: LineEvent): void;
  /** The device that is up. */
  device(): PhoneDevice | null;
};

export type LineKeeperPorts = {
  client: Client;
  openDevice: (provider: LineAccess["provider"]) => OpenDevice;
  devicePorts: Omit<DevicePorts, "listener"> & { onIncoming: DevicePorts["listener"]["incoming"] };
  clock: Clock;
  timers: Timers;
  random: Random;
  inCall: () => boolean;
  onLine: (line: Line) => void;
  onDevice: (device: PhoneDevice) => void;
};

/** Runs the line machine: asks for access, starts and stops devices, and tells it what came of that. */
export function keepLine(ports: LineKeeperPorts): LineKeeper {
  const { client, clock, timers, random, inCall } = ports;
  let line: Line = { state: "off" };
  let device: PhoneDevice | null = null;
  let cancelWait = () => {};
  /** Counts starts and stops: a device that loads meanwhile is nobody's. */
  let turn = 0;

  function tell(event: LineEvent): void {
    const step = nextLine(line, event, { nowMs: clock.now(), random, inCall: inCall() });
    const changed = step.line !== line;
    line = step.line;
    if (changed) ports.onLine(line);
    for (const effect of step.effects) carryOut(effect);
  }

  function carryOut(effect: LineEffect): void {
    switch (effect.do) {
      case "ask-access":
        return void askAccess();
      case "start-device":
        return void start(effect.access);
      case "update-access":
        return void settle(device?.updateAccess(effect.access) ?? Promise.reject(noDevice));
      case "stop-device":
        turn += 1;
        void device?.stop();
        device = null;
        return;
      case "wait":
        cancelWait();
        cancelWait =
          effect.delayMs === null ? () => {} : timers.after(effect.delayMs, () => tell({ type: "due" }));
        return;
    }
  }

  async function askAccess(): Promise<void> {
    const answer = await client.call(lineAccess, {});
    if (!answer.ok) return tell({ type: "access-refused", ...answer.error });
    if (!answer.value.ok) return tell({ type: "access-refused", ...answer.value.error });
    tell({ type: "access", access: answer.value.value });
  }

  async function start(access: LineAccess): Promise<void> {
    const mine = (turn += 1);
    let opened: PhoneDevice | null = null;
    const ifCurrent = (work: () => void) => {
      if (opened !== null && opened === device) work();
    };
    const { openMicrophone, onIncoming } = ports.devicePorts;
    const open = ports.openDevice(access.provider);
    const listener: DevicePorts["listener"] = {
      incoming: onIncoming,
      up: (edge) => ifCurrent(() => tell({ type: "up", edge })),
      down: () => ifCurrent(() => tell({ type: "down" })),
      failed: (failure) => ifCurrent(() => tell({ type: "failed", ...failure })),
      accessEnds: () => ifCurrent(() => tell({ type: "access-ends" })),
    };
    try {
      opened = await open({ openMicrophone, listener });
    } catch {
      return mine === turn ? tell({ type: "start-failed", ...noSdk }) : undefined;
    }
    if (mine !== turn) return void opened.stop();
    device = opened;
    ports.onDevice(opened);
    await settle(opened.start(access));
  }

  async function settle(work: Promise<void>): Promise<void> {
    const mine = turn;
    const result = await work.then(
      () => ({ type: "started" }) as const,
      (error: unknown) => ({ type: "start-failed", ...failureOf(error) }) as const,
    );
    if (mine === turn) tell(result);
  }

  return { tell, device: () => device };
}

function failureOf(error: unknown): LineFailure {
  return isLineFailure(error) ? error : { code: "network", message: String(error) };
}

const noDevice = { code: "network", message: "The line is not up." } as const;
const noSdk = { code: "network", message: "The telephone could not be loaded." } as const;
