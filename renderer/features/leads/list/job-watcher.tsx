import { useEffect } from "react";
import { cancelJob, jobs, type Job } from "../../../../shared/rpc/contract/records.ts";
import { useClient, useEdits, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { ProgressBar } from "../../../ui/display/progress-bar.tsx";
import { useToast } from "../../../ui/floating/toast.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { forgetJob, useJobStore } from "./job-store.ts";
import styles from "./jobs.module.css";

/** Below this, work is done before a bar could be read. */
const shownAfterMs = 2_000;

/**
 * Shows how far this window's long edits are, and says when they are done, with Undo, wherever one is by then. What is being taken back is shown
 * in every window: whoever asked for it waits for its answer, and says so then.
 */
export function JobWatcher() {
  const { jobIds } = useJobStore();
  const known = useLive(jobs, {}).value?.jobs ?? [];
  const ours = known.filter(({ id }) => jobIds.includes(id));
  useFinishedJobs(ours);
  const now = useNow(500);
  const slow = [...ours, ...known.filter(({ kind }) => kind === "undo")].filter(
    (job) => job.state === "running" && now.getTime() - Date.parse(job.startedAt) > shownAfterMs,
  );
  return slow.map((job) => <RunningJob key={job.id} job={job} />);
}

function RunningJob({ job }: { job: Job }) {
  const client = useClient();
  return (
    <div className={styles["job"]}>
      <ProgressBar label={job.label} unit="" progress={job} />
      <Button size="small" kind="quiet" onClick={() => void client.call(cancelJob, { id: job.id })}>
        Stop
      </Button>
    </div>
  );
}

function useFinishedJobs(known: readonly Job[]): void {
  const { takeBack } = useEdits();
  const toast = useToast();
  useEffect(() => {
    for (const { id, state, label, message, undoId } of known) {
      if (state === "running") continue;
      forgetJob(id);
      if (state === "done")
        toast({ text: message ?? label, undo: undoId ? () => void takeBack(undoId) : undefined });
      else toast({ text: message ?? `Stopped: ${label}`, trouble: state === "failed" });
    }
  }, [known, takeBack, toast]);
}
