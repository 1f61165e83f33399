import { ArrowRight, Check, CircleHelp } from "lucide-react";
import { useMemo } from "react";
import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/display/icon.tsx";
import type { Choice } from "../../ui/fields/choices.ts";
import { Select } from "../../ui/fields/select.tsx";
import { formatCount } from "../../ui/format/numbers.ts";
import { fieldChoices } from "./import-fields.tsx";
import { matchSummary, needsAnswer, withField, type ColumnView, type ImportState } from "./import-words.ts";
import type { SetOptions } from "./use-import.ts";
import styles from "./imports.module.css";

const leaveOut: Choice = { value: "-", label: "Leave out" };

/** Each column of the file, what it becomes, and why that was guessed. */
export function ColumnTable({ state, onOptions }: { state: ImportState; onOptions: SetOptions }) {
  const directory = useDirectory();
  const choices = useMemo(() => [leaveOut, ...fieldChoices(directory)], [directory]);
  const { title, note } = matchSummary(state.columns);
  const deciding = state.columns.find(needsAnswer);
  return (
    <section className={styles["columns"]}>
      <p className={styles["columns-title"]} role="status">
        <strong>{title}</strong> {note}
      </p>
      <table className={styles["table"]}>
        <thead>
          <tr>
            <th>In the file</th>
            <th>First values</th>
            <th>
              <span className="visually-hidden">becomes</span>
            </th>
            <th>In Ringside</th>
            <th>Why</th>
            <th className={styles["number"]}>Errors</th>
          </tr>
        </thead>
        <tbody>
          {state.columns.map((column) => (
            <ColumnRow
              key={column.header}
              column={column}
              choices={choices}
              deciding={column === deciding}
              onField={(field) => onOptions(withField(state.options, column.header, field))}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ColumnRow({
  column,
  choices,
  deciding,
  onField,
}: {
  column: ColumnView;
  choices: readonly Choice[];
  deciding: boolean;
  onField: (field: string | null) => void;
}) {
  return (
    <tr className={classNames(deciding && styles["deciding"])}>
      <th scope="row" className="cut">
        <bdi>{column.header}</bdi>
      </th>
      <td className="cut">
        <bdi>{column.samples.join(", ")}</bdi>
      </td>
      <td className={styles["arrow"]}>
        <Icon of={ArrowRight} />
      </td>
      <td>
        <Select
          label={`${column.header} becomes`}
          hideLabel
          compact
          choices={choices}
          value={column.field ?? leaveOut.value}
          onChange={(value) => onField(value === leaveOut.value ? null : value)}
        />
      </td>
      <td className={styles["why"]}>
        <Why column={column} />
      </td>
      <td className={classNames(styles["number"], column.errors > 0 && styles["errors"])}>
        {column.field === null ? "–" : formatCount(column.errors)}
      </td>
    </tr>
  );
}

function Why({ column }: { column: ColumnView }) {
  if (column.field === null) return <span>{column.why.text || "left out"}</span>;
  const asks = needsAnswer(column);
  return (
    <span className={asks ? styles["asks"] : undefined}>
      {column.why.kind !== "none" && <Icon of={asks ? CircleHelp : Check} size={14} />} {column.why.text}
    </span>
  );
}
