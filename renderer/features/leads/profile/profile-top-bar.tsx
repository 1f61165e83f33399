import { useNavigate } from "@tanstack/react-router";
import { AppWindow, Ellipsis, ListChecks, Phone, Sparkles, StickyNote, Trash2 } from "lucide-react";
import { useState } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Lead } from "../../../../shared/entities/lead.ts";
import { leadPosition } from "../../../../shared/rpc/contract/leads.ts";
import { openWindow } from "../../../../shared/rpc/contract/session.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { useClient, useEdits, useLive } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Kbd } from "../../../ui/display/kbd.tsx";
import { Menu, MenuItem } from "../../../ui/floating/menu.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { useDial } from "../../calls/index.ts";
import { TopBar } from "../../shell/index.ts";
import { setCursor } from "../model/list-state.ts";
import type { LeadListModel } from "../model/use-lead-list.ts";
import styles from "./top-bar.module.css";

interface ProfileTopBarProps {
  leadId: string;
  lead: Lead | null;
  list: LeadListModel;
  onCompose: (what: "note" | "task" | "email") => void;
}

/** Where this lead stands in its list, the way to its neighbours, and what to do with it. */
export function ProfileTopBar({ leadId, lead, list, onCompose }: ProfileTopBarProps) {
  const leads = list.directory.term("leads");
  return (
    <TopBar
      crumbs={[
        { label: leads.charAt(0).toLocaleUpperCase() + leads.slice(1), to: "/leads" },
        { label: list.view.name, to: "/leads", search: { view: list.view.id } },
        { label: lead?.name ?? "" },
      ]}
      after={<Position leadId={leadId} list={list} />}
    >
      <Button kind="quiet" icon={StickyNote} keys="n" onClick={() => onCompose("note")}>
        Note
      </Button>
      <Button kind="quiet" icon={ListChecks} keys="t" onClick={() => onCompose("task")}>
        Task
      </Button>
      <Button kind="quiet" icon={Sparkles} keys="w" onClick={() => onCompose("email")}>
        Write
      </Button>
      {lead && <CallButton lead={lead} />}
      {lead && <MoreMenu lead={lead} list={list} />}
    </TopBar>
  );
}

function CallButton({ lead }: { lead: Lead }) {
  const dial = useDial();
  const number = lead.phone || lead.phoneSecond;
  return (
    <Button
      icon={Phone}
      keys="c"
      disabled={number === "" || lead.doNotCall}
      title={lead.doNotCall ? "Asked not to be called" : number === "" ? "No number" : undefined}
      onClick={() => void dial(number, lead.id)}
    >
      Call
    </Button>
  );
}

function Position({ leadId, list }: { leadId: string; list: LeadListModel }) {
  const navigate = useNavigate();
  const { at, isGone } = usePlace(leadId, list);
  const goTo = (id: RecordId | null | undefined, index: number) => {
    if (!id) return;
    setCursor(list.listKey, index);
    void navigate({
      to: "/leads/$leadId",
      params: { leadId: id },
      search: { view: list.view.id },
      replace: true,
    });
  };
  const index = at?.index ?? -1;
  const next = () => goTo(at?.nextId, isGone ? index : index + 1);
  const previous = () => goTo(at?.previousId, index - 1);
  useShortcuts("screen", [
    {
      id: "next",
      keys: "j",
      also: ["arrowdown"],
      repeats: true,
      title: "Next in the list",
      group: "This person",
      run: next,
    },
    {
      id: "previous",
      keys: "k",
      also: ["arrowup"],
      repeats: true,
      title: "Previous in the list",
      group: "This person",
      run: previous,
    },
    {
      id: "back",
      keys: "escape",
      title: "Back to the list",
      group: "This person",
      run: () => list.showView(list.view.id),
    },
  ]);
  if (!at || at.index === null) return null;
  return (
    <>
      {isGone ? (
        <span title={`It was ${formatCount(at.index + 1)} of ${formatCount(at.total)}`}>Left this list</span>
      ) : (
        <span className="tabular">
          {formatCount(at.index + 1)} of {formatCount(at.total)}
        </span>
      )}
      <button
        type="button"
        className={styles["step"]}
        aria-label="Previous in the list"
        aria-keyshortcuts="K"
        disabled={!at.previousId}
        onClick={previous}
      >
        <Kbd keys="k" />
      </button>
      <button
        type="button"
        className={styles["step"]}
        aria-label="Next in the list"
        aria-keyshortcuts="J"
        disabled={!at.nextId}
        onClick={next}
      >
        <Kbd keys="j" />
      </button>
    </>
  );
}

function MoreMenu({ lead, list }: { lead: Lead; list: LeadListModel }) {
  const client = useClient();
  const { remove } = useEdits();
  const erase = async () => {
    const removed = await remove("leads", [lead.id], `Deleted ${lead.name}`);
    if (removed.ok) list.showView(list.view.id);
  };
  return (
    <Menu position="bottom-end" target={<IconButton icon={Ellipsis} label="More" />}>
      <MenuItem icon={AppWindow} onClick={() => void client.call(openWindow, { path: `/leads/${lead.id}` })}>
        Open in a new window
      </MenuItem>
      <MenuItem icon={Trash2} danger onClick={() => void erase()}>
        Delete this {list.directory.term("lead")}
      </MenuItem>
    </Menu>
  );
}

/**
 * Where a lead stands in the list that one works down. An edit may take it out of that: then its neighbours are those that
 * it had, so that one goes on with the next and not back to the list.
 */
function usePlace(leadId: string, list: LeadListModel): { at: Place | undefined; isGone: boolean } {
  const { value, pending } = useLive(leadPosition, { ...list.query, id: leadId as RecordId });
  const key = `${list.listKey} ${leadId}`;
  const [seen, see] = useState<{ key: string; at: Place } | null>(null);
  if (value && !pending && value.index !== null && seen?.at !== value) see({ key, at: value });
  const isGone = value?.index === null && seen?.key === key;
  return { at: isGone ? seen.at : value, isGone };
}

type Place = OutputOf<typeof leadPosition>;
