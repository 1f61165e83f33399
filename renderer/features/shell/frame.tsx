import type { ReactNode } from "react";
import { Later } from "../../ui/later.tsx";
import styles from "./frame.module.css";
import { useSidePanelShown } from "./use-side-panel.ts";

/** Rail, the work, the call's column, and the status bar under all of them. */
export function Frame({
  rail,
  statusBar,
  side,
  sideRoom,
  children,
}: {
  rail: ReactNode;
  statusBar: ReactNode;
  /** The right column, and what keeps its place until it is drawn. */
  side: ReactNode;
  sideRoom: ReactNode;
  children: ReactNode;
}) {
  const sidePanelShown = useSidePanelShown();
  return (
    <div className={styles["frame"]}>
      {rail}
      <main className={styles["work"]}>{children}</main>
      {sidePanelShown && <Later room={sideRoom}>{side}</Later>}
      {statusBar}
    </div>
  );
}
