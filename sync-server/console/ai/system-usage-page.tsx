import { useState } from "react";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { SystemUsage } from "../../admin/ai/wire.ts";
import { useAnswer, useKept } from "../api/use-answer.ts";
import { Bar, Column, Meaning, Page, Section, Trouble } from "../parts/page.tsx";
import { DayColumns, RankedBars } from "./usage-charts.tsx";
import { measures, spans, type Span } from "./usage-span.ts";
import { sumBy, sumDays, type Shown } from "./usage-sums.ts";
import { sayFeature } from "./words.ts";
import styles from "./ai.module.css";

/** What organisations used of the models that the operator offers, and pays for. */
export function SystemUsagePage() {
  const [span, setSpan] = useState<Span>("30");
  const [measure, setMeasure] = useState<Shown>("cost");
  const { value, error, reload } = useAnswer(`/ai/system/usage?days=${span}`, SystemUsage);
  const usage = useKept(value);
  return (
    <Page crumbs={[{ label: "AI usage" }]}>
      <Column kind="main" label="AI usage">
        <Trouble error={error} onRetry={reload} />
        <Meaning>
          Of the models that you offer. What organisations and people use of their own is theirs alone to see.
        </Meaning>
        <Bar>
          <Segmented label="Of the last" segments={spans} value={span} onChange={setSpan} />
          <Segmented label="Shown" segments={measures} value={measure} onChange={setMeasure} />
        </Bar>
        {usage?.cells.length === 0 && (
          <EmptyState>Nobody asked your models anything in these days.</EmptyState>
        )}
        {usage && usage.cells.length > 0 && <Dashboard usage={usage} measure={measure} />}
      </Column>
    </Page>
  );
}

function Dashboard({ usage, measure }: { usage: SystemUsage; measure: Shown }) {
  const { cells, organisations } = usage;
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  return (
    <div className={styles["dashboard"]}>
      <Section title="By day">
        <DayColumns days={sumDays(usage)} measure={measure} />
      </Section>
      <div className={styles["columns"]}>
        <Section title="By organisation">
          <RankedBars
            sums={sumBy(cells, ({ tenantId }) => names.get(tenantId) ?? tenantId)}
            measure={measure}
          />
        </Section>
        <Section title="By model">
          <RankedBars sums={sumBy(cells, ({ model }) => model)} measure={measure} />
        </Section>
        <Section title="By feature">
          <RankedBars sums={sumBy(cells, ({ feature }) => sayFeature(feature))} measure={measure} />
        </Section>
      </div>
    </div>
  );
}
