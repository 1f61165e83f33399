import { useNavigate } from "@tanstack/react-router";
import { addDays, format } from "date-fns";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { judgeRecommendation, recommendations } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { dueOfDay } from "../../../../shared/tasks/whole-day.ts";
import { useCommand, useEdits, useLive } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { useDial } from "../../calls/index.ts";
import styles from "./recommended.module.css";

type Answer = OutputOf<typeof recommendations>;
type Recommendation = Answer["recommendations"][number];

/** What should be done with a person next, and why. Takes no room where nothing is due. */
export function Recommended({ lead }: { lead: Lead }) {
  const answer = useLive(recommendations, { leadId: lead.id }).value;
  const judge = useCommand(judgeRecommendation);
  const open = answer?.recommendations ?? [];
  const unseen = open.filter(({ status }) => status === "new").map(({ key }) => key).join(" "); // prettier-ignore
  useEffect(() => {
    for (const key of unseen.split(" ").filter(Boolean))
      void judge({ leadId: lead.id, key, status: "viewed" });
  }, [unseen, judge, lead.id]);
  if (!answer || open.length === 0) return null;
  return (
    <section className={styles["recommended"]} aria-label="Suggested">
      <h3>Suggested</h3>
      <ul>
        {open.map((one) => (
          <Line
            key={one.key}
            lead={lead}
            one={one}
            onJudge={(status) => void judge({ leadId: lead.id, key: one.key, status })}
          />
        ))}
      </ul>
      <p className={styles["by"]}>{rateWords(answer)}</p>
    </section>
  );
}

function Line({
  lead,
  one: { title, reason, confidence, deed },
  onJudge,
}: {
  lead: Lead;
  one: Recommendation;
  onJudge: (status: "accepted" | "dismissed") => void;
}) {
  const act = useDeed(lead, deed);
  const [taken, take] = useState(false);
  const accept = () => {
    // Until the line is gone: clicked twice it would be two tasks.
    if (taken) return;
    take(true);
    onJudge("accepted");
    act();
  };
  return (
    <li>
      <span className={styles["title"]}>{title}</span>
      <Button size="small" aria-label={`${deedWords[deed.do]}: ${title}`} onClick={accept}>
        {deedWords[deed.do]}
      </Button>
      <IconButton size="small" icon={X} label={`Dismiss: ${title}`} onClick={() => onJudge("dismissed")} />
      <span className={styles["reason"]} dir="auto">
        {reason} <span title="How often this is right, as far as can be told">{sureWords(confidence)}</span>
      </span>
    </li>
  );
}

const deedWords = { call: "Call", write: "Write", task: "Task" } as const;

function useDeed(lead: Lead, deed: Recommendation["deed"]): () => void {
  const navigate = useNavigate();
  const dial = useDial();
  const { create } = useEdits();
  return () => {
    if (deed.do === "call") void dial(lead.phone || lead.phoneSecond, lead.id);
    else if (deed.do === "write")
      void navigate({
        to: "/leads/$leadId",
        params: { leadId: lead.id },
        search: (before) => ({
          ...before,
          ...(deed.callId === null ? { do: "email" } : { do: "after-call", about: deed.callId }),
        }),
      });
    else {
      const dueAt = dueOfDay(format(addDays(new Date(), deed.dueInDays), "yyyy-MM-dd"));
      const fields = { title: deed.title, leadId: lead.id, dueAt, allDay: true };
      void create({ collection: "tasks", fields, label: `Task “${deed.title}”`.slice(0, 200) });
    }
  };
}

function sureWords(confidence: number): string {
  if (confidence >= 0.75) return "Quite sure.";
  return confidence >= 0.55 ? "Likely." : "A guess.";
}

/** Fewer say nothing of a rate. */
const fewest = 5;

function rateWords({ acceptance, others }: Pick<Answer, "acceptance" | "others">): string {
  const { accepted, seen } = acceptance;
  return [
    "By rules, on this device.",
    ...(seen < fewest ? [] : [`You took ${percent(accepted, seen)} of ${seen}.`]),
    ...(others === null || others.answered < fewest
      ? []
      : [`Your people took ${percent(others.accepted, others.answered)} of the ${others.answered} they answered.`]), // prettier-ignore
  ].join(" ");
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}
