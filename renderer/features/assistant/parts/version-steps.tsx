import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "../../../ui/controls/button.tsx";
import type { Versions } from "../model/use-versions.ts";
import styles from "./parts.module.css";

/** The way back to what was written before. */
export function VersionSteps({ number, count, show }: Pick<Versions, "number" | "count" | "show">) {
  if (count < 2) return null;
  return (
    <span className={styles["versions"]} role="group" aria-label="Versions">
      <IconButton
        size="small"
        icon={ChevronLeft}
        label="Earlier version"
        disabled={number <= 1}
        onClick={() => show(number - 1)}
      />
      <span className="tabular">
        {number} of {count}
      </span>
      <IconButton
        size="small"
        icon={ChevronRight}
        label="Later version"
        disabled={number >= count}
        onClick={() => show(number + 1)}
      />
    </span>
  );
}
