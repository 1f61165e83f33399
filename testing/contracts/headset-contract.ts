import { beforeEach, describe, expect, test } from "vitest";
import {
  darkLights,
  type Headset,
  type HeadsetEvent,
  type HeadsetLights,
} from "../../renderer/features/phone/headset/headset-port.ts";
import { plugHeadset, type HeadsetLamp, type HeadsetModel } from "../fakes/hid-headset.ts";
import { VirtualTime } from "../simulation/virtual-time.ts";

type Open = (device: ReturnType<typeof plugHeadset>["device"], time: VirtualTime) => Promise<Headset>;

const inCall: HeadsetLights = { ring: false, offHook: true, mute: false, hold: false };
const ringing: HeadsetLights = { ...darkLights, ring: true };

/** What every headset does for the phone, whatever it is made of. */
export function headsetContract(model: HeadsetModel, open: Open): void {
  describe(`a headset that is a ${model.productName}`, () => {
    let time: VirtualTime;
    let plugged: ReturnType<typeof plugHeadset>;
    let headset: Headset;
    let events: HeadsetEvent[];
    /** A person's own pace: what a headset has to say of itself it has said by then. */
    const rest = () => time.pass(2_000);
    const show = async (lights: HeadsetLights) => {
      headset.show(lights);
      await rest();
    };
    const lit = () =>
      (["ring", "offHook", "mute", "hold"] as HeadsetLamp[]).filter((lamp) => plugged.isLit(lamp));

    beforeEach(async () => {
      time = new VirtualTime(Date.parse("2026-11-21T09:00:00.000Z"));
      plugged = plugHeadset(model);
      headset = await open(plugged.device, time);
      events = [];
      headset.onEvent((event) => events.push(event));
      await rest();
    });

    test("has its maker's name", () => expect(headset.name).toBe(model.productName));

    test("lights its lamps as they are shown, and says nothing of it", async () => {
      for (const lights of [
        ringing,
        inCall,
        { ...inCall, mute: true },
        { ...inCall, hold: true },
        darkLights,
      ]) {
        await show(lights);
        expect(lit()).toEqual(Object.keys(lights).filter((lamp) => lights[lamp as HeadsetLamp]));
      }
      expect(events).toEqual([]);
    });

    test("answers and hangs up by its hook, once each", async () => {
      await show(ringing);
      plugged.press("hook");
      await show(inCall);
      expect(events).toEqual([{ type: "hook", off: true }]);
      pressUntilTold(plugged, events);
      await show(darkLights);
      expect(events).toEqual([
        { type: "hook", off: true },
        { type: "hook", off: false },
      ]);
    });

    test("an answer and a hang-up at the desk are no presses", async () => {
      for (const lights of [ringing, inCall, darkLights, inCall, darkLights]) await show(lights);
      expect(events).toEqual([]);
    });

    test("mutes and unmutes by its button, once each, also where the desk muted first", async () => {
      await show(inCall);
      plugged.press("mute");
      await show({ ...inCall, mute: true });
      expect(events).toEqual([{ type: "mute", on: true }]);
      await show(inCall);
      await show({ ...inCall, mute: true });
      expect(events).toHaveLength(1);
      pressUntilTold(plugged, events, "mute");
      expect(events.at(-1)).toEqual({ type: "mute", on: false });
    });

    test("muting does not hang up, and a button that is held down does not take back what it asked for", async () => {
      await show(ringing);
      plugged.press("hook", () => headset.show(inCall));
      await rest();
      plugged.press("mute");
      await rest();
      expect(events).toEqual([
        { type: "hook", off: true },
        { type: "mute", on: true },
      ]);
    });

    test("a press that was not granted is undone on the headset", async () => {
      await show(ringing);
      plugged.written.length = 0;
      plugged.press("hook");
      await rest();
      expect(events).toEqual([{ type: "hook", off: true }]);
      expect(plugged.written.length).toBeGreaterThan(0);
      expect(lit()).toEqual(["ring"]);
    });

    test("rejects, and puts a call aside", async () => {
      await show(ringing);
      plugged.press("drop");
      await rest();
      plugged.press("flash");
      await rest();
      expect(events).toEqual([{ type: "reject" }, { type: "hold" }]);
    });

    test("one that is pulled out is silent", async () => {
      await show(inCall);
      plugged.pullOut();
      plugged.press("hook");
      await show(darkLights);
      expect(events).toEqual([]);
    });

    test("one that is let go of goes dark and says no more", async () => {
      await show({ ...inCall, mute: true });
      await headset.close();
      expect(lit()).toEqual([]);
      plugged.press("hook");
      expect([events, plugged.device.opened]).toEqual([[], false]);
    });
  });
}

/**
 * A headset whose button says "on" where it means "pressed" agrees with the desk by that, and says the opposite when
 * it is let go; one that lost count is pressed a second time. Two presses are the most that anybody needs.
 */
function pressUntilTold(
  { press }: ReturnType<typeof plugHeadset>,
  events: HeadsetEvent[],
  button: "hook" | "mute" = "hook",
): void {
  const before = events.length;
  press(button);
  if (events.length === before) press(button);
}
