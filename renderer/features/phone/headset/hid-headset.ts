import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import { darkLights, type Headset, type HeadsetEvent, type HeadsetLights } from "./headset-port.ts";
import { findFields, isOn, reportBytes, turnOn, type HidField } from "./hid-reports.ts";
import { buttons, lamps, type Button } from "./hid-usages.ts";

export type HidDevice = Pick<
  HIDDevice,
  "productName" | "collections" | "opened" | "open" | "close" | "sendReport"
> & {
  addEventListener(type: "inputreport", listener: (event: Report) => void): void;
  removeEventListener(type: "inputreport", listener: (event: Report) => void): void;
};
type Report = Pick<HIDInputReportEvent, "reportId" | "data">;

/** Hook and mute have a state that headset and desk both hold; the desk's is the lamp of that name. */
const shared = { hook: "offHook", mute: "mute" } as const satisfies Partial<
  Record<Button, keyof HeadsetLights>
>;
type SharedButton = keyof typeof shared;

/**
 * After its lamps have changed a headset repeats the new state or resets itself (WICG/webhid #61 and #72). No person
 * presses in that time and means it.
 */
const quietMs = 300;
/** A button that stays down for as long as this is let go, and not pressed again. */
const heldMs = 1_000;

/** A headset that can answer or mute, as far as its description tells. */
export function isHeadset({ collections }: Pick<HidDevice, "collections">): boolean {
  return findFields(collections, "inputReports", [buttons.hook, buttons.mute]).size > 0;
}

/** Any headset that speaks the telephony page of HID. Throws the browser's error where it cannot be opened. */
export async function openHidHeadset(
  device: HidDevice,
  { clock, timers }: { clock: Clock; timers: Timers },
): Promise<Headset> {
  const { collections } = device;
  const inputs = findFields(collections, "inputReports", Object.values(buttons));
  const writeLamps = lampWriter(collections);
  const before = new Map<Button, boolean>();
  let lights = darkLights;
  const quietUntilMs: Record<SharedButton, number> = { hook: 0, mute: 0 };
  let cancelDoubt = () => {};
  let tell: (event: HeadsetEvent) => void = () => {};

  /** A report tells of every button; what stayed as it was in the last one is no news. */
  function takeReport({ reportId, data }: Report): void {
    for (const [button, usage] of Object.entries(buttons) as [Button, number][]) {
      const field = inputs.get(usage);
      if (field?.reportId !== reportId) continue;
      const on = isOn(field, data);
      const isNews = field.relative ? on : on !== (before.get(button) ?? false);
      before.set(button, on);
      if (!isNews) continue;
      if (button === "hook" || button === "mute") takeShared(button, field, on);
      else if (on) tell({ type: button === "drop" ? "reject" : "hold" });
    }
  }

  /** A switch says what it is now; a button that only says "pressed" wants the opposite of what is. */
  function takeShared(button: SharedButton, { relative }: HidField, on: boolean): void {
    const is = lights[shared[button]];
    const wanted = relative ? !is : on;
    const nowMs = clock.now();
    const isEcho = nowMs < quietUntilMs[button];
    if (wanted === is || (isEcho && relative)) return;
    doubt();
    if (isEcho) return;
    quietUntilMs[button] = nowMs + (relative ? quietMs : heldMs);
    tell(button === "hook" ? { type: "hook", off: wanted } : { type: "mute", on: wanted });
  }

  /** The headset believes something else than its lamps say: unless these change by then, they are set again. */
  function doubt(): void {
    cancelDoubt();
    cancelDoubt = timers.after(quietMs, write);
  }

  function show(next: HeadsetLights): void {
    const same = (Object.keys(next) as (keyof HeadsetLights)[]).every((lamp) => next[lamp] === lights[lamp]);
    lights = next;
    if (!same) write();
  }

  function write(): void {
    cancelDoubt();
    for (const button of ["hook", "mute"] as const) {
      quietUntilMs[button] = Math.max(quietUntilMs[button], clock.now() + quietMs);
    }
    for (const { reportId, report } of writeLamps(lights)) {
      // One that was pulled out in this moment: whoever opened it hears that from the browser.
      void device.sendReport(reportId, report).catch(() => {});
    }
  }

  device.addEventListener("inputreport", takeReport);
  if (!device.opened) await device.open();
  write();
  return {
    name: device.productName || "Headset",
    show,
    onEvent: (listener) => void (tell = listener),
    async close() {
      device.removeEventListener("inputreport", takeReport);
      show(darkLights);
      cancelDoubt();
      await device.close().catch(() => {});
    },
  };
}

/** Makes the reports that set the lamps. A report holds several of them and is sent whole. */
function lampWriter(collections: HidDevice["collections"]) {
  const outputs = findFields(collections, "outputReports", Object.values(lamps).flat());
  const fields = [...outputs.values()].filter(({ selects }) => selects === null);
  const reportIds = [...new Set(fields.map(({ reportId }) => reportId))];
  return (lights: HeadsetLights) => {
    const lit = new Set<number>(
      (Object.keys(lamps) as (keyof typeof lamps)[]).flatMap((lamp) => (lights[lamp] ? lamps[lamp] : [])),
    );
    return reportIds.map((reportId) => {
      const report = new Uint8Array(reportBytes(collections, "outputReports", reportId));
      for (const field of fields) {
        if (field.reportId === reportId && lit.has(field.usage)) turnOn(field, report);
      }
      return { reportId, report };
    });
  };
}
