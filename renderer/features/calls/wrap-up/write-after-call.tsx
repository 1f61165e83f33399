import { Link } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import styles from "./wrap-up.module.css";

/** The e-mail that follows a call, written on the profile: there is room to read it. */
export function WriteAfterCall({
  callId,
  leadId,
  onLeave,
}: {
  callId: RecordId;
  leadId: RecordId;
  onLeave?: () => void;
}) {
  return (
    <Link
      className={styles["write"] ?? ""}
      to="/leads/$leadId"
      params={{ leadId }}
      search={(before) => ({ ...before, do: "after-call", about: callId })}
      onClick={onLeave}
    >
      <Icon of={Sparkles} size={14} /> Write the follow-up e-mail
    </Link>
  );
}
