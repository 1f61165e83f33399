/** What the lamps of a headset say. It goes by them when its buttons are pressed. */
export type HeadsetLights = { ring: boolean; offHook: boolean; mute: boolean; hold: boolean };

export const darkLights: HeadsetLights = { ring: false, offHook: false, mute: false, hold: false };

/**
 * What its person wants. `hook`: lifted is to answer, put down is to hang up. `mute`: as it shall be. `reject`: the
 * call that rings, or else the one that is heard. `hold`: the other call, or this one aside.
 */
export type HeadsetEvent =
  { type: "hook"; off: boolean } | { type: "mute"; on: boolean } | { type: "reject" } | { type: "hold" };

/** A headset with buttons, whoever has made it. Nothing that it says of itself is an event: only its buttons are. */
export type Headset = {
  name: string;
  /** A press that changes nothing is undone: the lamps are set again as they were last shown. */
  show(lights: HeadsetLights): void;
  onEvent(listener: (event: HeadsetEvent) => void): void;
  /** Puts the lamps out and lets go of it. */
  close(): Promise<void>;
};
