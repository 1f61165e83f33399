import { AlarmClock } from "lucide-react";
import type { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { IconButton } from "../../ui/controls/button.tsx";
import { Menu, MenuDivider, MenuItem } from "../../ui/floating/menu.tsx";
import { dayAndTime } from "../../ui/format/times.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { snoozeChoices } from "./snooze-choices.ts";
import type { TaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

/** Puts a task off; `opened` is held by the list, so that S opens the one under the cursor. */
export function SnoozeMenu({
  task,
  actions,
  opened,
  onChange,
  onOther,
}: {
  task: TaskRow;
  actions: TaskActions;
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** "Pick a time …": the inline card has a field for it. */
  onOther: () => void;
}) {
  const now = useNow();
  return (
    <Menu
      position="bottom-end"
      opened={opened}
      onChange={onChange}
      target={<IconButton icon={AlarmClock} size="small" label={`Snooze ${task.title}`} keys="s" />}
    >
      {snoozeChoices(now).map((choice) => (
        <MenuItem key={choice.key} onClick={() => actions.snooze(task, choice.at)}>
          {choice.label} <span className={styles["choice-time"]}>{dayAndTime(choice.at, now)}</span>
        </MenuItem>
      ))}
      <MenuDivider />
      <MenuItem onClick={onOther}>Another time…</MenuItem>
      {task.snoozedUntil && (
        <MenuItem
          onClick={() => actions.set(task, { snoozedUntil: null }, { label: `Woke “${task.title}”` })}
        >
          Wake it now
        </MenuItem>
      )}
    </Menu>
  );
}
