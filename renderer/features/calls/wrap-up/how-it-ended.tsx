import { DispositionGrid } from "./disposition-grid.tsx";
import { FollowUp } from "./follow-up.tsx";
import type { WriteDown } from "./use-write-down.ts";
import styles from "./wrap-up.module.css";

/** @param hasKeys whether the digits choose, too */
export function HowItEnded({ writing, hasKeys }: { writing: WriteDown; hasKeys: boolean }) {
  const { dispositions, chosen, choose, forbids, needsTask, line, write } = writing;
  return (
    <>
      {dispositions.length > 0 && (
        <DispositionGrid
          dispositions={dispositions}
          chosen={chosen?.key ?? null}
          onChoose={choose}
          hasKeys={hasKeys}
        />
      )}
      {forbids && (
        <p role="status" className={styles["forbids"]}>
          {forbids}
        </p>
      )}
      {needsTask && chosen && <FollowUp line={line} onChange={write} reason={chosen.label} />}
    </>
  );
}
