import styles from "./marks.module.css";

export interface StageStep {
  /** How far along: 0 = the first open stage (dashed), 1 = the last. */
  share: number;
  outcome: "open" | "won" | "lost";
}

const size = 14;
const centre = size / 2;

/** A ring that fills as the stage advances; won is a green tick, lost a crossed ring. Its name stands beside it. */
export function StageRing({ share, outcome }: StageStep) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden className={styles["ring"]}>
      {outcome === "won" ? <WonMark /> : <Ring share={share} lost={outcome === "lost"} />}
    </svg>
  );
}

function WonMark() {
  return (
    <>
      <circle cx={centre} cy={centre} r={6.5} className={styles["won"]} />
      <path d="M4.4 7.2 6.2 9l3.4-3.8" className={styles["won-tick"]} />
    </>
  );
}

function Ring({ share, lost }: { share: number; lost: boolean }) {
  const isFirst = share <= 0 && !lost;
  return (
    <>
      <circle
        cx={centre}
        cy={centre}
        r={6}
        className={styles["outline"]}
        strokeDasharray={isFirst ? "1.6 1.54" : undefined}
      />
      {lost && <path d="M5 5l4 4M9 5l-4 4" className={styles["outline"]} />}
      {!lost && share > 0 && <path d={slice(share)} className={styles["slice"]} />}
    </>
  );
}

/** A slice of the disc from twelve o'clock on; 4 px so that a gap stays to the outline. */
function slice(share: number): string {
  const radius = 4;
  const angle = Math.min(share, 0.999) * 2 * Math.PI;
  const x = centre + radius * Math.sin(angle);
  const y = centre - radius * Math.cos(angle);
  return `M${centre} ${centre}V${centre - radius}A${radius} ${radius} 0 ${share > 0.5 ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`;
}
