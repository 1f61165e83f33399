// Numbers of the USB forum's "HID Usage Tables" 1.5: page 0x0B is telephony, page 0x08 lamps. A usage is page and id.

export const telephonyPage = 0x0b;

export const buttons = {
  hook: 0x0b_0020,
  flash: 0x0b_0021,
  hold: 0x0b_0023,
  drop: 0x0b_0026,
  mute: 0x0b_002f,
} as const;
export type Button = keyof typeof buttons;

/** Some ring by a lamp of that name, some have the telephony page's own ringer. */
export const lamps = {
  mute: [0x08_0009],
  offHook: [0x08_0017],
  ring: [0x08_0018, 0x0b_009e],
  hold: [0x08_0020],
} as const;
