import { Drawer } from "../../ui/floating/dialog.tsx";
import { formulas } from "./model/words.ts";
import styles from "./formulas-drawer.module.css";

/** What every figure on the screen is, one click away from each. */
export function FormulasDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Formulas and units">
      <Formulas />
    </Drawer>
  );
}

export function Formulas() {
  return (
    <dl className={styles["formulas"]}>
      {formulas.map(({ name, formula }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formula}</dd>
        </div>
      ))}
    </dl>
  );
}
