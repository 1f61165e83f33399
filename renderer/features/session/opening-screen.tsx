import { useEffect, useState } from "react";
import { SessionPage } from "../../ui/session-card/session-card.tsx";
import styles from "./session.module.css";

/** Nothing for the first moment: most desks are open before anybody could read a word. */
export function OpeningScreen({ note }: { note: string }) {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <SessionPage>
      <p className={styles["opening"]} role="status">
        {slow && (note === "" ? "Opening your desk" : note)}
      </p>
    </SessionPage>
  );
}
