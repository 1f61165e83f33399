import { SavedText } from "./saved-text.tsx";

/** A secret that can be given and never be read: what was typed goes to the server and leaves the page. */
export function SecretText({
  label,
  hint,
  hideLabel = false,
  isKept,
  onSave,
}: {
  label: string;
  hint?: string | undefined;
  hideLabel?: boolean;
  isKept: boolean;
  onSave: (secret: string) => void;
}) {
  return (
    <SavedText
      label={label}
      hideLabel={hideLabel}
      compact={hideLabel}
      {...(hint ? { hint } : {})}
      type="password"
      autoComplete="new-password"
      placeholder={isKept ? "Kept. Type to replace it" : "Not given yet"}
      neverEmpty
      value=""
      onSave={onSave}
    />
  );
}
