import { Component, type ReactNode } from "react";
import { Button } from "../ui/controls/button.tsx";
import styles from "./error-boundary.module.css";
import { rescueTyped } from "./rescue-typed.ts";

interface State {
  error: Error | null;
  /** What stood in the fields when the screen broke. */
  typed: string[];
}

/** A screen that broke says so, shows what was being typed, and can be opened again. React wants a class for this. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null, typed: [] };

  static getDerivedStateFromError(error: Error): State {
    // The fields are still in the page: React removes them only after this.
    return { error, typed: rescueTyped(document) };
  }

  override render(): ReactNode {
    const { error, typed } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles["broken"]} role="alert">
        <h1>This screen broke</h1>
        <p>Everything you saved is on this device. {typed.length > 0 && "What you were typing is below."}</p>
        {typed.map((text) => (
          <textarea key={text} readOnly aria-label="What you were typing" value={text} rows={3} />
        ))}
        <div className={styles["actions"]}>
          <Button kind="primary" size="large" onClick={() => this.setState({ error: null, typed: [] })}>
            Open it again
          </Button>
          <Button size="large" onClick={() => location.assign("/")}>
            Go to the start
          </Button>
        </div>
        <p className={styles["detail"]}>{error.message}</p>
      </div>
    );
  }
}
