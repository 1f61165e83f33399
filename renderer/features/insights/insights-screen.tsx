import { useState } from "react";
import { insightMoments, readAhead } from "../../../shared/rpc/contract/insights.ts";
import { useLive } from "../../client/index.ts";
import { Tabs } from "../../ui/controls/tabs.tsx";
import { countOf } from "../../ui/format/numbers.ts";
import { useShortcuts } from "../../ui/keys/shortcuts.tsx";
import { TopBar, useListNote, useOwnRightColumn } from "../shell/index.ts";
import { NoneYet } from "../sync/index.ts";
import { AdherenceTable } from "./adherence-table.tsx";
import { AgentsCompared } from "./agents-compared.tsx";
import { CallsBehind } from "./calls-behind.tsx";
import { Cards } from "./cards.tsx";
import { ExportMenu } from "./export/export-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FormulasDrawer } from "./formulas-drawer.tsx";
import { insightTabs, type InsightTab } from "./model/insights-search.ts";
import { useInsights, type InsightsModel, type Overview } from "./model/use-insights.ts";
import { MomentsList } from "./moments-list.tsx";
import { NoneMatch } from "./none-match.tsx";
import { SaidSearch } from "./said-search.tsx";
import { SidePanel } from "./side/side-panel.tsx";
import { Spread } from "./spread.tsx";
import { Tiles } from "./tiles.tsx";
import styles from "./insights.module.css";

const tabLabels: Record<InsightTab, string> = {
  overview: "Overview",
  spread: "What differs",
  cards: "Cards",
  said: "What was said",
};

/** What to coach, from this device alone: figures, people, the playbook, and the moments to listen to. */
export function InsightsScreen() {
  useOwnRightColumn();
  const model = useInsights();
  const { search, go, overview } = model;
  const [formulas, setFormulas] = useState(false);
  useListNote(overview ? `${countOf(overview.callsOnDevice, "call")} with a report on this device` : null);
  useScreenKeys(model, () => setFormulas(true));
  // Whoever looks at figures may search all that was said next: it is read meanwhile.
  useLive(readAhead, {});
  return (
    <>
      <TopBar crumbs={[{ label: "Insights" }]} after={overview && scopeText(overview, model.coaches)}>
        <Tabs
          label="What is shown"
          tabs={insightTabs.map((key) => ({ key, label: tabLabels[key] }))}
          value={search.show ?? "overview"}
          onChange={(key) => go({ show: key === "overview" ? undefined : key, behind: undefined })}
        />
        <ExportMenu model={model} onFormulas={() => setFormulas(true)} />
      </TopBar>
      <div className={styles["screen"]}>
        <div className={styles["work"]}>
          <FilterBar model={model} />
          {overview?.callsOnDevice === 0 ? (
            <NoneYet of="insights">
              No call has a report yet. A report is made after each call that was transcribed.
            </NoneYet>
          ) : (
            overview && <Shown model={model} overview={overview} onFormula={() => setFormulas(true)} />
          )}
        </div>
        <SidePanel model={model} />
      </div>
      <FormulasDrawer opened={formulas} onClose={() => setFormulas(false)} />
    </>
  );
}

function scopeText({ calls, agents }: Overview, coaches: boolean): string {
  return coaches ? `${countOf(calls, "call")}, ${countOf(agents.length, "agent")}` : countOf(calls, "call");
}

function Shown({
  model,
  overview,
  onFormula,
}: {
  model: InsightsModel;
  overview: Overview;
  onFormula: () => void;
}) {
  const { search, look, behind, go, coaches, outcomeLabel } = model;
  const moments = useLive(insightMoments, model.scope).value?.moments;
  if (search.show === "said") return <SaidSearch model={model} />;
  if (overview.calls === 0 && overview.agents.length === 0) return <NoneMatch model={model} />;
  if (search.show === "spread") return <Spread model={model} />;
  if (search.show === "cards") return <Cards model={model} />;
  const listened = moments?.find(({ callId }) => callId === search.call)?.agentId;
  return (
    <div className={styles["overview"]}>
      <Tiles overview={overview} outcome={outcomeLabel} look={look} onFormula={onFormula} />
      <AgentsCompared
        overview={overview}
        outcome={outcomeLabel}
        chosen={search.agent ?? listened ?? null}
        look={look}
        onPick={coaches ? (agent) => go({ agent: agent ?? undefined }) : undefined}
      />
      <div className={styles["halves"]}>
        <AdherenceTable model={model} />
        {behind ? (
          <div className={styles["half"]}>
            <CallsBehind model={model} behind={behind} />
          </div>
        ) : (
          <MomentsList model={model} />
        )}
      </div>
    </div>
  );
}

function useScreenKeys({ search, behind, go }: InsightsModel, openFormulas: () => void): void {
  const group = "Insights";
  useShortcuts("screen", [
    {
      id: "insight-tables",
      keys: "v",
      title: "Figures as tables or drawings",
      group,
      run: () => go({ tables: search.tables ? undefined : true }),
    },
    { id: "insight-formulas", keys: "f", title: "Formulas and units", group, run: openFormulas },
    {
      id: "search",
      keys: "/",
      title: "Search what was said",
      group,
      run: () => go({ show: "said", behind: undefined }),
    },
    {
      id: "insight-leave",
      keys: "escape",
      title: behind && !search.call ? "Leave these calls" : "Leave the moment",
      group,
      run: () => go(search.call ? { call: undefined, at: undefined } : { behind: undefined }),
    },
  ]);
}
