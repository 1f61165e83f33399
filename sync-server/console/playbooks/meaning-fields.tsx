import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { MeaningsHeard } from "../../admin/playbooks/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { PhraseChips } from "./phrase-chips.tsx";
import styles from "./playbooks.module.css";
import { SideField } from "./side-field.tsx";
import type { ListFields } from "./trigger-editor.tsx";

/** Examples, each with how often it was the closest, and how close it must be. Says where nobody listens. */
export function MeaningFields({ place, trigger, counts, change, edit }: ListFields<"meaning">) {
  const heard = useAnswer("/playbooks/meanings", MeaningsHeard).value?.heard ?? true;
  return (
    <>
      <SideField trigger={trigger} change={change} says="means about the same as" />
      <PhraseChips place={place} of="examples" phrases={trigger.examples} counts={counts} edit={edit} />
      {!heard && (
        <p className={styles["says"]} role="note">
          This stays quiet: no model for embeddings is set up. Add one under Models; what is said reaches it
          without the customer’s name and numbers.
        </p>
      )}
    </>
  );
}

export function LikenessField({ trigger, change }: Pick<ListFields<"meaning">, "trigger" | "change">) {
  return (
    <ParsedField<number>
      label="Alike by at least"
      compact
      value={trigger.likeness}
      show={(likeness) => `${Math.round(likeness * 100)} %`}
      parse={parseShare}
      notUnderstood="0 to 100 %"
      onChange={(likeness) => likeness !== null && change({ likeness }, "How alike it must be is changed.")}
    />
  );
}

function parseShare(typed: string): number | null {
  const [, count] = /^(\d{1,3})\s*%?$/u.exec(typed.trim()) ?? [];
  return count !== undefined && Number(count) <= 100 ? Number(count) / 100 : null;
}
