import type { PageProps } from "../frame/pages.ts";
import { SettingPage } from "../settings/setting-page.tsx";
import { CallListDetail } from "./call-list-detail.tsx";
import { callListKind, NewCallListForm } from "./call-list-editor.tsx";
import { sayMembers } from "./member-fields.tsx";

/** People to be called one after the other, and how. */
export function CallListsPage({ rest: [open, part] }: PageProps) {
  const showsPeople = part === "people";
  return (
    <SettingPage
      of={callListKind}
      title="Call lists"
      itemsOf={({ callLists }) => callLists}
      open={open}
      crumbs={showsPeople ? [{ label: "People" }] : []}
      note={(list) => (list.paused ? "Paused" : sayMembers(list))}
      empty="None: people are called as agents choose."
      editor={(list, all) => (
        <CallListDetail key={list.id} list={list} all={all} part={showsPeople ? "people" : "settings"} />
      )}
      form={(all) => <NewCallListForm all={all} />}
    />
  );
}
