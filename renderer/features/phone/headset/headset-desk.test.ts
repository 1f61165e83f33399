import { describe, expect, test } from "vitest";
import {
  phoneOff,
  type PhoneCall,
  type PhoneCommand,
  type PhoneState,
} from "../../../../shared/calls/phone.ts";
import { switchingHeadset } from "../../../../testing/fakes/headset-models.ts";
import { plugHeadset } from "../../../../testing/fakes/hid-headset.ts";
import { VirtualTime } from "../../../../testing/simulation/virtual-time.ts";
import { commandOf, lightsOf } from "./headset-calls.ts";
import { createHeadsetDesk, type HeadsetList } from "./headset-desk.ts";
import { darkLights, type HeadsetEvent } from "./headset-port.ts";
import type { HidDevice } from "./hid-headset.ts";

function callOf(callId: string, is: "ringing" | "live" | "held", more: Partial<PhoneCall> = {}): PhoneCall {
  const phase = is === "ringing" ? "ringing" : is;
  return {
    callId,
    call: { phase: { phase } },
    can: is === "ringing" ? ["answer", "decline"] : ["hang-up", "mute", "hold"],
    muted: false,
    pending: null,
    ...more,
  } as unknown as PhoneCall;
}
const withCalls = (...calls: PhoneCall[]): PhoneState => ({ ...phoneOff, calls });

const ringing = callOf("new", "ringing");
const live = callOf("one", "live");
const held = callOf("two", "held");
const lift: HeadsetEvent = { type: "hook", off: true };
const putDown: HeadsetEvent = { type: "hook", off: false };

describe("what a button asks for", () => {
  test.each<[string, HeadsetEvent, PhoneCall[], PhoneCommand | null]>([
    ["lifted, it answers", lift, [ringing], { do: "answer", callId: ringing.callId }],
    ["lifted for nobody", lift, [], null],
    ["lifted in a call", lift, [live], null],
    [
      "put down, it hangs up whom one hears",
      putDown,
      [ringing, held, live],
      { do: "hang-up", callId: live.callId },
    ],
    ["put down on who waits", putDown, [held], { do: "hang-up", callId: held.callId }],
    ["put down while it rings", putDown, [ringing], null],
    [
      "mutes whom one talks to",
      { type: "mute", on: true },
      [held, live],
      { do: "mute", callId: live.callId, on: true },
    ],
    ["mutes nobody", { type: "mute", on: true }, [held], null],
    ["rejects who rings", { type: "reject" }, [ringing, live], { do: "decline", callId: ringing.callId }],
    ["rejects whom one hears", { type: "reject" }, [live], { do: "hang-up", callId: live.callId }],
    [
      "takes who waits at the door",
      { type: "hold" },
      [ringing, live],
      { do: "answer", callId: ringing.callId },
    ],
    ["puts aside", { type: "hold" }, [held, live], { do: "hold", callId: live.callId, on: true }],
    ["takes back", { type: "hold" }, [held], { do: "hold", callId: held.callId, on: false }],
  ])("%s", (_, event, calls, command) => expect(commandOf(event, { calls })).toEqual(command));
});

describe("what the lamps say", () => {
  const inCall = { ...darkLights, offHook: true };
  test.each([
    ["nothing", [], darkLights],
    ["a call that rings", [ringing], { ...darkLights, ring: true }],
    ["one that is being answered", [{ ...ringing, pending: "answer" as const }], inCall],
    ["one that rings beside a call, which would ring into the ear", [ringing, live], inCall],
    ["muted", [{ ...live, muted: true }], { ...inCall, mute: true }],
    ["everybody waits", [held], { ...inCall, hold: true }],
    ["one waits, one is heard", [held, live], inCall],
  ])("%s", (_, calls, lights) => expect(lightsOf({ calls })).toEqual(lights));
});

/** A browser's list, in which things are plugged. */
function openDesk() {
  const time = new VirtualTime(Date.parse("2026-11-21T09:00:00.000Z"));
  const plugged = plugHeadset(switchingHeadset);
  const device = plugged.device as HidDevice;
  type Listener = (event: { device: HidDevice }) => void;
  const told = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };
  let allowed: HidDevice[] = [];
  const list: HeadsetList = {
    getDevices: async () => allowed,
    addEventListener: (type, listener) => void told[type].add(listener),
  };
  const desk = createHeadsetDesk(list, { clock: time, timers: time });
  const names: (string | null)[] = [];
  const commands: PhoneCommand[] = [];
  desk.onName((name) => names.push(name));
  desk.onCommand((command) => commands.push(command));
  return {
    desk,
    names,
    commands,
    plugged,
    rest: () => time.pass(2_000),
    allow: () => void (allowed = [device]),
    plug(type: "connect" | "disconnect") {
      if (type === "disconnect") plugged.pullOut();
      else plugged.plugIn();
      allowed = type === "connect" ? [device] : [];
      for (const tell of told[type]) tell({ device });
    },
  };
}

describe("the headset of this desk", () => {
  test("is taken once the person has allowed one; before that it is said why not", async () => {
    const { desk, names, allow } = openDesk();
    await expect(desk.look()).rejects.toMatchObject({ refusal: { code: "not-possible" } });
    allow();
    await desk.look();
    await desk.look();
    expect(names).toEqual(["Halden 65"]);
  });

  test("one that another program holds is named", async () => {
    const { desk, plugged, allow } = openDesk();
    allow();
    plugged.pullOut();
    await expect(desk.look()).rejects.toMatchObject({
      refusal: { code: "failed", message: expect.stringContaining("Halden 65") },
    });
  });

  test("its buttons ask, and its lamps follow the call", async () => {
    const { desk, commands, plugged, allow, rest } = openDesk();
    allow();
    await desk.look();
    desk.show(withCalls(ringing));
    await rest();
    plugged.press("hook");
    desk.show(withCalls(callOf("new", "live")));
    await rest();
    plugged.press("mute");
    desk.show(withCalls(callOf("new", "live", { muted: true })));
    await rest();
    expect([plugged.isLit("offHook"), plugged.isLit("mute"), plugged.isLit("ring")]).toEqual([
      true,
      true,
      false,
    ]);
    plugged.press("hook");
    desk.show(withCalls());
    await rest();
    expect(commands.map((command) => command.do)).toEqual(["answer", "mute", "hang-up"]);
    expect(plugged.isLit("offHook")).toBe(false);
  });

  test("pain: a headset that is pulled out in mid-call takes its name away and nothing else, and is back when it is plugged in", async () => {
    const { desk, names, commands, plugged, plug, rest } = openDesk();
    plug("connect");
    await rest();
    desk.show(withCalls(live));
    await rest();
    plug("disconnect");
    await rest();
    expect([names, commands]).toEqual([["Halden 65", null], []]);
    plug("connect");
    await rest();
    expect([names.at(-1), plugged.isLit("offHook"), commands]).toEqual(["Halden 65", true, []]);
  });

  test("a browser without HID has none", async () => {
    const time = new VirtualTime(0);
    const desk = createHeadsetDesk(null, { clock: time, timers: time });
    await expect(desk.look()).rejects.toMatchObject({ refusal: { code: "not-possible" } });
  });
});
