import { MultiSelect } from "../../../renderer/ui/fields/select.tsx";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import type { PlaybookRules } from "../../../shared/entities/playbook.ts";
import { CallLists, Queues, Teams } from "../../admin/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Section } from "../parts/page.tsx";
import { Link } from "../parts/link.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Sheet } from "../parts/sheet.tsx";
import styles from "./playbooks.module.css";
import type { Versions } from "./playbook-versions.ts";
import { parseLength, sayLength } from "./say-times.ts";
import type { EditDraft } from "./use-draft.ts";
import { VersionList } from "./version-list.tsx";

type Part = { rules: PlaybookRules; edit: EditDraft };

/** What is true of the playbook as a whole. */
export function AboutPlaybook({ versions, rules, edit }: Part & { versions: Versions }) {
  const { label } = rules;
  return (
    <Sheet
      title={label}
      about={
        <>
          Called {versions.key} in reports and the API.{" "}
          <Link to={["playbooks", "new", versions.edited.id]}>Duplicate it</Link>
        </>
      }
    >
      <SavedText
        label="Label"
        neverEmpty
        maxLength={60}
        value={label}
        onSave={(next) =>
          edit({ do: "settings", change: { label: next } }, `“${label}” is called “${next}” now.`)
        }
      />
      <AppliesTo rules={rules} edit={edit} />
      <Alarms rules={rules} edit={edit} />
      <VersionList versions={versions} />
    </Sheet>
  );
}

function AppliesTo({ rules: { appliesTo }, edit }: Part) {
  const queues = useAnswer("/queues", Queues).value?.queues ?? [];
  const lists = useAnswer("/call-lists", CallLists).value?.callLists ?? [];
  const teams = useAnswer("/teams", Teams).value?.teams ?? [];
  const change = (next: Partial<PlaybookRules["appliesTo"]>) =>
    edit({ do: "settings", change: { appliesTo: next } }, "Which calls it is for is changed.");
  const keyed = (all: readonly { key: string; label: string; archived: boolean }[]) =>
    all.filter(({ archived }) => !archived).map(({ key, label }) => ({ value: key, label }));
  return (
    <Section title="Calls that it is for" note="All that is chosen must fit; where nothing is, any does.">
      <MultiSelect
        label="Direction"
        placeholder="Any"
        value={appliesTo.directions}
        choices={[
          { value: "outbound", label: "Calls that agents make" },
          { value: "inbound", label: "Calls that come in" },
        ]}
        onChange={(directions) => change({ directions: directions as typeof appliesTo.directions })}
      />
      <MultiSelect
        label="Queues"
        placeholder="Any"
        value={appliesTo.queues}
        choices={keyed(queues)}
        onChange={(chosen) => change({ queues: chosen })}
      />
      <MultiSelect
        label="Call lists"
        placeholder="Any"
        value={appliesTo.callLists}
        choices={keyed(lists)}
        onChange={(chosen) => change({ callLists: chosen })}
      />
      <MultiSelect
        label="Teams"
        placeholder="Any"
        value={appliesTo.teamIds}
        choices={teams.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(chosen) => change({ teamIds: chosen as typeof appliesTo.teamIds })}
      />
    </Section>
  );
}

function Alarms({ rules: { alarms }, edit }: Part) {
  const change = (next: Partial<PlaybookRules["alarms"]>, said: string) =>
    edit({ do: "settings", change: { alarms: next } }, said);
  const length = { compact: true, placeholder: "Never", show: sayLength, parse: parseLength, notUnderstood: "Try 45 s or 1:00" }; // prettier-ignore
  return (
    <Section title="Alarms" note="What agents are warned of while they talk; empty means never.">
      <div className={styles["pair"]}>
        <ParsedField<number>
          {...length}
          label="Monologue over"
          value={alarms.monologueMs}
          onChange={(next) => change({ monologueMs: next }, "The alarm of monologues is changed.")}
        />
        <ParsedField<number>
          compact
          label="Pace over"
          placeholder="Never"
          value={alarms.paceWpm}
          show={(pace) => `${pace} words a minute`}
          parse={(typed) => (/^\d{2,3}/u.test(typed.trim()) ? Number.parseInt(typed, 10) : null)}
          notUnderstood="60 to 400"
          onChange={(next) => change({ paceWpm: next }, "The alarm of pace is changed.")}
        />
        <ParsedField<number>
          {...length}
          label="Nobody speaks for"
          value={alarms.deadAirMs}
          onChange={(next) => change({ deadAirMs: next }, "The alarm of quiet is changed.")}
        />
      </div>
    </Section>
  );
}
