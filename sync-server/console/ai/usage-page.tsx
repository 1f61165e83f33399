import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { formatCount, formatPercent } from "../../../renderer/ui/format/numbers.ts";
import { dayAndTimeInWords } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { AiNotices, AiUsage, type UsageModel } from "../../admin/ai/wire.ts";
import { useAnswer, useKept } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Link } from "../parts/link.tsx";
import { Bar, Column, Page, Section, Trouble } from "../parts/page.tsx";
import { Figure } from "./figure.tsx";
import { measures, spans, type Span } from "./usage-span.ts";
import { DayColumns, RankedBars } from "./usage-charts.tsx";
import { csvOf, noSum, shareOf, sumBy, sumDays, type Shown } from "./usage-sums.ts";
import { sayAmount, sayCost, sayDay, sayFeature, sayOutcome } from "./words.ts";
import styles from "./ai.module.css";

/** What models cost and how they did, and what stands out. */
export function UsagePage() {
  const [span, setSpan] = useState<Span>("30");
  const [measure, setMeasure] = useState<Shown>("cost");
  const { value, error, reload } = useAnswer(`/ai/usage?days=${span}`, AiUsage);
  const usage = useKept(value);
  return (
    <Page
      crumbs={[{ label: "AI usage" }]}
      action={
        usage && (
          <Button icon={Download} onClick={() => save(usage)}>
            CSV
          </Button>
        )
      }
    >
      <Column kind="main" label="AI usage">
        <Trouble error={error} onRetry={reload} />
        <Bar>
          <Segmented label="Of the last" segments={spans} value={span} onChange={setSpan} />
          <Segmented label="Shown" segments={measures} value={measure} onChange={setMeasure} />
        </Bar>
        {usage?.cells.length === 0 && (
          <EmptyState>
            Nobody asked anything in these days. What models cost stands here once they do.
          </EmptyState>
        )}
        {usage && usage.cells.length > 0 && <Dashboard usage={usage} measure={measure} />}
      </Column>
    </Page>
  );
}

