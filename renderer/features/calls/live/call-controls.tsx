import { ArrowRightLeft, Grid3x3, Mic, MicOff, Pause, PhoneOff, Play, UserPlus } from "lucide-react";
import { forwardRef, useEffect, useState, type ComponentPropsWithoutRef } from "react";
import { isOfOwnExchange } from "../../../../shared/calls/call.ts";
import type { CallAbility, PhoneCall } from "../../../../shared/calls/phone.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon, type IconType } from "../../../ui/display/icon.tsx";
import { KeyHint } from "../../../ui/display/kbd.tsx";
import { Popover } from "../../../ui/floating/popover.tsx";
import { keyLabels, spokenKeys } from "../../../ui/keys/key-labels.ts";
import { useDesk, type CallCard } from "../../shell/index.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { Keypad } from "./keypad.tsx";
import { TransferCard } from "./transfer-card.tsx";
import styles from "./live.module.css";
import { callKeys, keysWhileTyping, useCallKeys } from "./use-call-keys.ts";

type Open = CallCard | null;

/** The six buttons of a call, each with its key under it. */
export function CallControls({ call }: { call: PhoneCall }) {
  const ask = useAskPhone();
  const [open, setOpen] = useState<Open>(() => useDesk.getState().callCard);
  useEffect(() => useDesk.setState({ callCard: null }), []);
  const { callId } = call;
  const held = call.call.phase.phase === "held";
  /** What was asked for is through: by then another card may stand there. */
  const done = (what: Open) => setOpen((now) => (now === what ? null : now));
  const close = (opened: boolean) => !opened && setOpen(null);
  const off = (ability: CallAbility) => !call.can.includes(ability) || call.pending === ability;
  /** Neither button nor key opens a card that is of no use now, as while one's wish is under way; it can be closed. */
  const toggle = (what: Open, isOff: boolean) => {
    if (open === what) setOpen(null);
    else if (!isOff) setOpen(what);
  };
  const noTransfer = off("blind-transfer") || off("warm-transfer");
  const actions = {
    mute: () => void ask({ do: "mute", callId, on: !call.muted }),
    hold: () => void ask({ do: "hold", callId, on: !held }),
    keypad: () => toggle("keypad", off("dtmf")),
    transfer: () => toggle("transfer", noTransfer),
    add: () => toggle("add", off("add-party")),
    end: () => void ask({ do: "hang-up", callId }),
  };
  useCallKeys(actions);
  return (
    <div className={styles["controls"]} role="toolbar" aria-label="Call">
      <Control
        icon={call.muted ? MicOff : Mic}
        label={call.muted ? "Unmute" : "Mute"}
        keys={callKeys.mute}
        keysTyping={keysWhileTyping.mute}
        pressed={call.muted}
        disabled={off("mute")}
        onClick={actions.mute}
      />
      <Control
        icon={held ? Play : Pause}
        label={held ? "Resume" : "Hold"}
        keys={callKeys.hold}
        pressed={held}
        disabled={off("hold")}
        onClick={actions.hold}
      />
      <Popover
        opened={open === "keypad"}
        onChange={close}
        position="bottom"
        label="Keypad"
        target={
          <Control
            icon={Grid3x3}
            label="Keypad"
            keys={callKeys.keypad}
            disabled={off("dtmf")}
            onClick={actions.keypad}
          />
        }
      >
        <Keypad onDigit={(digits) => void ask({ do: "dtmf", callId, digits })} />
      </Popover>
      <Popover
        opened={open === "transfer"}
        onChange={close}
        position="bottom-end"
        label="Transfer"
        target={
          <Control
            icon={ArrowRightLeft}
            label="Transfer"
            keys={callKeys.transfer}
            disabled={noTransfer}
            onClick={actions.transfer}
          />
        }
      >
        <TransferCard call={call} onDone={() => done("transfer")} />
      </Popover>
      <Popover
        opened={open === "add"}
        onChange={close}
        position="bottom-end"
        label="Add somebody"
        target={
          <Control
            icon={UserPlus}
            label="Add"
            keys={callKeys.add}
            disabled={off("add-party")}
            why={isOfOwnExchange(call.call) ? notAtExchange : undefined}
            onClick={actions.add}
          />
        }
      >
        <TransferCard call={call} adds onDone={() => done("add")} />
      </Popover>
      <Control
        icon={PhoneOff}
        label="End"
        keys={callKeys.end}
        keysTyping={keysWhileTyping.end}
        danger
        disabled={off("hang-up")}
        onClick={actions.end}
      />
    </div>
  );
}

const notAtExchange =
  "At your own exchange you and the caller are alone in this call: transfer it, or use the exchange's own conference.";

interface ControlProps extends ComponentPropsWithoutRef<"button"> {
  icon: IconType;
  label: string;
  keys: string;
  /** What does the same while the caret is in a field. */
  keysTyping?: string | undefined;
  pressed?: boolean;
  danger?: boolean;
  /** Why it cannot be pressed at all. */
  why?: string | undefined;
}

const Control = forwardRef<HTMLButtonElement, ControlProps>(function Control(
  { icon, label, keys, keysTyping, pressed, danger, why, ...rest },
  ref,
) {
  return (
    <span className={styles["control-place"]}>
      <button
        ref={ref}
        type="button"
        {...rest}
        aria-pressed={pressed}
        title={why ?? (keysTyping && `${label}; while typing: ${keyLabels(keysTyping).join(" ")}`)}
        aria-keyshortcuts={[keys, keysTyping].map(spokenKeys).join(" ").trim()}
        className={classNames(styles["control"], pressed && styles["on"], danger && styles["end"])}
      >
        <Icon of={icon} size={18} />
        {label}
      </button>
      <KeyHint keys={keys} />
    </span>
  );
});
