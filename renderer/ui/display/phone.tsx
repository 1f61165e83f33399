import { formatPhone } from "../format/phones.ts";
import styles from "./phone.module.css";

/** A number whose digits line up; hyphens and spaces between them stay narrow. Never cut. */
export function Phone({ number }: { number: string }) {
  const parts = formatPhone(number).split(/([\s-]+)/u);
  return (
    <bdi dir="ltr" className={styles["phone"]}>
      {parts.map((part, index) => (index % 2 === 1 ? <span key={index}>{part}</span> : part))}
    </bdi>
  );
}
