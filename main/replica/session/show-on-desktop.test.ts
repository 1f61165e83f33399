import { expect, test } from "vitest";
import { phoneOff, type PhoneState } from "../../../shared/calls/phone.ts";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import type { TrayView } from "../../host/services.ts";
import { createPresenceBoard } from "../presence/presence.ts";
import { keepTray } from "./show-on-desktop.ts";

const at = "2026-11-21T09:00:00.000Z";

test("the tray offers what can be done with a call at this moment, and is told of changes alone", () => {
  const shown: TrayView[] = [];
  const host = { setTray: async (view: TrayView) => void shown.push(view) };
  const settings = { breakReasons: () => [], onChange: () => () => {} };
  const tray = keepTray(host, createPresenceBoard(new VirtualTime(Date.parse(at))), settings);
  const tell = (...calls: PhoneState["calls"]) => {
    tray.onPhone({ ...phoneOff, calls });
    const { calling, ringing, controls } = shown.at(-1) as TrayView;
    return [calling, ringing, ...controls.map(({ key, does }) => `${key}: ${does}`)];
  };

  expect(tell(ringing)).toEqual([null, "Maria Kowalski", "answer: answer", "hang-up: decline"]);
  expect(tell(live)).toEqual(["Maria Kowalski", null, "mute: mute", "hang-up: hang-up"]);
  expect(tell({ ...live, muted: true })).toContain("mute: unmute");
  expect(tell({ ...live, name: "" })[0]).toBe("+1 312-555-0147");
  expect(tell({ ...ringing, name: "", number: "" })[1]).toBe("Unknown caller");
  const both = tell({ ...ringing, name: "Leo" }, live);
  expect(both).toEqual(["Maria Kowalski", "Leo", "answer: answer", "mute: mute", "hang-up: hang-up"]);
  const before = shown.length;
  expect(tell({ ...ringing, name: "Leo" }, live)).toEqual(both);
  expect(shown).toHaveLength(before);
  expect(tell()).toEqual([null, null]);
  tray.close();
});

function callIn(phase: string, can: string[]): PhoneState["calls"][number] {
  const call = {
    callId: phase,
    call: { direction: "inbound", phase: { phase, since: at } },
    ...{ name: "Maria Kowalski", number: "+13125550147", muted: false, monitoring: null, can },
  };
  return call as unknown as PhoneState["calls"][number];
}

const ringing = callIn("ringing", ["answer", "decline"]);
const live = callIn("live", ["hang-up", "mute"]);
