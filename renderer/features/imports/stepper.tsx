import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../../ui/class-names.ts";
import { Icon } from "../../ui/display/icon.tsx";
import type { ImportStep } from "./import-words.ts";
import styles from "./imports.module.css";

const steps: readonly { key: ImportStep; label: string }[] = [
  { key: "file", label: "File" },
  { key: "match", label: "Match columns" },
  { key: "check", label: "Check" },
  { key: "import", label: "Import" },
];

export function Stepper({ step, children }: { step: ImportStep; children?: ReactNode }) {
  const current = steps.findIndex(({ key }) => key === step);
  return (
    <div className={styles["stepper"]}>
      <ol className={styles["steps"]}>
        {steps.map(({ key, label }, index) => (
          <li
            key={key}
            aria-current={index === current ? "step" : undefined}
            className={classNames(styles["step"], index === current && styles["step-now"])}
          >
            <span className={classNames(styles["step-mark"], index < current && styles["step-done"])}>
              {index < current ? <Icon of={Check} size={13} /> : index + 1}
            </span>
            {label}
          </li>
        ))}
      </ol>
      <span className={styles["stepper-end"]}>{children}</span>
    </div>
  );
}
