import { Phone as PhoneIcon, Search } from "lucide-react";
import { useState } from "react";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { useDirectory } from "../../../client/index.ts";
import { IconButton } from "../../../ui/controls/button.tsx";
import { TextInput } from "../../../ui/fields/text-input.tsx";
import { parsePhone } from "../../../ui/format/phones.ts";
import { openPalette } from "../../shell/index.ts";
import { useDial } from "../model/use-phone.ts";
import styles from "./column.module.css";

/** A number is called, a name is looked for. */
export function DialBox({ phone }: { phone: PhoneState }) {
  const dial = useDial();
  const { business } = useDirectory();
  const [typed, setTyped] = useState("");
  const { valid } = parsePhone(typed, business?.country ?? "US");
  const ready = phone.line.state === "ready";
  const go = async () => {
    if (!valid) openPalette();
    else if (await dial(typed, null)) setTyped("");
  };
  return (
    <form
      className={styles["find"]}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <TextInput
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
            icon={valid ? PhoneIcon : Search}
            label={valid ? "Call this number" : "Find somebody"}
            disabled={valid && !ready}
          />
        }
      />
    </form>
  );
}
