import styles from "./ai.module.css";

/** One number, and what it is of. */
export function Figure({ value, children }: { value: string; children: string }) {
  return (
    <p className={styles["figure"]}>
      <strong>{value}</strong>
      {children}
    </p>
  );
}
