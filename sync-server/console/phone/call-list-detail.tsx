import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { outboundPaths, CallListStates, type CallListState } from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { belowApi, useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { goTo } from "../frame/address.ts";
import { Bar } from "../parts/page.tsx";
import { CallListEditor } from "./call-list-editor.tsx";
import { EntryTable } from "./entry-table.tsx";

type Part = "settings" | "people";

// Counts change while people are called; nobody decides by the second here.
const askEveryMs = 10_000;

/** How a list is called, and who stands in it. */
export function CallListDetail({
  list,
  all,
  part,
}: {
  list: CallList;
  all: readonly CallList[];
  part: Part;
}) {
  const { value, reload } = useAnswer(belowApi(outboundPaths.lists), CallListStates);
  useAskEvery(askEveryMs, reload);
  const state = value?.lists.find(({ key }) => key === list.key);
  return (
    <>
      <Bar>
        <Tabs<Part>
          label={`About ${list.label}`}
          value={part}
          onChange={(next) => goTo("call-lists", list.key, ...(next === "people" ? [next] : []))}
          tabs={[
            { key: "settings", label: "Settings" },
            { key: "people", label: "People", count: state && countOpen(state) },
          ]}
        />
      </Bar>
      {part === "settings" ? (
        <CallListEditor list={list} all={all} state={state} />
      ) : (
        <EntryTable list={list} state={state} />
      )}
    </>
  );
}

/** Everybody who is still to be called, or is being called. */
function countOpen({ counts }: CallListState): number {
  return counts.due + counts.later + counts.reserved + counts.calling;
}
