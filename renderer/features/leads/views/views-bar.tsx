import { Bookmark, Menu as Lines, Plus, SquareKanban } from "lucide-react";
import { useState } from "react";
import { countLeads } from "../../../../shared/rpc/contract/leads.ts";
import { useLive } from "../../../client/index.ts";
import { Button, IconButton } from "../../../ui/controls/button.tsx";
import { Segmented } from "../../../ui/controls/segmented.tsx";
import { Tabs } from "../../../ui/controls/tabs.tsx";
import { Menu, MenuDivider, MenuItem, MenuLabel } from "../../../ui/floating/menu.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import type { LeadListModel } from "../model/use-lead-list.ts";
import { orderBeside } from "../model/views.ts";
import { useViewEdits, type ViewEdits } from "./use-view-edits.ts";
import { ViewDialog, type ViewDialogState } from "./view-dialog.tsx";
import styles from "./views.module.css";

/** Saved views by name and count, what can be done with them, and list or board. */
export function ViewsBar({ list }: { list: LeadListModel }) {
  const edits = useViewEdits(list);
  const [dialog, setDialog] = useState<ViewDialogState | null>(null);
  const counts = useLive(countLeads, {
    views: list.views.slice(0, 50).map(({ id, filters }) => ({ key: id, filters })),
  });
  useShortcuts("screen", viewShortcuts(list));
  return (
    <div className={styles["bar"]}>
      <Tabs
        label="Views"
        value={list.view.id}
        onChange={list.showView}
        tabs={list.views.map((view) => ({
          key: view.id,
          label: view.name,
          count: counts.value?.counts[view.id],
          icon: view.id === list.view.id ? Bookmark : undefined,
        }))}
      />
      <ViewMenu list={list} edits={edits} onDialog={setDialog} />
      <span className={styles["space"]} />
      {list.changed && (
        <UnsavedChanges list={list} edits={edits} onSaveAs={() => setDialog({ kind: "new" })} />
      )}
      <Segmented
        label="Layout"
        value={list.view.layout}
        onChange={(layout) => list.change({ layout })}
        segments={[
          { value: "list", label: "List", icon: Lines, keys: "v" },
          { value: "board", label: "Board", icon: SquareKanban, keys: "v" },
        ]}
      />
      {dialog && <ViewDialog state={dialog} list={list} edits={edits} onClose={() => setDialog(null)} />}
    </div>
  );
}

function viewShortcuts(list: LeadListModel) {
  const turn = () => list.change({ layout: list.view.layout === "list" ? "board" : "list" });
  const numbered = list.views.slice(0, 9).map((view, index) => ({
    id: `view-${index + 1}`,
    keys: `alt+${index + 1}`,
    title: view.name,
    group: "Views",
    run: () => list.showView(view.id),
  }));
  return [...numbered, { id: "layout", keys: "v", title: "List or board", group: "Views", run: turn }];
}

/** Says that the view was changed, and offers to keep or to drop that. */
function UnsavedChanges({
  list,
  edits,
  onSaveAs,
}: {
  list: LeadListModel;
  edits: ViewEdits;
  onSaveAs: () => void;
}) {
  return (
    <span className={styles["changed"]} role="status">
      <span className={styles["changed-words"]}>Changed, not saved</span>
      {edits.maySave && (
        <Button size="small" onClick={() => void edits.save()}>
          Save
        </Button>
      )}
      <Button size="small" onClick={onSaveAs}>
        Save as new
      </Button>
      <Button size="small" kind="quiet" onClick={list.reset}>
        Reset
      </Button>
    </span>
  );
}

interface ViewMenuProps {
  list: LeadListModel;
  edits: ViewEdits;
  onDialog: (state: ViewDialogState) => void;
}

function ViewMenu({ list, edits, onDialog }: ViewMenuProps) {
  const { view, views } = list;
  const move = (step: -1 | 1) => {
    const order = orderBeside(views, view.id, step);
    if (order !== null) void edits.move(order);
  };
  return (
    <Menu target={<IconButton icon={Plus} size="small" label="New view, and what to do with this one" />}>
      <MenuItem icon={Plus} onClick={() => onDialog({ kind: "new" })}>
        New view of what is shown now
      </MenuItem>
      {edits.maySave && (
        <>
          <MenuDivider />
          <MenuLabel>{view.name}</MenuLabel>
          <MenuItem onClick={() => onDialog({ kind: "rename", name: view.name })}>Rename</MenuItem>
          <MenuItem disabled={orderBeside(views, view.id, -1) === null} onClick={() => move(-1)}>
            Move left
          </MenuItem>
          <MenuItem disabled={orderBeside(views, view.id, 1) === null} onClick={() => move(1)}>
            Move right
          </MenuItem>
          {list.me.mayShare && (
            <MenuItem onClick={() => void edits.share(view.ownerId !== null)}>
              {view.ownerId === null ? "Keep to myself" : "Share with everybody"}
            </MenuItem>
          )}
          <MenuItem danger onClick={() => void edits.remove()}>
            Delete
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
