import type { ReactNode } from "react";
import { Later } from "../../ui/later.tsx";
import styles from "./frame.module.css";
import { SidePanel, SidePanelRoom } from "./side-panel.tsx";
import { useSidePanelShown } from "./use-side-panel.ts";

/** Rail, the work, the call's column, and the status bar under all of them. */
export function Frame({
  rail,
  statusBar,
  children,
}: {
  rail: ReactNode;
  statusBar: ReactNode;
  children: ReactNode;
}) {
  const sidePanelShown = useSidePanelShown();
  return (
    <div className={styles["frame"]}>
      {rail}
      <main className={styles["work"]}>{children}</main>
      {sidePanelShown && (
        <Later room={<SidePanelRoom />}>
          <SidePanel />
        </Later>
      )}
      {statusBar}
    </div>
  );
}
