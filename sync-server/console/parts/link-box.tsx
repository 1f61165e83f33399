import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";

/** A link that is shown once and then known to nobody but whoever has it. */
export function LinkBox({ label, link, expiresAt }: { label: string; link: string; expiresAt: string }) {
  const now = useNow();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Refused without a secure context: the text is selected for the person to copy.
    await navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <TextInput
      label={label}
      hint={`Shown only now. Good once, until ${dayAndTime(new Date(expiresAt), now)}.`}
      value={link}
      readOnly
      onChange={() => {}}
      onFocus={(event) => event.currentTarget.select()}
      end={
        <Button size="small" icon={copied ? Check : Copy} onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
      }
    />
  );
}
