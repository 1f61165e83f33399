/** A model of headset: what it tells of its reports, and the bytes that it then really sends and takes. */
export type HeadsetModel = {
  productName: string;
  collections: HIDCollectionInfo[];
  /** Its buttons as they stand in the one byte that it sends. */
  sends: { reportId: number; bits: Record<HeadsetButton, number> };
  /** A switch stays as it was put; a button is let go again. */
  hook: "switch" | "button";
  mute: "switch" | "button";
  /** In which report, and by which bit of its first byte, a lamp is set. */
  takes: Record<HeadsetLamp, readonly [reportId: number, bit: number]>;
  /** What the desk sets is reported back as if somebody had pressed it. */
  echoes: boolean;
};
export type HeadsetButton = "hook" | "mute" | "flash" | "drop";
export type HeadsetLamp = "ring" | "offHook" | "mute" | "hold";

/**
 * A headset at the end of a cable: it knows bytes, and nothing of calls. Needs nothing around it, so that a test can
 * hand its text to a browser.
 */
export function plugHeadset(model: HeadsetModel) {
  type Listener = (event: { reportId: number; data: DataView }) => void;
  const { sends, takes } = model;
  const listeners = new Set<Listener>();
  const lastReports = new Map<number, Uint8Array>();
  const is = { hook: false, mute: false };
  const written: number[][] = [];
  let plugged = true;
  let opened = false;

  function send(also = 0): void {
    const byte =
      (model.hook === "switch" && is.hook ? sends.bits.hook : 0) |
      (model.mute === "switch" && is.mute ? sends.bits.mute : 0) |
      also;
    const event = { reportId: sends.reportId, data: new DataView(new Uint8Array([byte, 0]).buffer) };
    if (opened && plugged) for (const listener of listeners) listener(event);
  }

  /** @param meanwhile what happens between down and up */
  function press(button: HeadsetButton, meanwhile = () => {}): void {
    if (button === "hook" || button === "mute") is[button] = !is[button];
    if ((button === "hook" || button === "mute") && model[button] === "switch") {
      send();
      return meanwhile();
    }
    send(sends.bits[button]);
    meanwhile();
    send();
  }

  function isLit(lamp: HeadsetLamp): boolean {
    const [reportId, bit] = takes[lamp];
    return ((lastReports.get(reportId)?.[0] ?? 0) & bit) !== 0;
  }

  /** Its own idea follows the desk's, and it says so. */
  function follow(button: "hook" | "mute", lamp: "offHook" | "mute"): void {
    if (is[button] === isLit(lamp)) return;
    if (model.echoes) press(button);
    else is[button] = isLit(lamp);
  }

  const device = {
    productName: model.productName,
    collections: model.collections,
    get opened() {
      return opened;
    },
    async open(): Promise<void> {
      if (!plugged) throw new DOMException("Failed to open the device.", "NotAllowedError");
      opened = true;
    },
    async close(): Promise<void> {
      opened = false;
    },
    async sendReport(reportId: number, data: BufferSource): Promise<void> {
      if (!plugged || !opened) throw new DOMException("Failed to write the report.", "NotAllowedError");
      const bytes = new Uint8Array(data as ArrayBuffer);
      written.push([reportId, ...bytes]);
      lastReports.set(reportId, bytes);
      // It takes a moment, as over a cable.
      await Promise.resolve();
      follow("hook", "offHook");
      follow("mute", "mute");
    },
    addEventListener: (_: string, listener: Listener) => void listeners.add(listener),
    removeEventListener: (_: string, listener: Listener) => void listeners.delete(listener),
  };

  return {
    device,
    /** A person presses and lets go. */
    press,
    isLit,
    /** Every report it was given, its id first. */
    written,
    pullOut: () => void (plugged = false),
    plugIn: () => void (plugged = true),
  };
}
