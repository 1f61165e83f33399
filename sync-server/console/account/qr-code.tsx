import { encode } from "uqr";
import { squaresOf } from "./qr-path.ts";
import styles from "./account.module.css";

/** Dark on light in both themes, with the quiet zone that cameras need: half of them fail on inverted codes. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      className={styles["qr"]}
      shapeRendering="crispEdges"
    >
      <path d={squaresOf(data)} />
    </svg>
  );
}
