import { Phone as PhoneIcon, Search } from "lucide-react";
import { useRef } from "react";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { createScreenState, useDirectory } from "../../../client/index.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { openPalette } from "../../shell/index.ts";
import { readDialled } from "../model/read-dialled.ts";
import { callsAtExchange, useDial } from "../model/use-phone.ts";
import styles from "./column.module.css";

/** The box gives way to a dial that a rule may forbid: what was typed is there again then. */
const useTyped = createScreenState(() => ({ typed: "" }));
const setTyped = (typed: string) => useTyped.setState({ typed });

/** A number is called, a name is looked for. */
export function DialBox({ phone }: { phone: PhoneState }) {
  const dial = useDial();
  const { business } = useDirectory();
  const typed = useTyped((state) => state.typed);
  const field = useRef<HTMLInputElement>(null);
  const country = business?.country ?? "US";
  const dialled = readDialled(typed, { country, atExchange: callsAtExchange(phone) });
  // Whoever needs help does not wait for the line to be ready before they may ask for it.
  const waits = dialled !== null && dialled.kind !== "emergency" && phone.line.state !== "ready";
  const go = async () => {
    if (dialled && !(await dial(typed, null))) return;
    if (!dialled) openPalette(null, typed);
    setTyped("");
  };
  return (
    <form
      className={styles["find"]}
      onSubmit={(event) => {
        event.preventDefault();
        // When the palette closes, keys are the screen's again.
        if (!dialled) field.current?.blur();
        void go();
      }}
    >
      <TextInput
        ref={field}
        label="Name or number"
        hideLabel
        placeholder="Name or number"
        inputMode="tel"
        value={typed}
        onChange={setTyped}
        end={
          <IconButton
            type="submit"
            size="small"
            icon={dialled ? PhoneIcon : Search}
            label={dialled ? "Call this number" : "Find somebody"}
            disabled={waits}
          />
        }
      />
    </form>
  );
}
