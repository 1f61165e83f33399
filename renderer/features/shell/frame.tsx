import type { ReactNode } from "react";
import { Later } from "../../ui/later.tsx";
import { useDesk } from "./desk-state.ts";
import styles from "./frame.module.css";
import { useSidePanelShown } from "./use-side-panel.ts";

/** Rail, the work, the call's column beside it or over it, and the status bar under all of them. */
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
  const isOver = useDesk((desk) => desk.callPanelOpen) && !sidePanelShown;
  return (
    <div className={styles["frame"]}>
      {rail}
      <main className={styles["work"]}>{children}</main>
      {sidePanelShown && <Later room={sideRoom}>{side}</Later>}
      {isOver && <div className={styles["over"]}>{side}</div>}
      {statusBar}
    </div>
  );
}
