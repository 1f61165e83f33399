import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../renderer/ui/controls/button.tsx";
import { Select } from "../../../renderer/ui/fields/select.tsx";
import type { Scorecard } from "../../../shared/entities/setting.ts";
import { MetricSelect, MetricValue } from "../playbooks/metric-fields.tsx";
import { ReorderList } from "../parts/reorder-list.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { keyOf } from "../settings/setting-keys.ts";
import styles from "./scorecards.module.css";

type Criterion = Scorecard["criteria"][number];
type By = Criterion["by"];

/** What counts, how much, and by what it is told. */
export function CriterionList({
  criteria,
  onChange,
}: {
  criteria: readonly Criterion[];
  onChange: (criteria: Criterion[], said: string) => void;
}) {
  const change = (key: string, next: Partial<Criterion>) =>
    onChange(
      criteria.map((one) => (one.key === key ? { ...one, ...next } : one)),
      "A criterion is changed.",
    );
  const add = () => {
    const key = keyOf("criterion", "-", criteria.map((one) => one.key)); // prettier-ignore
    onChange(
      [...criteria, { key, label: "New criterion", weight: 10, by: { kind: "person" } }],
      "A criterion is added.",
    );
  };
  const byKey = new Map(criteria.map((one) => [one.key, one]));
  return (
    <>
      <ReorderList
        label="Criteria"
        items={criteria}
        idOf={({ key }) => key}
        nameOf={({ label }) => label}
        onReorder={(keys) =>
          onChange(
            keys.flatMap((key) => byKey.get(key) ?? []),
            "The order is changed.",
          )
        }
        render={(criterion) => (
          <CriterionFields
            criterion={criterion}
            onChange={(next) => change(criterion.key, next)}
            onRemove={() =>
              onChange(
                criteria.filter(({ key }) => key !== criterion.key),
                `“${criterion.label}” is removed.`,
              )
            }
          />
        )}
      />
      <div>
        <Button size="small" kind="quiet" icon={Plus} onClick={add}>
          Add a criterion
        </Button>
      </div>
    </>
  );
}

function CriterionFields({
  criterion: { label, weight, by },
  onChange,
  onRemove,
}: {
  criterion: Criterion;
  onChange: (next: Partial<Criterion>) => void;
  onRemove: () => void;
}) {
  return (
    <div className={styles["criterion"]} role="group" aria-label={label}>
      <div className={styles["first"]}>
        <SavedText
          label="Criterion"
          hideLabel
          compact
          neverEmpty
          maxLength={60}
          value={label}
          onSave={(next) => onChange({ label: next })}
        />
        <SavedText
          label={`Weight of ${label}`}
          hideLabel
          compact
          neverEmpty
          inputMode="numeric"
          value={String(weight)}
          end="weight"
          onSave={(typed) => onChange({ weight: Number(typed) })}
        />
        <IconButton size="small" icon={X} label={`Remove ${label}`} onClick={onRemove} />
      </div>
      <ByFields by={by} onChange={(next) => onChange({ by: next })} />
    </div>
  );
}

const beginnings: Readonly<Record<By["kind"], { name: string; by: By }>> = {
  checklist: { name: "Share of the playbook's items that were done", by: { kind: "checklist" } },
  item: { name: "One item was done", by: { kind: "item", item: "next-step" } },
  metric: { name: "A figure", by: { kind: "metric", metric: "talkShare", from: 0.4, to: 0.5, slack: 0.2 } },
  person: { name: "People say, from 0 to 5", by: { kind: "person" } },
};

function ByFields({ by, onChange }: { by: By; onChange: (by: By) => void }) {
  return (
    <div className={styles["by"]}>
      <Select
        label="Told by"
        hideLabel
        compact
        value={by.kind}
        choices={Object.entries(beginnings).map(([value, { name }]) => ({ value, label: name }))}
        onChange={(kind) => kind !== null && onChange(beginnings[kind as By["kind"]].by)}
      />
      {by.kind === "item" && (
        <SavedText
          label="Key of the item"
          hideLabel
          compact
          neverEmpty
          value={by.item}
          onSave={(item) => onChange({ ...by, item })}
        />
      )}
      {by.kind === "metric" && <MetricLimits by={by} onChange={onChange} />}
    </div>
  );
}

function MetricLimits({ by, onChange }: { by: Extract<By, { kind: "metric" }>; onChange: (by: By) => void }) {
  const { metric, from, to, slack } = by;
  return (
    <>
      <MetricSelect value={metric} onChange={(next) => onChange({ ...by, metric: next })} />
      <div className={styles["limits"]}>
        <MetricValue
          label="From"
          hideLabel={false}
          metric={metric}
          value={from}
          onChange={(next) => onChange({ ...by, from: next })}
        />
        <MetricValue
          label="To"
          hideLabel={false}
          metric={metric}
          value={to}
          onChange={(next) => onChange({ ...by, to: next })}
        />
        <MetricValue
          label="Slack"
          hideLabel={false}
          metric={metric}
          value={slack}
          onChange={(next) => onChange({ ...by, slack: next })}
        />
      </div>
    </>
  );
}
