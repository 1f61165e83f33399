import { useDirectory } from "../../client/index.ts";
import { classNames } from "../../ui/class-names.ts";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import { formatPhone } from "../../ui/format/phones.ts";
import type { ImportState } from "./import-words.ts";
import styles from "./imports.module.css";

type Row = ImportState["preview"][number];

/** The first rows as they will be. `wide` shows the file's row numbers too. */
export function PreviewList({ rows, wide = false }: { rows: readonly Row[]; wide?: boolean }) {
  if (rows.length === 0) return <p className={styles["side-note"]}>Nothing to show yet.</p>;
  return (
    <table className={classNames(styles["preview"], wide && styles["preview-wide"])}>
      <thead className={wide ? undefined : "visually-hidden"}>
        <tr>
          {wide && <th className={styles["number"]}>Row</th>}
          <th>Name</th>
          <th>Phone</th>
          <th>Stage</th>
          <th className={styles["number"]}>Becomes</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PreviewRow key={row.row} row={row} wide={wide} />
        ))}
      </tbody>
    </table>
  );
}

function PreviewRow({ row, wide }: { row: Row; wide: boolean }) {
  const tone =
    row.status === "error" ? styles["bad"] : row.status === "question" ? styles["asks"] : undefined;
  const toneOf = (field: string) => (row.errorField === field ? tone : undefined);
  return (
    <tr>
      {wide && <td className={styles["number"]}>{row.row}</td>}
      <th scope="row" className={classNames("cut", toneOf("name"))}>
        <bdi>{row.name || "no name"}</bdi>
      </th>
      <td className={toneOf("phone")}>
        <bdi dir="ltr">{formatPhone(row.phone)}</bdi>
      </td>
      <td className={classNames("cut", toneOf("stage"))}>
        <StageCell row={row} />
      </td>
      <td className={classNames(styles["number"], tone)}>{row.note}</td>
    </tr>
  );
}

function StageCell({ row }: { row: Row }) {
  const directory = useDirectory();
  const step = stageSteps(directory.stages("leads")).get(row.stage);
  if (!step)
    return row.stage && `${row.stage}${row.status === "question" && row.errorField === "stage" ? " ?" : ""}`;
  return (
    <span className={styles["stage"]}>
      <StageRing {...step} /> {directory.stageLabel("leads", row.stage)}
    </span>
  );
}
