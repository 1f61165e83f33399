import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { CopyBox } from "./copy-box.tsx";

/** A link that is shown once and then known to nobody but whoever has it. */
export function LinkBox({ label, link, expiresAt }: { label: string; link: string; expiresAt: string }) {
  const now = useNow();
  const until = dayAndTime(new Date(expiresAt), now);
  return <CopyBox label={label} hint={`Shown only now. Good once, until ${until}.`} text={link} />;
}
