import { lazy } from "react";

export { CallColumn, CallColumnRoom } from "./column/call-column.tsx";
export { readCallsSearch } from "./history/calls-search.ts";
export { RingNotices } from "./incoming/ring-notices.tsx";
export { CallPanelButton, CallUp, DockedCall } from "./mini/docked-call.tsx";
export { ifMeant } from "./model/call-chord-guard.ts";
export { callIcon, callOutcome } from "./model/call-words.ts";
export { readDialled } from "./model/read-dialled.ts";
export { useClickToCall, type ClickToCall } from "./model/use-click-to-call.ts";
export { callsAtExchange, useDial, usePhone } from "./model/use-phone.ts";
export { usePlayer, type Player } from "./player/use-player.ts";
export { DialPrompt } from "./setup/dial-prompt.tsx";

/** Only the settings show it: it is loaded with them. */
export const PhoneSetup = lazy(() =>
  import("./setup/phone-setup.tsx").then((setup) => ({ default: setup.PhoneSetup })),
);
