import { Copy } from "lucide-react";
import { Button } from "../../../ui/controls/button.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";

/** Puts a text into the clipboard, and says so. `what` as in "Copied the text". */
export function CopyButton({
  text,
  label = "Copy",
  what = "text",
  primary = false,
  disabled = false,
  onCopied,
}: {
  text: string;
  label?: string;
  what?: string;
  primary?: boolean;
  disabled?: boolean;
  onCopied?: () => void;
}) {
  const toast = useToast();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast({ text: `Copied the ${what}` });
    onCopied?.();
  };
  return (
    <Button icon={Copy} kind={primary ? "primary" : "normal"} disabled={disabled} onClick={() => void copy()}>
      {label}
    </Button>
  );
}
