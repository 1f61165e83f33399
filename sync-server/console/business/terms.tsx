import { Search } from "lucide-react";
import { Icon } from "../../../renderer/ui/display/icon.tsx";
import { capitalise, type Term, type Terms } from "../settings/use-terms.ts";
import { Preview } from "../parts/preview.tsx";
import { SavedText } from "../parts/saved-text.tsx";
import { Pair } from "../parts/sheet.tsx";
import type { SaveBusiness } from "./business-page.tsx";
import styles from "./business.module.css";

const pairs: readonly (readonly [one: Term, many: Term])[] = [
  ["lead", "leads"],
  ["deal", "deals"],
  ["listing", "listings"],
];

/** One of them and many of them: plurals are not guessed. */
export function TermFields({
  terms,
  save,
  onTyping,
}: {
  terms: Terms;
  save: SaveBusiness;
  /** The words as they stand while one of them is typed; null when none is. */
  onTyping: (terms: Terms | null) => void;
}) {
  const field = (key: Term, label: string) => (
    <SavedText
      key={key}
      label={label}
      neverEmpty
      value={terms[key]}
      onTyping={(typed) => onTyping(typed?.trim() ? { ...terms, [key]: typed.trim() } : null)}
      onSave={(word) => save({ terms: { [key]: word } }, `“${terms[key]}” is “${word}” everywhere now.`)}
    />
  );
  return (
    <Pair>
      {pairs.flatMap(([one, many]) => [
        field(one, `One ${one} is called`),
        field(many, `Several ${many} are called`),
      ])}
    </Pair>
  );
}

/** How a desk reads with these words. */
export function TermPreview({ terms }: { terms: Terms }) {
  return (
    <Preview title="On every desk">
      <div className={styles["window"]}>
        <div className={styles["window-bar"]}>
          <strong>{capitalise(terms.leads)}</strong>
          <span>2,000</span>
          <span className={styles["window-search"]}>
            <Icon of={Search} size={13} /> Search {terms.leads}
          </span>
        </div>
        <div className={styles["window-row"]}>
          <strong>Maria Kowalski</strong>
          <span>1 {terms.deal}</span>
        </div>
        <div className={styles["window-row"]}>
          <strong>Grant Ellison</strong>
          <span>3 {terms.deals}</span>
        </div>
        <p>
          No {terms.listings} yet. <em>Add a {terms.listing}</em>
        </p>
        <p className={styles["window-toast"]}>
          3 {terms.leads} have another owner now. <em>Undo</em>
        </p>
        <p className={styles["window-menu"]}>
          <span>New {terms.lead}</span>
          <span>New {terms.deal}</span>
          <span>New {terms.listing}</span>
        </p>
      </div>
    </Preview>
  );
}
