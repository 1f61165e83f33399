// What the desk needs. The window itself is a page of its own (renderer/app/phone.ts) and stays out of the desk's.
export { openPhoneWindow } from "./open-phone-window.ts";
export { createRinger } from "./audio/ringer.ts";
export { ringCycleMs } from "./audio/waves.ts";
export { telephonyPage } from "./headset/hid-usages.ts";
export { microphoneTrouble } from "./audio/microphone-trouble.ts";
