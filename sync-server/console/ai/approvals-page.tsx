import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { TextInput } from "../../../renderer/ui/fields/text-input.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { Approvals, type Approval } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Column, Detail, Facts, Page, Section, Trouble } from "../parts/page.tsx";
import styles from "./ai.module.css";

const here = ["approvals"];
const stateWords: Record<Approval["state"], string> = {
  waiting: "Waiting",
  approved: "Approved",
  rejected: "Rejected",
};

/** What is only sent when somebody has looked at it. */
export function ApprovalsPage({ session, rest: [open] }: PageProps) {
  const { value, error, reload } = useAnswer("/ai/approvals", Approvals);
  const approval = value?.approvals.find(({ id }) => id === open);
  return (
    <Page crumbs={[{ label: "Approvals", to: here }]}>
      <Column kind="main" label="Approvals">
        <Trouble error={error} onRetry={reload} />
        <DataTable
          label="Approvals"
          rows={value?.approvals}
          rowKey={({ id }) => id}
          rowTo={({ id }) => [...here, id]}
          selected={open}
          faded={({ state }) => state !== "waiting"}
          columns={columns}
          empty="Nothing waits for you. Letters to many and other sends that need a second look stand here before they go out."
        />
      </Column>
      {approval && (
        <ApprovalDetail
          key={approval.id}
          approval={approval}
          isOwn={approval.askedById === session.user.id}
        />
      )}
    </Page>
  );
}

const columns: readonly DataColumn<Approval>[] = [
  { title: "What", cell: ({ title }) => <span className="cut">{title}</span> },
  { title: "Kind", width: "160px", spare: true, cell: ({ kind }) => kind },
  { title: "Asked by", width: "160px", cell: ({ askedBy }) => <span className="cut">{askedBy}</span> },
  { title: "State", width: "110px", cell: ({ state }) => stateWords[state] },
];

function ApprovalDetail({ approval, isOwn }: { approval: Approval; isOwn: boolean }) {
  const { title, kind, askedBy, askedAt, state, decidedBy, decidedAt, reason, payload } = approval;
  const now = useNow();
  return (
    <Detail title={title} subtitle={kind} closeTo={here}>
      <Facts
        facts={[
          ["Asked by", `${askedBy}, ${dayAndTime(new Date(askedAt), now)}`],
          ["State", stateWords[state]],
          ...(decidedAt
            ? [["Decided by", `${decidedBy ?? ""}, ${dayAndTime(new Date(decidedAt), now)}`] as const]
            : []),
          ...(reason ? [["Reason", reason] as const] : []),
        ]}
      />
      <Section title="What would be sent">
        <pre className={styles["text"]}>{JSON.stringify(payload, null, 2)}</pre>
      </Section>
      {state === "waiting" && <Decision id={approval.id} isOwn={isOwn} />}
    </Detail>
  );
}

function Decision({ id, isOwn }: { id: string; isOwn: boolean }) {
  const change = useChange();
  const [reason, setReason] = useState("");
  const decide = (approve: boolean) =>
    void change({
      request: {
        method: "POST",
        path: `/ai/approvals/${id}/decision`,
        body: { approve, reason: reason.trim() },
      },
      said: approve ? "It may be sent." : "It is not sent.",
    });
  return (
    <Section title="Decide" note={isOwn ? "You asked for it: somebody else has to approve it." : null}>
      <TextInput label="Reason" hint="Needed to reject it." value={reason} onChange={setReason} />
      <div className={styles["row"]}>
        <Button kind="primary" disabled={isOwn} onClick={() => decide(true)}>
          Approve
        </Button>
        <Button disabled={reason.trim() === ""} onClick={() => decide(false)}>
          Reject
        </Button>
      </div>
    </Section>
  );
}
