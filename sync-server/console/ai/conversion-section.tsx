import { EmptyState } from "../../../renderer/ui/display/empty-state.tsx";
import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { dayAndTime } from "../../../renderer/ui/format/times.ts";
import { useNow } from "../../../renderer/ui/format/use-now.ts";
import { unstableFrom, worstCalibration } from "../../../shared/scoring/conversion/limits.ts";
import { ConversionWatch } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section, Trouble } from "../parts/page.tsx";
import { Columns } from "./columns.tsx";
import { LimitBars } from "./limit-bars.tsx";
import { Figure } from "./figure.tsx";
import { sayCalm } from "./words.ts";
import styles from "./ai.module.css";

type Model = NonNullable<ConversionWatch["model"]>;
const mostShown = 6;

/** The model of who converts: which one is in use, whether it still holds, and what has changed since. */
export function ConversionSection() {
  const { value, error, reload } = useAnswer("/ai/conversion", ConversionWatch);
  return (
    <Section title="Who converts" note="Learned each night from your own calls and what came of them.">
      <Trouble error={error} onRetry={reload} />
      {value && value.model === null && (
        <EmptyState>
          Nothing was learned yet: the first night with calls makes a model. Until then scores go by rules
          alone.
        </EmptyState>
      )}
      {value?.model && <Watched model={value.model} versions={value.versions} />}
    </Section>
  );
}

function Watched({ model, versions }: { model: Model; versions: ConversionWatch["versions"] }) {
  return (
    <div className={styles["stack"]}>
      <Figures model={model} />
      <Alerts model={model} />
      <div className={styles["columns"]}>
        <div>
          <h3 className={styles["picture"]}>Probabilities are off by</h3>
          <Calibration model={model} />
        </div>
        <div>
          <h3 className={styles["picture"]}>People differ from those before</h3>
          <Stability model={model} />
        </div>
        <div>
          <h3 className={styles["picture"]}>Off by, version by version</h3>
          <Versions versions={versions} />
        </div>
      </div>
    </div>
  );
}

function Figures({ model: { version, trainedAt, contacts, converted, auc } }: { model: Model }) {
  const now = useNow();
  return (
    <div className={styles["figures"]}>
      <Figure value={`Version ${version}`}>{`trained ${dayAndTime(new Date(trainedAt), now)}`}</Figure>
      <Figure value={formatCount(contacts)}>calls learned from</Figure>
      <Figure value={formatCount(converted)}>of them won</Figure>
      <Figure value={auc === null ? "Too few" : auc.toFixed(2)}>ranks (AUC; 0.5 = a coin)</Figure>
    </div>
  );
}

function Alerts({ model: { alerts, stability, calibration } }: { model: Model }) {
  if (alerts.length === 0)
    return (
      <p className={styles["calm"]}>
        {sayCalm({ compared: stability.length > 0, judged: calibration !== null })}
      </p>
    );
  return (
    <div className={styles["notice"]} role="status">
      <h2>What has changed</h2>
      {alerts.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}

function Calibration({ model: { calibration } }: { model: Model }) {
  if (calibration === null) return <p className={styles["calm"]}>Too few calls have an outcome yet.</p>;
  const { before, now, contacts } = calibration;
  return (
    <LimitBars
      limit={worstCalibration}
      bars={[
        { label: "Before", value: before, words: points(before) },
        { label: `Latest ${formatCount(contacts)}`, value: now, words: points(now) },
      ]}
      limitWords={`The line is at ${points(worstCalibration)}: over it you are told.`}
    />
  );
}

function Stability({ model: { stability } }: { model: Model }) {
  if (stability.length === 0)
    return <p className={styles["calm"]}>Too few calls to compare with those before.</p>;
  return (
    <LimitBars
      limit={unstableFrom}
      bars={stability
        .slice(0, mostShown)
        .map(({ label, value }) => ({ label, value, words: value.toFixed(2) }))}
      limitWords={`Drift (PSI): under 0.1 hardly anything has changed, over ${unstableFrom} a lot has.`}
    />
  );
}

function Versions({ versions }: Pick<ConversionWatch, "versions">) {
  const known = versions.flatMap(({ off, ...one }) => (off === null ? [] : [{ ...one, off }]));
  const most = Math.max(2 * worstCalibration, ...known.map(({ off }) => off));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return <p className={styles["calm"]}>No version has been judged yet.</p>;
  return (
    <Columns
      isLow
      label="Off by, version by version"
      columns={known.map(({ version, off }) => ({
        key: String(version),
        words: `Version ${version}: ${points(off)}`,
        share: (100 * off) / most,
        isFull: off > worstCalibration,
      }))}
      ends={[String(first.version), String(last.version)]}
    />
  );
}

function points(share: number): string {
  return `${(100 * share).toFixed(1)} points`;
}
