import { Link } from "@tanstack/react-router";
import { useDirectory } from "../../client/index.ts";
import { ScoreDot } from "../../ui/display/score-dot.tsx";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import type { Dashboard } from "./dashboard-screen.tsx";
import { Section } from "./section.tsx";
import styles from "./dashboard.module.css";

export function HotLeads({ leads }: { leads: Dashboard["hotLeads"] }) {
  const directory = useDirectory();
  const steps = stageSteps(directory.stages("leads"));
  return (
    <Section
      title={`Hot ${directory.term("leads")}`}
      empty={
        leads.length === 0 && (
          <>
            None yet. Scores are reckoned anew within a quarter of an hour.{" "}
            <Link to="/leads">Work the list</Link>
          </>
        )
      }
    >
      <ul>
        {leads.map((lead) => (
          <li key={lead.id}>
            <Link to="/leads/$leadId" params={{ leadId: lead.id }} className={styles["row"] ?? ""}>
              <span className={styles["score"]}>
                {lead.score !== null && <ScoreDot score={lead.score} />} {lead.score ?? "–"}
              </span>
              <bdi className={styles["name"]}>{lead.name}</bdi>
              <bdi className={styles["detail"]}>{lead.company}</bdi>
              <span className={styles["stage"]}>
                <StageRing {...(steps.get(lead.stage) ?? { share: 0, outcome: "open" })} />
                {directory.stageLabel("leads", lead.stage)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
