import { Avatar } from "../../../renderer/ui/display/avatar.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import type { MonitorAgent } from "../../admin/monitor-wire.ts";
import { sayLength, sortAgents, stateOrder, stateWords } from "./monitor-words.ts";
import styles from "./monitor.module.css";

/** Everybody who takes calls, by what they do and for how long. */
export function AgentList({ agents, now }: { agents: readonly MonitorAgent[] | undefined; now: Date }) {
  const sorted = sortAgents(agents ?? []);
  if (agents?.length === 0) return <EmptyState>Nobody takes calls yet.</EmptyState>;
  return (
    <div className={styles["people"]}>
      {stateOrder.map((state) => {
        const inState = sorted.filter((agent) => agent.state === state);
        return (
          inState.length > 0 && (
            <section key={state}>
              <h2>
                {stateWords[state]} <span>{inState.length}</span>
              </h2>
              <ul aria-label={stateWords[state]}>
                {inState.map((agent) => (
                  <AgentLine key={agent.userId} agent={agent} now={now} />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </div>
  );
}

function AgentLine({ agent: { name, state, reason, since }, now }: { agent: MonitorAgent; now: Date }) {
  return (
    <li className={styles["person"]}>
      <Avatar name={name} />
      <bdi className="cut">{name}</bdi>
      <span>{reason}</span>
      {state !== "offline" && <time>{sayLength(since, now)}</time>}
    </li>
  );
}
