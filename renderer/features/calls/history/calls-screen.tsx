import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { otherNumber } from "../../../../shared/calls/call.ts";
import { listCalls, type CallRow } from "../../../../shared/rpc/contract/phone.ts";
import { useDirectory, usePagedRows } from "../../../client/index.ts";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Tabs } from "../../../ui/controls/tabs.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { countOf } from "../../../ui/format/numbers.ts";
import { formatPhone } from "../../../ui/format/phones.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { VirtualTable } from "../../../ui/table/virtual-table.tsx";
import { TopBar, TopBarSearch, useCurrentLead, useListNote } from "../../shell/index.ts";
import { NoneYet } from "../../sync/index.ts";
import { useClickToCall } from "../model/use-click-to-call.ts";
import { callColumns } from "./call-columns.tsx";
import { CallDrawer } from "./call-drawer.tsx";
import { callScopes, readCallsSearch, type CallScope, type CallsSearch } from "./calls-search.ts";
import styles from "./history.module.css";
import { CallFigures } from "./call-figures.tsx";

const scopeLabels: Record<CallScope, string> = {
  all: "All",
  missed: "Missed",
  voicemail: "Voicemail",
  "call-backs": "To call back",
  "to-write-down": "To write down",
};

/** Every call that one may see, those that were missed, and those that nobody has answered for yet. */
export function CallsScreen() {
  const { search, go } = useCallsSearch();
  const [text, setText] = useState("");
  const scope = search.show ?? "all";
  const agent = search.whose === "mine" ? "me" : null;
  const list = usePagedRows(listCalls, { scope, agent, search: useDeferredValue(text) });
  useListNote(list.total === undefined ? null : countOf(list.total, "call", "calls"));
  return (
    <>
      <TopBar crumbs={[{ label: "Calls" }]}>
        <TopBarSearch value={text} onChange={setText} placeholder="Search people, numbers, notes" />
      </TopBar>
      <CallFigures agent={agent} />
      <div className={styles["views"]}>
        <Tabs
          label="Which"
          tabs={callScopes.map((key) => ({ key, label: scopeLabels[key], count: list.answer?.counts[key] }))}
          value={scope}
          onChange={(key) => go({ show: key === "all" ? undefined : key })}
        />
        <span className={styles["whose"]}>
          <Segmented
            label="Whose"
            segments={[
              { value: "all", label: "Everybody" },
              { value: "mine", label: "Mine" },
            ]}
            value={search.whose ?? "all"}
            onChange={(whose) => go({ whose: whose === "mine" ? "mine" : undefined })}
          />
        </span>
      </div>
      {list.total === 0 ? (
        <NoCalls scope={scope} searching={text !== ""} />
      ) : (
        <CallTable list={list} listKey={`${scope} ${agent ?? ""} ${text}`} onOpen={(open) => go({ open })} />
      )}
      <CallDrawer id={search.open ?? null} onClose={() => go({ open: undefined })} />
    </>
  );
}

function CallTable({
  list,
  listKey,
  onOpen,
}: {
  list: ReturnType<typeof usePagedRows<typeof listCalls>>;
  listKey: string;
  onOpen: (id: string) => void;
}) {
  const directory = useDirectory();
  const now = useNow();
  const [kept, keep] = useState({ listKey, index: 0 });
  const cursor = kept.listKey === listKey ? kept.index : 0;
  const current = list.rowAt(cursor);
  const clickToCall = useClickToCall();
  useCurrentLead(
    current?.leadId
      ? { id: current.leadId, name: current.leadName ?? "", phone: otherNumber(current), stage: "" }
      : null,
  );
  // Also whoever is no lead of ours, whom the desk's own key does not know.
  const callCurrent = () => current && clickToCall(otherNumber(current), current.leadId)?.();
  useShortcuts("screen", [{ id: "call", keys: "c", title: "Call", group: "This person", run: callCurrent }]);
  return (
    <VirtualTable<CallRow>
      label="Calls"
      columns={callColumns(directory, now, clickToCall)}
      total={list.total ?? 0}
      rowAt={list.rowAt}
      rowId={({ id }) => id}
      rowLabel={(call) => call.leadName ?? formatPhone(otherNumber(call))}
      onVisible={list.onVisible}
      cursor={cursor}
      onCursor={(index) => keep({ listKey, index })}
      onOpen={({ id }) => onOpen(id)}
      listKey={listKey}
    />
  );
}

function NoCalls({ scope, searching }: { scope: CallScope; searching: boolean }) {
  if (searching) return <EmptyState>No call fits. Search for less, or look under All.</EmptyState>;
  if (scope === "all") return <NoneYet of="calls">No calls yet. Open somebody and press C.</NoneYet>;
  const words = {
    missed: "No missed calls.",
    voicemail: "No voicemail.",
    "call-backs": "Nobody waits to be called back.",
    "to-write-down": "All of your calls are written down.",
  };
  return <EmptyState>{words[scope]}</EmptyState>;
}

function useCallsSearch() {
  const search = readCallsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (part: CallsSearch) =>
    void navigate({ to: "/calls", search: { ...search, ...part }, replace: true });
  return { search, go };
}
