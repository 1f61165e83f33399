import { formatBytes, formatCount } from "../../../renderer/ui/format/numbers.ts";
import { Health } from "../../admin/wire.ts";
import { sayCalm } from "../ai/words.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useAskEvery } from "../api/use-ask-every.ts";
import { Column, Facts, Page, Section, Trouble } from "../parts/page.tsx";
import { capitalise } from "../settings/use-terms.ts";
import { sayUptime } from "./uptime.ts";
import styles from "./health.module.css";

const askEveryMs = 10_000;

/** How the server does, in numbers with units; asked again every ten seconds while the page is in sight. */
export function HealthPage() {
  const { value, error, reload } = useAnswer("/health", Health);
  useAskEvery(askEveryMs, reload);
  return (
    <Page crumbs={[{ label: "Server health" }]} note="Asked every 10 s">
      <Column kind="main" label="Server health">
        <Trouble error={error} onRetry={reload} />
        {value && (
          <div className={styles["page"]}>
            <div className={styles["figures"]}>
              <Figure value={formatCount(value.devicesOnline)} unit={`of ${formatCount(value.devices)}`}>
                desks connected
              </Figure>
              <Figure {...split(formatBytes(value.databaseMB * bytesInMB))}>
                {value.database === "embedded" ? "embedded database" : "in PostgreSQL"}
              </Figure>
              <Figure {...split(formatBytes(value.residentMB * bytesInMB))}>memory of this node</Figure>
              <Figure value={sayUptime(value.upS)} unit="">
                since it started
              </Figure>
            </div>
            <Section title="Records">
              <Facts
                facts={Object.entries(value.records).map(([name, count]) => [
                  capitalise(name),
                  formatCount(count),
                ])}
              />
            </Section>
            {value.conversion && (
              <Section title="Who converts">
                <Facts facts={conversionFacts(value.conversion)} />
              </Section>
            )}
            <Section title="Versions">
              <Facts facts={[["Sync protocol", String(value.protocol)]]} />
            </Section>
          </div>
        )}
      </Column>
    </Page>
  );
}

function conversionFacts(model: NonNullable<Health["conversion"]>): [string, string][] {
  const { version, contacts, converted, auc, ece, alerts } = model;
  return [
    [
      "Model",
      `${version}, learned from ${formatCount(contacts)} calls, ${formatCount(converted)} of them won`,
    ],
    ["Ranks (AUC; 0.5 = a coin)", auc === null ? "too few to tell" : auc.toFixed(2)],
    ["Off by, on average", ece === null ? "too few to tell" : `${(ece * 100).toFixed(1)} points`],
    ["What has changed", alerts.length === 0 ? sayCalm(model) : alerts.join(" ")],
  ];
}

const bytesInMB = 1_000_000;

function split(text: string): { value: string; unit: string } {
  const [value = "", unit = ""] = text.split(" ");
  return { value, unit };
}

function Figure({ value, unit, children }: { value: string; unit: string; children: string }) {
  return (
    <p className={styles["figure"]}>
      <strong>{value}</strong> {unit}
      <span>{children}</span>
    </p>
  );
}
