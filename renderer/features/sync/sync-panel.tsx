import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { pauseSync, syncIssues, syncNow, syncStatus } from "../../../shared/rpc/contract/sync.ts";
import { useCommand, useDirectory, useEdits, useLive } from "../../client/index.ts";
import { Button, IconButton } from "../../ui/controls/button.tsx";
import { ErrorLine } from "../../ui/display/error-line.tsx";
import { ProgressBar } from "../../ui/display/progress-bar.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { KeptSection } from "./kept-section.tsx";
import { RefusedSection } from "./refused-section.tsx";
import { StateDot } from "./state-dot.tsx";
import { connectionWords, nextTryWords, progressWords, type SyncStatus } from "./sync-words.ts";
import type { OpenRecord } from "./open-record.ts";
import { WaitingSection } from "./waiting-section.tsx";
import styles from "./sync.module.css";

/** What the network has and has not taken: first sync, refused, conflicting and waiting edits. */
export function SyncPanel({ onClose, onOpenRecord }: { onClose: () => void; onOpenRecord: OpenRecord }) {
  const status = useLive(syncStatus, {}).value;
  const issues = useLive(syncIssues, {}).value;
  const now = useNow(1_000);
  useToastsBeside();
  const panel = useFocusOnce(status !== undefined && issues !== undefined);
  useShortcuts("panel", [
    { id: "close-sync", keys: "escape", title: "Close sync", group: "Sync", run: onClose, whileTyping: true },
  ]);
  if (!status || !issues) return null;
  return (
    <section className={styles["panel"]} role="dialog" aria-label="Sync" tabIndex={-1} ref={panel}>
      <PanelHead status={status} now={now} onClose={onClose} />
      <div className={styles["scroll"]}>
        <FirstSync status={status} />
        <Trouble status={status} />
        <RefusedSection
          refused={issues.refused}
          count={issues.counts.refused}
          now={now}
          onOpenRecord={onOpenRecord}
        />
        <KeptSection items={issues.kept} count={issues.counts.kept} now={now} onOpenRecord={onOpenRecord} />
        <WaitingSection
          edits={issues.waiting}
          count={issues.counts.waiting}
          nextTry={nextTryWords(status, now)}
          now={now}
          onOpenRecord={onOpenRecord}
        />
        <AllSent counts={issues.counts} status={status} />
      </div>
    </section>
  );
}

const toastPlace = "--toast-centre";

/** Toasts report what is done in the panel: they stand beside it, not over its buttons. */
function useToastsBeside(): void {
  useEffect(() => {
    const page = document.documentElement.style;
    page.setProperty(toastPlace, "calc(50% + 284px)");
    return () => void page.removeProperty(toastPlace);
  }, []);
}

/** Focus goes to the first decision when the panel opens, and back when it closes. */
function useFocusOnce(shown: boolean) {
  const panel = useRef<HTMLElement>(null);
  const opener = useRef(document.activeElement);
  useEffect(() => {
    if (!shown) return undefined;
    const back = opener.current;
    (panel.current?.querySelector<HTMLElement>("[data-autofocus]") ?? panel.current)?.focus();
    return () => {
      if (back instanceof HTMLElement) back.focus();
    };
  }, [shown]);
  return panel;
}

function PanelHead({ status, now, onClose }: { status: SyncStatus; now: Date; onClose: () => void }) {
  const pause = useCommand(pauseSync);
  const paused = status.phase === "paused";
  const words = connectionWords(status, now);
  return (
    <header className={styles["head"]}>
      <h2 className={styles["title"]}>Sync</h2>
      <span className={styles["connection"]}>
        <StateDot shape={words.shape} />
        <span className="tabular">{words.text}</span>
      </span>
      <Button kind="quiet" size="small" onClick={() => void pause({ paused: !paused })}>
        {paused ? "Resume" : "Pause"}
      </Button>
      <IconButton icon={X} label="Close" keys="escape" size="small" onClick={onClose} />
    </header>
  );
}

function FirstSync({ status }: { status: SyncStatus }) {
  const { term } = useDirectory();
  const words = progressWords(status, term);
  if (!words || !status.progress) return null;
  return (
    <div className={styles["block"]}>
      <ProgressBar
        label={words.label}
        unit={words.unit}
        progress={status.progress}
        note={`Your ${term("leads")} and today’s tasks are here already. Work on; it resumes by itself.`}
      />
    </div>
  );
}

function Trouble({ status }: { status: SyncStatus }) {
  const tryNow = useCommand(syncNow);
  const { report } = useEdits();
  if (!status.trouble) return null;
  return (
    <div className={styles["block"]}>
      <ErrorLine what={status.trouble} kept="Your edits are kept here.">
        <Button size="small" onClick={() => void tryNow({}).then((result) => report(result, "Trying again"))}>
          Try now
        </Button>
      </ErrorLine>
    </div>
  );
}

function AllSent({
  counts,
  status,
}: {
  counts: { refused: number; kept: number; waiting: number };
  status: SyncStatus;
}) {
  const { term } = useDirectory();
  if (counts.refused + counts.kept + counts.waiting > 0 || status.progress) return null;
  return (
    <p className={styles["all-sent"]}>
      Everything you did is on the server. {countOf(status.leadsOnDevice, term("lead"), term("leads"))} on
      this device.
    </p>
  );
}