function save(usage: AiUsage): void {
  const url = URL.createObjectURL(new Blob([csvOf(usage)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `ai-usage-${usage.fromDay}-${usage.toDay}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

function Dashboard({ usage, measure }: { usage: AiUsage; measure: Shown }) {
  const { cells, models, people, outcomes } = usage;
  const personOf = (userId: string | null) =>
    people.find((one) => one.userId === userId)?.name ?? "The server";
  return (
    <div className={styles["dashboard"]}>
      <RefusedKeys />
      <Unusual usage={usage} />
      <Figures usage={usage} />
      <Section title="By day">
        <DayColumns days={sumDays(usage)} measure={measure} />
      </Section>
      <div className={styles["columns"]}>
        <Section title="By feature">
          <RankedBars sums={sumBy(cells, ({ feature }) => sayFeature(feature))} measure={measure} />
        </Section>
        <Section title="By model">
          <RankedBars sums={sumBy(cells, ({ model }) => model || "Ringside's rules")} measure={measure} />
        </Section>
        <Section title="By person">
          <RankedBars sums={sumBy(cells, ({ userId }) => personOf(userId))} measure={measure} />
        </Section>
        <Section title="What came of questions to models">
          <RankedBars
            sums={outcomes.map(({ outcome, requests }) => ({
              ...noSum,
              key: sayOutcome(outcome),
              requests,
            }))}
            measure="requests"
          />
        </Section>
      </div>
      <Section title="Models compared">
        <DataTable
          label="Models compared"
          rows={models}
          rowKey={({ model }) => model}
          columns={columns}
          empty="No models were asked."
        />
      </Section>
    </div>
  );
}

const renewEveryMs = 30_000;

const answeredInstead = {
  model: " Nobody's work has stopped: other models answered.",
  rules: " Ringside's rules answered instead.",
};

/** Asked anew as the page's number in the menu is. */
function RefusedKeys() {
  const now = useNow();
  const { value, reload } = useAnswer("/ai/notices", AiNotices);
  useAskEvery(renewEveryMs, reload);
  const refused = value?.refused ?? [];
  if (refused.length === 0) return null;
  return (
    <div className={styles["notice"]} role="status">
      <h2>Refused keys</h2>
      {refused.map(({ accountId, label, model, lastAt, instead }) => (
        <p key={accountId}>
          <Link to={["ai-models", "account", accountId]}>{label}</Link>
          {`: the provider does not take its key, or it has no credit. Last asked for ${model}, ${dayAndTimeInWords(new Date(lastAt), now)}.${instead === null ? "" : answeredInstead[instead]}`}
        </p>
      ))}
    </div>
  );
}

function Unusual({ usage: { unusual, doubted } }: { usage: AiUsage }) {
  if (unusual.length === 0 && doubted === 0) return null;
  return (
    <div className={styles["notice"]} role="status">
      <h2>Unusual use</h2>
      {unusual.map(({ day, measure, amount, usual }) => (
        <p key={`${day} ${measure}`}>
          {measure === "money"
            ? `${sayDay(day)}: ${sayCost(amount)}, where ${sayCost(usual)} a day is usual.`
            : `${sayDay(day)}: ${formatCount(amount)} requests, where ${formatCount(usual)} a day are usual.`}
        </p>
      ))}
      {doubted > 0 && (
        <p>
          {`A provider said something impossible about what it used ${formatCount(doubted)} times; it is billed within bounds.`}
        </p>
      )}
    </div>
  );
}

function Figures({ usage: { cells } }: { usage: AiUsage }) {
  const sum = (of: (cell: AiUsage["cells"][number]) => number) =>
    cells.reduce((total, cell) => total + of(cell), 0);
  const requests = sum((cell) => cell.requests);
  const from = (source: string) => sum((cell) => (cell.source === source ? cell.requests : 0));
  const failed = sum((cell) => cell.failed);
  const soundMs = sum((cell) => cell.soundMs);
  return (
    <div className={styles["figures"]}>
      <Figure value={sayCost(sum(({ cost }) => cost))}>cost</Figure>
      <Figure value={formatCount(requests)}>requests</Figure>
      <Figure value={formatCount(sum((cell) => cell.inputTokens + cell.outputTokens))}>tokens</Figure>
      {soundMs > 0 && <Figure value={sayAmount(soundMs, "minutes")}>minutes listened to</Figure>}
      <Figure value={formatPercent(shareOf(from("cache"), requests))}>from the cache</Figure>
      <Figure value={formatPercent(shareOf(from("rules"), requests))}>from Ringside&apos;s rules</Figure>
      <Figure value={formatPercent(shareOf(failed, from("model")))}>of models without an answer</Figure>
    </div>
  );
}

const sayMs = (ms: number | null) => (ms === null ? "" : `${formatCount(Math.round(ms))} ms`);
const columns: readonly DataColumn<UsageModel>[] = [
  { title: "Model", cell: ({ model }) => <span className="cut">{model || "Ringside's rules"}</span> },
  { title: "Requests", width: "84px", align: "end", cell: ({ requests }) => formatCount(requests) },
  {
    title: "Answered",
    width: "84px",
    align: "end",
    cell: ({ answered, requests }) => formatPercent(shareOf(answered, requests)),
  },
  { title: "Median", width: "84px", align: "end", cell: ({ medianMs }) => sayMs(medianMs) },
  { title: "95th", width: "84px", align: "end", spare: true, cell: ({ p95Ms }) => sayMs(p95Ms) },
  { title: "First word", width: "90px", align: "end", spare: true, cell: ({ firstMs }) => sayMs(firstMs) },
  { title: "Cost", width: "90px", align: "end", cell: ({ cost }) => sayCost(cost) },
  {
    title: "An answer",
    width: "90px",
    align: "end",
    cell: ({ cost, answered }) => (answered === 0 ? "" : sayCost(cost / answered)),
  },
  {
    title: "Useful",
    width: "110px",
    align: "end",
    cell: ({ good, bad }) =>
      good + bad === 0 ? "Not rated" : `${formatPercent(shareOf(good, good + bad))} of ${good + bad}`,
  },
];
