import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { insightAdherence, insightMoments } from "../../../../shared/rpc/contract/insights.ts";
import { dayOf } from "../../../../shared/time/zone.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import { AdherenceTable } from "../adherence-table.tsx";
import { AgentsCompared } from "../agents-compared.tsx";
import { Formulas } from "../formulas-drawer.tsx";
import type { InsightsModel, ShownMoment } from "../model/use-insights.ts";
import { Tiles } from "../tiles.tsx";
import "./print-report.css";

/**
 * The screen as a document: the same drawings, as vectors, with their tables, filters and footnotes. The browser and
 * Electron both make a PDF of what is printed, in every script that the machine can write, and without a network.
 */
export function PrintReport({ model, onDone }: { model: InsightsModel; onDone: () => void }) {
  const { overview, scope, outcomeLabel, coaches } = model;
  const adherence = useLive(insightAdherence, scope);
  const moments = useLive(insightMoments, scope);
  const ready = Boolean(
    overview && adherence.value && moments.value && !adherence.pending && !moments.pending,
  );
  const page = usePage();
  useEffect(() => {
    if (!ready) return undefined;
    window.addEventListener("afterprint", onDone);
    // Two frames: drawings take their width from the page, which must have been laid out first.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
    return () => {
      window.removeEventListener("afterprint", onDone);
      cancelAnimationFrame(frame);
    };
  }, [ready, onDone]);
  if (!overview) return null;
  const shared = { overview, outcome: outcomeLabel };
  const agents = { ...shared, chosen: scope.agentId ?? null, onPick: coaches ? () => {} : undefined };
  return createPortal(
    <article aria-label="Coaching report">
      <Head model={model} />
      <Tiles {...shared} tables={false} onFormula={() => {}} />
      <AgentsCompared {...agents} tables={false} />
      <AdherenceTable model={{ ...model, search: { ...model.search, tables: true } }} />
      <Tiles {...shared} tables onFormula={() => {}} />
      <Moments moments={moments.value?.moments ?? []} />
      <h2>Formulas</h2>
      <Formulas />
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
    `${overview?.calls ?? 0} calls`,
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

function Moments({ moments }: { moments: readonly ShownMoment[] }) {
  const { business, personName } = useDirectory();
  return (
    <section>
      <h2>Moments to review</h2>
      <table className="listed">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">What</th>
            <th scope="col">Agent</th>
            <th scope="col">With</th>
            <th scope="col">On</th>
          </tr>
        </thead>
        <tbody>
          {moments.map(({ callId, moment, agentId, leadName, at }) => (
            <tr key={`${callId} ${moment.atMs}`}>
              <td>{formatDuration(moment.atMs / 1_000)}</td>
              <td>{moment.text}</td>
              <td>
                <bdi>{personName(agentId)}</bdi>
              </td>
              <td>
                <bdi>{leadName ?? "–"}</bdi>
              </td>
              <td className="day">{dayOf(Date.parse(at), business?.timeZone ?? "UTC")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
