import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { listTasks } from "../../../shared/rpc/contract/work.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { TabBar, Tabs } from "../../ui/controls/tabs.tsx";
import { EmptyState } from "../../ui/display/empty-state.tsx";
import { Select } from "../../ui/fields/select.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { TopBar, TopBarSearch, useListNote } from "../shell/index.ts";
import { NoneYet } from "../sync/index.ts";
import { TaskComposer } from "./task-composer.tsx";
import type { Scope } from "./task-groups.ts";
import { TaskList } from "./task-list.tsx";
import { readTasksSearch, type TasksSearch } from "./tasks-search.ts";
import { useOpenTask } from "./use-open-task.ts";
import { useTaskActions } from "./use-task-actions.ts";
import styles from "./tasks.module.css";

const scopes: readonly { key: Scope; label: string; keys: string }[] = [
  { key: "today", label: "Today", keys: "1" },
  { key: "upcoming", label: "Upcoming", keys: "2" },
  { key: "someday", label: "Someday", keys: "3" },
  { key: "snoozed", label: "Snoozed", keys: "4" },
  { key: "done", label: "Done", keys: "5" },
];
const pageRows = 100;
const mostRows = 500;

export function TasksScreen() {
  const { search, go } = useTasksSearch();
  const { show: scope = "today", of: assignee = "me", open = null } = search;
  const [text, setText] = useState("");
  const [limit, setLimit] = useState(pageRows);
  const [composing, setComposing] = useState(false);
  const actions = useTaskActions();
  const list = useLive(listTasks, { scope, assignee, search: useDeferredValue(text), offset: 0, limit });
  const rows = useOpenTask(list.value?.rows ?? [], open);
  const show = (next: Scope) => {
    setLimit(pageRows);
    go({ show: next === "today" ? undefined : next, open: undefined });
  };
  useTaskKeys(show, () => setComposing(true));
  useListNote(list.value ? countOf(list.value.total, "task") : null);
  const tabs = scopes.map(({ key, label }) => ({
    key,
    label,
    count: key === "done" ? undefined : list.value?.counts[key],
  }));
  return (
    <>
      <TopBar crumbs={[{ label: "Tasks" }]}>
        <TopBarSearch value={text} onChange={setText} placeholder="Search tasks" />
        <Button icon={Plus} keys="t" onClick={() => setComposing(true)}>
          New task
        </Button>
      </TopBar>
      <TabBar>
        <Tabs label="Which tasks" tabs={tabs} value={scope} onChange={show} />
        <AssigneeChoice
          value={assignee}
          onChange={(of) => go({ of: of === "me" ? undefined : of, open: undefined })}
        />
      </TabBar>
      {composing && <TaskComposer actions={actions} onClose={() => setComposing(false)} />}
      {rows.length > 0 && (
        <TaskList
          // What has just been finished lingers in the list that it stood in, not in the next one.
          key={scope}
          rows={rows}
          scope={scope}
          actions={actions}
          showAssignee={assignee === "team"}
          openId={open}
          onOpen={(id) => go({ open: id ?? undefined })}
        />
      )}
      {list.value && rows.length === 0 && (
        <NoTasks scope={scope} searching={text !== ""} onAdd={() => setComposing(true)} onShow={show} />
      )}
      {list.value && list.value.total > list.value.rows.length && (
        <More
          rest={list.value.total - list.value.rows.length}
          onMore={limit < mostRows ? () => setLimit(limit + pageRows) : null}
        />
      )}
    </>
  );
}

function useTasksSearch(): {
  search: TasksSearch;
  go: (part: { [K in keyof TasksSearch]?: TasksSearch[K] | undefined }) => void;
} {
  const search = readTasksSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  return {
    search,
    go: (part) => void navigate({ to: "/tasks", search: { ...search, ...part } as never, replace: true }),
  };
}

function useTaskKeys(show: (scope: Scope) => void, compose: () => void): void {
  useShortcuts("screen", [
    {
      id: "new-task",
      keys: "t",
      title: "New task",
      group: "Tasks",
      run: (event) => (event.preventDefault(), compose()),
    },
    ...scopes.map(({ key, label, keys }) => ({
      id: `tasks-${key}`,
      keys,
      title: label,
      group: "Tasks",
      run: () => show(key),
    })),
  ]);
}

function AssigneeChoice({ value, onChange }: { value: string; onChange: (assignee: string) => void }) {
  const { people } = useDirectory();
  const choices = [
    { value: "me", label: "Mine" },
    { value: "team", label: "My teams’" },
    ...people
      .filter(({ active }) => active)
      .map(({ userId, name }) => ({ value: userId as string, label: name })),
  ];
  return (
    <div className={styles["assignee"]}>
      <Select
        label="Whose tasks"
        hideLabel
        compact
        choices={choices}
        value={value}
        onChange={(next) => onChange(next ?? "me")}
      />
    </div>
  );
}

function NoTasks({
  scope,
  searching,
  onAdd,
  onShow,
}: {
  scope: Scope;
  searching: boolean;
  onAdd: () => void;
  onShow: (scope: Scope) => void;
}) {
  if (searching)
    return <EmptyState>No task here says that. Done and snoozed ones are in their own lists.</EmptyState>;
  const add = (
    <Button kind="link" onClick={onAdd}>
      Add a task
    </Button>
  );
  switch (scope) {
    case "today":
      return (
        <NoneYet of="tasks">
          Nothing is left for today. {add} or{" "}
          <Button kind="link" onClick={() => onShow("upcoming")}>
            look ahead
          </Button>
        </NoneYet>
      );
    case "upcoming":
      return <NoneYet of="tasks">Nothing is planned yet. {add}</NoneYet>;
    case "someday":
      return <EmptyState>Tasks without a date stand here. {add}</EmptyState>;
    case "snoozed":
      return <EmptyState>Nothing is snoozed: press S on a task to put it off.</EmptyState>;
    case "done":
      return <EmptyState>What you finish stands here, newest first.</EmptyState>;
  }
}

function More({ rest, onMore }: { rest: number; onMore: (() => void) | null }) {
  return (
    <p className={styles["more"]}>
      {countOf(rest, "more task")}.{" "}
      {onMore ? (
        <Button kind="link" onClick={onMore}>
          Show more
        </Button>
      ) : (
        "Search to find them."
      )}
    </p>
  );
}
