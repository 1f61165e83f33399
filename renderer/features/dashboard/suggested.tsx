import { Link } from "@tanstack/react-router";
import { suggestions } from "../../../shared/rpc/contract/assistant.ts";
import { skip, useLive } from "../../client/index.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

const mostAsked = 16;

/** Whom to turn to next, among those who are hot or were in touch lately, and why. */
export function Suggested({ hotLeads, recentCalls }: Pick<Dashboard, "hotLeads" | "recentCalls">) {
  const all = [...hotLeads.map(({ id }) => id), ...recentCalls.flatMap(({ leadId }) => leadId ?? [])];
  const leadIds = [...new Set(all)].slice(0, mostAsked);
  const answer = useLive(suggestions, leadIds.length === 0 ? skip : { leadIds }).value;
  const rows = answer?.suggestions ?? [];
  return (
    <Section
      title="Suggested"
      note={rows.length > 0 && "By rules, on this device"}
      empty={rows.length === 0 && "Nothing is due with anybody who is hot or was in touch lately."}
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
