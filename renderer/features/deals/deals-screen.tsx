import { useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { dealBoard, type DealRow } from "../../../shared/rpc/contract/work.ts";
import { useDirectory, useLive } from "../../client/index.ts";
import { Board } from "../../ui/board/board.tsx";
import { Button } from "../../ui/controls/button.tsx";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import { Select } from "../../ui/fields/select.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useNow } from "../../ui/format/use-now.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { TopBar, TopBarSearch, useListNote, useOwnRightColumn } from "../shell/index.ts";
import { NoneYet } from "../sync/index.ts";
import { DealCard } from "./deal-card.tsx";
import { sumText, totalValue, type BoardStages } from "./deal-board.ts";
import { DealDrawer } from "./deal-drawer.tsx";
import { readDealsSearch, type DealsSearch } from "./deals-search.ts";
import { NewDealDialog } from "./new-deal-dialog.tsx";
import { useMoveDeal } from "./use-move-deal.ts";
import styles from "./deals.module.css";

const cardsPerStage = 200;

export function DealsScreen() {
  useOwnRightColumn();
  const { search, go } = useDealsSearch();
  const { term } = useDirectory();
  const [text, setText] = useState("");
  const [adding, setAdding] = useState(false);
  const board = useLive(dealBoard, {
    owner: search.of ?? null,
    search: useDeferredValue(text),
    perStage: cardsPerStage,
  });
  const { stages, move } = useMoveDeal(board.value?.stages);
  const total = stages?.reduce((sum, stage) => sum + stage.total, 0) ?? 0;
  useListNote(
    stages
      ? `${countOf(total, term("deal"), term("deals"))}, ${sumText(totalValue(stages)) || "no value yet"}`
      : null,
  );
  useShortcuts("screen", [
    {
      id: "new-deal",
      keys: "n",
      title: `New ${term("deal")}`,
      group: "Deals",
      run: (event) => (event.preventDefault(), setAdding(true)),
    },
  ]);
  const name = capital(term("deals"));
  return (
    <>
      <TopBar crumbs={[{ label: name }]}>
        <TopBarSearch value={text} onChange={setText} placeholder={`Search ${term("deals")}`} />
        <OwnerChoice value={search.of ?? null} onChange={(of) => go({ of: of ?? undefined })} />
        <Button icon={Plus} keys="n" onClick={() => setAdding(true)}>
          New {term("deal")}
        </Button>
      </TopBar>
      {stages && total > 0 && (
        <DealColumns stages={stages} label={name} onMove={move} onOpen={(id) => go({ open: id })} />
      )}
      {stages && total === 0 && (
        <NoneYet of={term("deals")}>
          {text === "" ? `No ${term("deals")} yet.` : `No ${term("deal")} says that.`}{" "}
          <Button kind="link" onClick={() => setAdding(true)}>
            Add one
          </Button>
        </NoneYet>
      )}
      <DealDrawer id={search.open ?? null} onClose={() => go({ open: undefined })} />
      <NewDealDialog opened={adding} onClose={() => setAdding(false)} onAdded={(id) => go({ open: id })} />
    </>
  );
}

function useDealsSearch() {
  const search = readDealsSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const go = (part: { [K in keyof DealsSearch]?: DealsSearch[K] | undefined }) =>
    void navigate({ to: "/deals", search: { ...search, ...part } as DealsSearch, replace: true });
  return { search, go };
}

function OwnerChoice({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (owner: string | null) => void;
}) {
  const { people } = useDirectory();
  const choices = people
    .filter(({ active }) => active)
    .map(({ userId, name }) => ({ value: userId as string, label: name }));
  return (
    <div className={styles["owner"]}>
      <Select
        label="Owner"
        hideLabel
        compact
        clearable
        placeholder="Everybody’s"
        choices={choices}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}

function DealColumns({
  stages,
  label,
  onMove,
  onOpen,
}: {
  stages: BoardStages;
  label: string;
  onMove: (id: string, stage: string) => void;
  onOpen: (id: string) => void;
}) {
  const directory = useDirectory();
  const now = useNow();
  const [cursorId, setCursorId] = useState<string | null>(null);
  const steps = stageSteps(directory.stages("deals"));
  const columns = stages.map(({ stage, total, value, rows }) => ({
    key: stage,
    label: directory.stageLabel("deals", stage),
    mark: <StageRing {...(steps.get(stage) ?? { share: 0, outcome: "open" })} />,
    total,
    note: sumText(value),
    cards: rows,
  }));
  return (
    <Board<DealRow>
      label={label}
      columns={columns}
      cardId={(deal) => deal.id}
      cardLabel={(deal) => deal.name}
      renderCard={(deal) => <DealCard deal={deal} now={now} />}
      cursorId={cursorId}
      onCursor={setCursorId}
      onOpen={(deal) => onOpen(deal.id)}
      opensOnClick
      onMove={onMove}
    />
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
