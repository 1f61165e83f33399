import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";

/** A text that has to be carried elsewhere, with a button that takes it along. */
export function CopyBox({ label, hint, text }: { label: string; hint?: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Refused without a secure context: the text is selected for the person to copy.
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <TextInput
      label={label}
      {...(hint ? { hint } : {})}
      value={text}
      readOnly
      onChange={() => {}}
      onFocus={(event) => event.currentTarget.select()}
      end={
        <Button
          size="small"
          icon={copied ? Check : Copy}
          aria-label={`Copy: ${label}`}
          onClick={() => void copy()}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      }
    />
  );
}
