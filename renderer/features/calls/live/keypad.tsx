import { useState } from "react";
import { useFocusOnMount } from "../../../ui/fields/use-focus-on-mount.ts";
import styles from "./live.module.css";

const digits = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
] as const;

/** Tones for menus of machines. Digits of the keyboard work as well; what was pressed stays to be read. */
export function Keypad({ onDigit }: { onDigit: (digit: string) => void }) {
  const [pressed, setPressed] = useState("");
  const read = useFocusOnMount<HTMLInputElement>();
  const press = (digit: string) => {
    setPressed((before) => (before + digit).slice(-20));
    onDigit(digit);
  };
  return (
    <div className={styles["keypad"]}>
      <input
        ref={read}
        className={styles["pressed"]}
        aria-label="Pressed; digits of the keyboard work too"
        value={pressed}
        readOnly
        onKeyDown={(event) => {
          if (/^[\d*#]$/u.test(event.key)) press(event.key);
        }}
      />
      <div className={styles["keys"]}>
        {digits.map(([digit, letters]) => (
          <button key={digit} type="button" className={styles["key"]} onClick={() => press(digit)}>
            {digit}
            <span aria-hidden>{letters}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
