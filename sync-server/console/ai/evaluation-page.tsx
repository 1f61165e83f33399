import type { z } from "zod";
import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { Evaluation, type EvaluationFigure } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import type { PageProps } from "../frame/pages.ts";
import { DataTable, type DataColumn } from "../parts/data-table.tsx";
import { Column, Page, Section, Trouble } from "../parts/page.tsx";
import { ConversionSection } from "./conversion-section.tsx";
import styles from "./ai.module.css";

type Figure = z.output<typeof EvaluationFigure>;

/** How the features did on their fixed data, as `npm run eval` wrote it last; and how what learns does now. */
export function EvaluationPage({ session }: PageProps) {
  const { value, error, reload } = useAnswer("/ai/evaluation", Evaluation);
  const now = useNow();
  const isUnrun = value?.madeAt === null;
  return (
    <Page
      crumbs={[{ label: "Evaluation" }]}
      note={value?.madeAt && `Run ${dayAndTime(new Date(value.madeAt), now)}`}
    >
      <Column kind="main" label="Evaluation">
        <Trouble error={error} onRetry={reload} />
        <div className={styles["dashboard"]}>
          {session.role === "admin" && <ConversionSection />}
          <Section title="On fixed data">
            {isUnrun && (
              <EmptyState>
                Nobody has measured the features on this server. Run <code>npm run eval</code> where it runs,
                with its DATA_DIR, and the figures stand here.
              </EmptyState>
            )}
            {value && !isUnrun && (
              <DataTable
                label="Figures"
                rows={value.figures}
                rowKey={({ id, data }) => `${id} ${data}`}
                columns={columns}
                empty="The last run measured nothing."
              />
            )}
          </Section>
        </div>
      </Column>
    </Page>
  );
}

const columns: readonly DataColumn<Figure>[] = [
  { title: "Feature", width: "18%", cell: ({ feature }) => feature },
  { title: "Data", cell: ({ data }) => <span className="cut">{data}</span> },
  { title: "Metric", width: "18%", cell: ({ metric }) => metric },
  { title: "Ours", width: "90px", align: "end", cell: ({ value }) => value.toFixed(3) },
  { title: "Baseline", width: "90px", align: "end", cell: ({ floor }) => floor?.toFixed(3) ?? "" },
  { title: "To reach", width: "100px", align: "end", cell: ({ reach }) => reach },
  { title: "Note", spare: true, cell: ({ note }) => <span className="cut">{note}</span> },
];
