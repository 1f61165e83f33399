import { viewPhone } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";
import { MiniCall } from "./mini-call.tsx";

/** The call in the top bar, where a screen uses the right column itself. */
export function DockedCall() {
  const { incoming, current } = viewPhone(usePhone());
  const call = incoming ?? current;
  return call && <MiniCall call={call} />;
}
