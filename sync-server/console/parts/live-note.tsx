import styles from "./live-note.module.css";

/** Beside a page's name: what it shows is asked for again and again, or could not be the last time. */
export function LiveNote({ isLive }: { isLive: boolean }) {
  return isLive ? <span className={styles["live"]}>Live</span> : "Not live";
}
