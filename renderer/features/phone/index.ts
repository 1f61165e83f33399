export { startPhoneWindow } from "./window/phone-window.ts";
export { openPhoneWindow } from "./open-phone-window.ts";
