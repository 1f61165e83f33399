import { ChevronDown } from "lucide-react";
import { useDirectory } from "../../client/index.ts";
import { Icon } from "../../ui/display/icon.tsx";
import type { Choice } from "../../ui/fields/choices.ts";
import { Picker } from "../../ui/fields/picker.tsx";
import { periodDays, usualDays } from "./model/insights-search.ts";
import type { InsightsModel } from "./model/use-insights.ts";
import styles from "./filter-bar.module.css";

const everything = "";
const periodWords: Record<number, string> = {
  7: "Last week",
  28: "Last 4 weeks",
  91: "Last 13 weeks",
  364: "Last 52 weeks",
};
const beforeWords: Record<number, string> = {
  7: "Week before",
  28: "4 weeks before",
  91: "13 weeks before",
  364: "52 weeks before",
};

/** Which calls are looked at, each choice as a sentence in a box. */
export function FilterBar({ model }: { model: InsightsModel }) {
  const { search, scope, go, overview, outcomeLabel, coaches } = model;
  const { people, dispositions, teams } = useDirectory();
  const agents = people.filter(({ active, role }) => active && role === "agent");
  return (
    <div className={styles["filters"]}>
      {coaches && (
        <Filter
          label="Team"
          value={search.team ?? everything}
          choices={[
            { value: everything, label: "All teams" },
            ...teams.map(({ teamId, name }) => ({ value: teamId, label: name })),
          ]}
          onPick={(team) => go({ team: team || undefined })}
        />
      )}
      {coaches && (
        <Filter
          label="Agent"
          value={search.agent ?? everything}
          choices={[
            { value: everything, label: "Everybody" },
            ...agents.map(({ userId, name }) => ({ value: userId, label: name })),
          ]}
          onPick={(agent) => go({ agent: agent || undefined })}
        />
      )}
      <Filter
        label="Period"
        value={String(scope.days)}
        choices={periodDays.map((days) => ({ value: String(days), label: periodWords[days] ?? "" }))}
        onPick={(days) => go({ days: Number(days) === usualDays ? undefined : Number(days) })}
      />
      <Filter
        label="Against"
        value={scope.against}
        choices={[
          { value: "before", label: beforeWords[scope.days] ?? "" },
          { value: "year-before", label: "A year before" },
        ]}
        onPick={(against) => go({ against: against === "year-before" ? against : undefined })}
      />
      <Filter
        label="Playbook"
        value={search.playbook ?? everything}
        choices={[{ value: everything, label: "Any" }, ...playbookChoices(overview?.playbooks ?? [])]}
        onPick={(playbook) => go({ playbook: playbook || undefined })}
      />
      <Filter
        label="Outcome"
        value={overview?.outcome ?? everything}
        shown={outcomeLabel}
        choices={dispositions.map(({ key, label }) => ({ value: key, label }))}
        onPick={(outcome) => go({ outcome })}
      />
    </div>
  );
}

function playbookChoices(playbooks: readonly { key: string; label: string; versions: number[] }[]): Choice[] {
  return playbooks.flatMap(({ key, label, versions }) => [
    { value: key, label },
    ...versions.map((version) => ({ value: `${key}:${version}`, label: `${label} ${version}` })),
  ]);
}

function Filter({
  label,
  value,
  choices,
  shown,
  onPick,
}: {
  label: string;
  value: string;
  choices: readonly Choice[];
  shown?: string;
  onPick: (value: string) => void;
}) {
  const chosen = shown ?? choices.find((choice) => choice.value === value)?.label ?? value;
  return (
    <Picker
      label={label}
      choices={choices}
      chosen={[value]}
      onPick={onPick}
      target={({ opened, toggle, listId }) => (
        <button
          type="button"
          role="combobox"
          aria-label={`${label}: ${chosen}`}
          aria-haspopup="listbox"
          aria-expanded={opened}
          aria-controls={listId}
          className={styles["filter"]}
          onClick={toggle}
        >
          <span>{label}</span>
          <span className={`${styles["filter-value"] ?? ""} cut`}>{chosen}</span>
          <Icon of={ChevronDown} size={13} />
        </button>
      )}
    />
  );
}
