import { taskDue } from "../../../shared/rpc/contract/work.ts";
import { useEvent } from "../../client/index.ts";
import { useToast } from "../../ui/floating/toast.tsx";
import { reminderWords } from "./reminder-words.ts";
import { useTaskActions } from "./use-task-actions.ts";

const snoozeMinutes = 15;

/** Mounted once a window: says what is due, to be finished or put off on the spot. */
export function TaskReminders() {
  const toast = useToast();
  const actions = useTaskActions();
  useEvent(taskDue, (due) => {
    const now = new Date();
    toast({
      text: reminderWords(due, now),
      actions: [
        { label: "Done", run: () => actions.finish(due) },
        {
          label: "In 15 min",
          run: () => actions.snooze(due, new Date(Date.now() + snoozeMinutes * 60_000)),
        },
      ],
    });
  });
  return null;
}
