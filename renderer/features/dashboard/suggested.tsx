import { Link } from "@tanstack/react-router";
import { suggestions } from "../../../shared/rpc/contract/assistant.ts";
import { useLive } from "../../client/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

const mostAsked = 16;

/** Whom to turn to next, among those who are hot, were in touch lately or whom nobody has seen to, and why. */
export function Suggested({ hotLeads, recentCalls }: Pick<Dashboard, "hotLeads" | "recentCalls">) {
  const all = [...hotLeads.map(({ id }) => id), ...recentCalls.flatMap(({ leadId }) => leadId ?? [])];
  const leadIds = [...new Set(all)].slice(0, mostAsked);
  const answer = useLive(suggestions, { leadIds }).value;
  const rows = answer?.suggestions ?? [];
  return (
    <Section
      title="Suggested"
      note={rows.length > 0 && "By rules, on this device"}
      empty={
        answer?.suggestions.length === 0 && "Nothing is due with anybody, and nobody waits for an answer."
      }
    >
      <ul>
        {rows.map(({ leadId, leadName, title, reason }) => (
          <li key={leadId}>
            <Link to="/leads/$leadId" params={{ leadId }} className={styles["row"] ?? ""} title={reason}>
              <bdi className={styles["name"]}>{leadName}</bdi>
              <span className={styles["detail"]}>
                {title}: {reason}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
