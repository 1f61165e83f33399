import { CallListStates, outboundPaths } from "../../../shared/calls/outbound/wire.ts";
import { Monitor } from "../../admin/monitor-wire.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { belowApi, useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { LiveNote } from "../parts/live-note.tsx";
import { Column, Page, Trouble } from "../parts/page.tsx";
import { AgentList } from "./agent-list.tsx";
import { ListTable } from "./list-table.tsx";
import { LiveCallTable } from "./live-call-table.tsx";
import { QueueTable } from "./queue-table.tsx";
import { useServerNow } from "./use-server-now.ts";
import styles from "./monitor.module.css";

const askEveryMs = 2_000;
// How far a list is takes in everybody who stands in it, and changes by the call.
const askListsEveryMs = 10_000;

/** Callers who wait, lists that are called through, calls that are up, and who takes them: as it is now. */
export function MonitorPage({ session }: PageProps) {
  const { value: monitor, error, reload } = useAnswer("/admin/monitor", Monitor);
  const lists = useAnswer(belowApi(outboundPaths.lists), CallListStates);
  useAskEvery(askEveryMs, reload);
  useAskEvery(askListsEveryMs, lists.reload);
  const now = useServerNow(monitor?.now);
  return (
    <Page crumbs={[{ label: "Live monitor" }]} note={<LiveNote isLive={error === null} />}>
      <Column kind="main" label="Calls">
        <Trouble error={error} onRetry={reload} />
        <div className={styles["page"]}>
          <section aria-label="Callers">
            <h2>Callers</h2>
            <QueueTable monitor={monitor} now={now} isAdmin={session.role === "admin"} />
          </section>
          <section aria-label="Live calls">
            <h2>Live calls</h2>
            <LiveCallTable monitor={monitor} now={now} />
          </section>
          <section aria-label="Call lists">
            <h2>Call lists</h2>
            <Trouble error={lists.error} onRetry={lists.reload} />
            <ListTable lists={lists.value?.lists} isAdmin={session.role === "admin"} />
          </section>
        </div>
      </Column>
      <Column kind="side" label="People">
        <AgentList agents={monitor?.agents} now={now} />
      </Column>
    </Page>
  );
}
