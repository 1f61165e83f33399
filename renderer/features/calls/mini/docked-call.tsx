import { PanelRight } from "lucide-react";
import { useEffect } from "react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { closeCallPanel, openCallPanel, useDesk } from "../../shell/index.ts";
import { ConsentBar } from "../live/consent-bar.tsx";
import { useCallKeys } from "../live/use-call-keys.ts";
import { callChord } from "../model/call-chord.ts";
import { ifMeant, useSeenByGuard } from "../model/call-chord-guard.ts";
import { viewPhone, type PhoneView } from "../model/phone-view.ts";
import { usePhone } from "../model/use-phone.ts";
import { MiniCall, MiniWrapUp } from "./mini-call.tsx";
import styles from "./mini.module.css";
import { useMiniKeys } from "./use-mini-keys.ts";

/** The phone under the top bar, where it has no column: the call, and what it waits for. */
export function DockedCall() {
  const view = viewPhone(usePhone());
  const isOpen = useDesk(({ callPanelOpen }) => callPanelOpen);
  useSeenByGuard({ ...view, docked: !isOpen });
  if (isOpen || !(view.incoming ?? view.current ?? view.wrapUp)) return null;
  return <Docked view={view} />;
}

function Docked({ view: { incoming, current, wrapUp } }: { view: PhoneView }) {
  const call = incoming ?? current;
  useMiniKeys(incoming, current);
  useCardKeys(current);
  useWrapUpKey(call ? null : wrapUp);
  return (
    <section className={styles["docked"]} aria-label="Call">
      {call ? (
        <MiniCall call={call} />
      ) : (
        wrapUp && <MiniWrapUp call={wrapUp} onOpen={() => openCallPanel()} />
      )}
      {current && <ConsentBar call={current} inLine />}
    </section>
  );
}

/** What there is no room for here opens the panel, and there its card. */
function useCardKeys(call: PhoneCall | null): void {
  const isOn = (...abilities: PhoneCall["can"]) => abilities.every((ability) => call?.can.includes(ability));
  useCallKeys({
    ...(isOn("dtmf") && { keypad: () => openCallPanel("keypad") }),
    ...(isOn("blind-transfer", "warm-transfer") && { transfer: () => openCallPanel("transfer") }),
    ...(isOn("add-party") && { add: () => openCallPanel("add") }),
  });
}

/** The chord that would finish it shows first what there is to write down. */
function useWrapUpKey(call: PhoneCall | null): void {
  const run = ifMeant(() => openCallPanel());
  const shown = { title: "Write down the call", group: "In a call" };
  // Fields save by the same chord.
  const key = { id: "open-wrap-up", keys: callChord, ...shown, whileTyping: false, run };
  useShortcuts("screen", call ? [key] : []);
}

const panelKey = "shift+c";

/** The way to the whole panel, in the top bar of a screen that has no column for it. */
export function CallPanelButton() {
  const isOpen = useDesk(({ callPanelOpen }) => callPanelOpen);
  const toggle = () => (isOpen ? closeCallPanel() : openCallPanel());
  const label = isOpen ? "Hide the call panel" : "Show the call panel";
  useShortcuts("screen", [
    { id: "call-panel", keys: panelKey, title: label, group: "In a call", run: toggle },
  ]);
  return (
    <IconButton icon={PanelRight} label={label} keys={panelKey} aria-pressed={isOpen} onClick={toggle} />
  );
}

/** Tells the frame whether a call is up, or being written down: where there is room, it has the right column then. */
export function CallUp() {
  const { current, wrapUp } = viewPhone(usePhone());
  const callUp = current !== null || wrapUp !== null;
  useEffect(() => {
    useDesk.setState({ callUp });
    return () => useDesk.setState({ callUp: false });
  }, [callUp]);
  return null;
}
