import { ArrowUp, Square } from "lucide-react";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { TextArea } from "../../../ui/fields/text-input.tsx";
import { changeLine, useLine } from "./hub-state.ts";
import styles from "./hub.module.css";

/** One line to say, and what is asked most. */
export function HubComposer({
  about,
  quick,
  onSay,
  onStop,
}: {
  /** The lead's id; "" = nobody in particular. */
  about: string;
  quick: readonly string[];
  /** @returns whether it was taken */
  onSay: (said: string) => Promise<boolean>;
  /** Null = nothing is under way. */
  onStop: (() => void) | null;
}) {
  const text = useLine(about);
  const say = async () => {
    const said = text.trim();
    if (said === "" || onStop) return;
    changeLine(about, () => "");
    if (!(await onSay(said))) changeLine(about, (typed) => typed || said);
  };
  return (
    <div className={styles["composer"]}>
      <div className={styles["quick"]} role="group" aria-label="Ask at once">
        {quick.map((said) => (
          <Button key={said} size="small" disabled={onStop !== null} onClick={() => void onSay(said)}>
            {said}
          </Button>
        ))}
      </div>
      <div className={styles["line"]}>
        <TextArea
          label="Ask the assistant"
          hideLabel
          rows={1}
          dir="auto"
          maxLength={4_000}
          placeholder="Ask, or say what to do"
          data-autofocus
          data-assistant-line
          value={text}
          onChange={(line) => changeLine(about, () => line)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void say();
          }}
        />
        {onStop ? (
          <IconButton kind="normal" icon={Square} label="Stop" onClick={onStop} />
        ) : (
          <IconButton
            kind="primary"
            icon={ArrowUp}
            label="Send"
            keys="enter"
            disabled={text.trim() === ""}
            onClick={() => void say()}
          />
        )}
      </div>
    </div>
  );
}

/**
 * Whoever pressed a button that goes, or can no longer be pressed, is back at the line: without a place of its own the
 * next Escape would reach the screen below, too.
 */
export function focusAssistantLine(): void {
  document.querySelector<HTMLElement>("[data-assistant-line]")?.focus();
}
