export { TaskComposer } from "./task-composer.tsx";
export { TaskLines } from "./task-lines.tsx";
export { TaskReminders } from "./task-reminders.tsx";
export { readTasksSearch } from "./tasks-search.ts";
export { parseTaskLine } from "./task-line.ts";
export { useTaskActions } from "./use-task-actions.ts";
export { useTasksDue } from "./use-tasks-due.ts";
