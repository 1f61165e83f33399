import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { useDirectory } from "../../../client/index.ts";
import { countOf } from "../../../ui/format/numbers.ts";
import { AdherenceTable } from "../adherence-table.tsx";
import { AgentsCompared } from "../agents-compared.tsx";
import { Formulas } from "../formulas-drawer.tsx";
import { ItemsByWeek } from "../items-by-week.tsx";
import type { InsightsModel } from "../model/use-insights.ts";
import { Tiles } from "../tiles.tsx";
import { TopCallers } from "../top-callers.tsx";
import { PrintedCards } from "./printed-cards.tsx";
import { PrintedMoments, PrintedPractice } from "./printed-lists.tsx";
import { PrintedSpreads } from "./printed-spreads.tsx";
import { usePrinted } from "./use-printed.ts";
import "./print-report.css";

/**
 * The screens as a document: the same drawings, as vectors, with their tables, filters and footnotes. The browser and
 * Electron both make a PDF of what is printed, in every script that the machine can write, and without a network.
 */
export function PrintReport({ model, onDone }: { model: InsightsModel; onDone: () => void }) {
  const printed = usePrinted(model);
  const ready = printed !== null;
  const page = usePage();
  useEffect(() => {
    if (!ready) return undefined;
    window.addEventListener("afterprint", onDone);
    // Two frames: what the last answer has changed is drawn in the first.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    return () => {
      window.removeEventListener("afterprint", onDone);
      cancelAnimationFrame(frame);
    };
  }, [ready, onDone]);
  if (!printed) return null;
  const { overview, spreads, cards, moments, practised } = printed;
  // Nothing is chosen on paper.
  const paper: InsightsModel = { ...model, overview, look: "both", behind: null };
  const shared = { overview, outcome: model.outcomeLabel, look: paper.look };
  return createPortal(
    <article aria-label="Coaching report">
      <Head model={paper} />
      <Tiles {...shared} onFormula={() => {}} />
      <AgentsCompared
        {...shared}
        chosen={model.scope.agentId ?? null}
        onPick={model.coaches ? () => {} : undefined}
      />
      <AdherenceTable model={paper} />
      <ItemsByWeek model={paper} />
      <PrintedSpreads spreads={spreads} chosen={model.search.metric} />
      <TopCallers model={paper} />
      <PrintedCards cards={cards} outcome={model.outcomeLabel} />
      <PrintedMoments moments={moments} />
      <PrintedPractice practised={practised} />
      <section>
        <h2>Formulas</h2>
        <Formulas />
      </section>
    </article>,
    page,
  );
}

/** A place of its own in the document: everything else stays off the paper. */
function usePage(): HTMLElement {
  const [page] = useState(makePage);
  useEffect(() => {
    document.body.append(page);
    return () => page.remove();
  }, [page]);
  return page;
}

function makePage(): HTMLElement {
  const page = document.createElement("div");
  page.className = "print-report";
  page.dataset["theme"] = "light";
  return page;
}

function Head({ model: { overview, scope, outcomeLabel } }: { model: InsightsModel }) {
  const { business, teams, personName } = useDirectory();
  const team = teams.find(({ teamId }) => teamId === scope.teamId)?.name ?? "All teams";
  const playbook = overview?.playbooks.find(({ key }) => key === scope.playbook)?.label ?? "any";
  const facts = [
    `${overview?.period.from} to ${overview?.period.to}, against ${overview?.against.from} to ${overview?.against.to}`,
    `${team}, ${scope.agentId ? personName(scope.agentId) : "everybody"}`,
    `Playbook: ${playbook}${scope.version ? ` ${scope.version}` : ""}`,
    `Outcome: ${outcomeLabel}`,
    countOf(overview?.calls ?? 0, "call"),
  ];
  return (
    <header>
      <h1>
        Coaching, <bdi>{business?.name}</bdi>
      </h1>
      <p>{facts.join(" · ")}</p>
    </header>
  );
}
