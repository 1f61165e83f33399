import type { z } from "zod";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { Approvals, LetterRuleSettings, type Approval } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useEdited } from "../api/use-edited.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Bar, Column, Page, Trouble } from "../parts/page.tsx";
import styles from "./ai.module.css";
import { ApprovalDetail, stateWords } from "./approval-detail.tsx";

const here = ["approvals"];
const rulesPath = "/ai/letter-rules";
type SecondPerson = z.output<typeof LetterRuleSettings>["secondPerson"];

/** Letters that only leave when somebody has looked at them, and which ones these are. */
export function ApprovalsPage({ session, rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/ai/approvals", Approvals);
  const now = useNow();
  const approval = value?.approvals.find(({ id }) => id === open);
  return (
    <Page crumbs={[{ label: "Approvals", to: here }]}>
      <Column kind="main" label="Approvals">
        <Trouble error={error} onRetry={reload} />
        <LetterRule mayChange={session.role === "admin"} />
        <DataTable
          label="Approvals"
          rows={value?.approvals}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          faded={({ state }) => state !== "waiting"}
          columns={columnsAt(now)}
          empty="Nothing waits for you. Letters that need a second look stand here before they leave."
        />
      </Column>
      {approval && (
        <ApprovalDetail
          key={approval.id}
          approval={approval}
          closeTo={here}
          isOwn={approval.askedById === session.user.id}
        />
      )}
    </Page>
  );
}

const choices: readonly { value: SecondPerson; label: string; saved: string }[] = [
  {
    value: "flagged",
    label: "Letters that the output rules objected to",
    saved: "Letters that the output rules objected to need a second person from now on.",
  },
  {
    value: "always",
    label: "Every letter that the assistant wrote",
    saved: "Every letter that the assistant wrote needs a second person from now on.",
  },
  { value: "never", label: "None", saved: "No letter needs a second person any more." },
];

/** Beside the queue that it fills. */
function LetterRule({ mayChange }: { mayChange: boolean }) {
  const { value } = useAnswer(rulesPath, LetterRuleSettings);
  const { shown, save } = useEdited(rulesPath, value, [rulesPath]);
  const change = (next: string | null) => {
    const chosen = choices.find((choice) => choice.value === next);
    if (chosen) void save({ secondPerson: chosen.value }, chosen.saved);
  };
  return (
    <Bar>
      <span aria-hidden>A second person approves</span>
      <div className={styles["rule"]}>
        <Select
          label="A second person approves"
          hideLabel
          compact
          value={shown?.secondPerson ?? null}
          disabled={!mayChange || shown === undefined}
          choices={choices}
          onChange={change}
        />
      </div>
    </Bar>
  );
}

function columnsAt(now: Date): readonly DataColumn<Approval>[] {
  return [
    { title: "Letter", cell: ({ title }) => <span className="cut">{title}</span> },
    { title: "For", width: "180px", cell: ({ leadName }) => <span className="cut">{leadName}</span> },
    { title: "Asked by", width: "160px", cell: ({ askedBy }) => <span className="cut">{askedBy}</span> },
    {
      title: "Asked",
      width: "130px",
      spare: true,
      cell: ({ askedAt }) => dayAndTime(new Date(askedAt), now),
    },
    { title: "State", width: "110px", cell: ({ state }) => stateWords[state] },
  ];
}
