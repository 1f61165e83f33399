import { Plus } from "lucide-react";
import { useState } from "react";
import type { Deal } from "../../../shared/entities/deal.ts";
import { dealTasks } from "../../../shared/rpc/contract/work.ts";
import { useLive } from "../../client/index.ts";
import { Button, IconButton } from "../../ui/controls/button.tsx";
import { useNow } from "../../ui/format/use-now.ts";
import { TaskComposer, TaskLines, useTaskActions } from "../tasks/index.ts";
import styles from "./deals.module.css";

/** What is to be done for a deal, and a line for one more. */
export function DealTasks({ deal }: { deal: Pick<Deal, "id" | "leadId"> }) {
  const tasks = useLive(dealTasks, { dealId: deal.id }).value?.tasks;
  const actions = useTaskActions();
  const now = useNow();
  const [composing, setComposing] = useState(false);
  return (
    <section className={styles["tasks"]} aria-label="Tasks">
      <header>
        <h3>Tasks</h3>
        <IconButton size="small" icon={Plus} label="New task" onClick={() => setComposing(true)} />
      </header>
      {composing && (
        <TaskComposer key={deal.id} actions={actions} deal={deal} onClose={() => setComposing(false)} />
      )}
      {tasks && <TaskLines tasks={tasks} now={now} of="deal" />}
      {tasks?.length === 0 && !composing && (
        <p>
          None open.{" "}
          <Button kind="link" onClick={() => setComposing(true)}>
            Add a task
          </Button>
        </p>
      )}
    </section>
  );
}
