import { X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../../../renderer/ui/controls/button.tsx";
import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import type { Trigger } from "../../../shared/entities/playbook.ts";
import { SavedText } from "../parts/saved-text.tsx";
import { LikenessField, MeaningFields } from "./meaning-fields.tsx";
import { MetricFields } from "./metric-fields.tsx";
import { PhraseChips } from "./phrase-chips.tsx";
import styles from "./playbooks.module.css";
import { SideField } from "./side-field.tsx";
import { parseLength, parseMoment, sayLength, sayMoment } from "./say-times.ts";
import type { EditDraft } from "./use-draft.ts";

export type TriggerPlace = { list: "items" | "cards"; key: string; at: number };
export type ChangeTrigger = (change: Record<string, string | number | null>, said: string) => void;

type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;

/** One thing that sets an item or a card off. */
export function TriggerEditor({
  place,
  trigger,
  counts,
  canRemove,
  edit,
}: {
  place: TriggerPlace;
  trigger: Trigger;
  /** How often each phrase was what did it, in the calls that were tried. */
  counts: readonly number[];
  canRemove: boolean;
  edit: EditDraft;
}) {
  const change: ChangeTrigger = (next, said) =>
    edit({ do: "change-trigger", ...place, kind: trigger.kind, change: next }, said);
  const remove = () => edit({ do: "remove-trigger", ...place, was: trigger }, "A trigger is removed.");
  return (
    <div className={styles["trigger"]} role="group" aria-label={`Trigger ${place.at + 1}`}>
      {canRemove && (
        <span className={styles["trigger-end"]}>
          <IconButton size="small" icon={X} label={`Remove trigger ${place.at + 1}`} onClick={remove} />
        </span>
      )}
      {trigger.kind === "phrases" && (
        <PhraseFields place={place} trigger={trigger} counts={counts} change={change} edit={edit} />
      )}
      {trigger.kind === "pattern" && <PatternFields trigger={trigger} change={change} />}
      {trigger.kind === "meaning" && (
        <MeaningFields place={place} trigger={trigger} counts={counts} change={change} edit={edit} />
      )}
      {trigger.kind === "metric" && <MetricFields trigger={trigger} change={change} />}
      <TimeFields trigger={trigger} change={change}>
        {trigger.kind === "phrases" && <ApartField trigger={trigger} change={change} />}
        {trigger.kind === "meaning" && <LikenessField trigger={trigger} change={change} />}
        {trigger.kind === "silence" && <SilenceField trigger={trigger} change={change} />}
      </TimeFields>
    </div>
  );
}

type Fields<K extends Trigger["kind"]> = { trigger: Of<K>; change: ChangeTrigger };
export type ListFields<K extends Trigger["kind"]> = Fields<K> & {
  place: TriggerPlace;
  counts: readonly number[];
  edit: EditDraft;
};

function PhraseFields({ place, trigger, counts, change, edit }: ListFields<"phrases">) {
  return (
    <>
      <SideField trigger={trigger} change={change} says="says something close to" />
      <PhraseChips place={place} of="phrases" phrases={trigger.phrases} counts={counts} edit={edit} />
      <PhraseChips place={place} of="notNear" phrases={trigger.notNear} edit={edit} />
    </>
  );
}

function ApartField({ trigger, change }: Fields<"phrases">) {
  return (
    <ParsedField<number>
      label="Apart by at most"
      compact
      value={trigger.apart}
      show={(apart) => countOf(apart, "word")}
      parse={parseWords}
      notUnderstood="0 to 20 words"
      onChange={(apart) =>
        change({ apart: apart ?? 0 }, `Up to ${countOf(apart ?? 0, "word")} may stand between.`)
      }
    />
  );
}

function parseWords(typed: string): number | null {
  const [, count] = /^(\d{1,2})(?:\s*words?)?$/u.exec(typed.trim()) ?? [];
  return count !== undefined && Number(count) <= 20 ? Number(count) : null;
}

function PatternFields({ trigger, change }: Fields<"pattern">) {
  return (
    <>
      <SideField trigger={trigger} change={change} says="says what this finds" />
      <SavedText
        label="Regular expression"
        hint="In RE2’s syntax, over what is said in one go; upper and lower case are the same."
        neverEmpty
        maxLength={300}
        value={trigger.pattern}
        onSave={(pattern) => change({ pattern }, "The expression is changed.")}
      />
    </>
  );
}

function SilenceField({ trigger, change }: Fields<"silence">) {
  return (
    <ParsedField<number>
      label="Nobody speaks for"
      compact
      value={trigger.overMs}
      show={sayLength}
      parse={parseLength}
      notUnderstood="Try 6 s"
      onChange={(overMs) => overMs !== null && change({ overMs }, `After ${sayLength(overMs)} of quiet.`)}
    />
  );
}

/** When in the call it counts, on one line with what else is a number. */
function TimeFields({
  trigger: { fromMs, untilMs },
  change,
  children,
}: {
  trigger: Trigger;
  change: ChangeTrigger;
  children: ReactNode;
}) {
  const moment = { compact: true, show: sayMoment, parse: parseMoment, notUnderstood: "Try 1:00" };
  return (
    <div className={styles["times"]}>
      {children}
      <ParsedField<number>
        {...moment}
        label="Not before"
        placeholder="From the start"
        value={fromMs}
        onChange={(next) => change({ fromMs: next }, next === null ? "From the start of the call." : `Not before ${sayMoment(next)}.`)} // prettier-ignore
      />
      <ParsedField<number>
        {...moment}
        label="Not after"
        placeholder="To the end"
        value={untilMs}
        onChange={(next) => change({ untilMs: next }, next === null ? "To the end of the call." : `Not after ${sayMoment(next)}.`)} // prettier-ignore
      />
    </div>
  );
}
