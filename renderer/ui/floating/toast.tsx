import { X } from "lucide-react";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { Icon } from "../display/icon.tsx";
import { KeyHint } from "../display/kbd.tsx";
import { spokenKeys } from "../keys/key-labels.ts";
import { useShortcuts } from "../keys/shortcuts.tsx";
import styles from "./toast.module.css";

export interface Toast {
  text: string;
  /** Takes back what the toast reports. */
  undo?: (() => void) | undefined;
  /** Trouble is read out at once and stays until it is closed. */
  trouble?: boolean;
  /** What can be done about it; a toast with actions stays until one is chosen or it is closed. */
  actions?: readonly { label: string; run: () => void }[];
}

const shownForMs = 8_000;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows one line at the bottom; a new one takes the place of the last. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const close = useCallback(() => setToast(null), []);
  return (
    <ToastContext value={setToast}>
      {children}
      <div className={styles["place"]} role="status" aria-live={toast?.trouble ? "assertive" : "polite"}>
        {toast && <ToastLine key={toast.text} toast={toast} onClose={close} />}
      </div>
    </ToastContext>
  );
}

function ToastLine({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || toast.trouble || toast.actions) return undefined;
    const timer = setTimeout(onClose, shownForMs);
    return () => clearTimeout(timer);
  }, [toast, held, onClose]);
  const undo = useUndoKey(toast, onClose);
  return (
    <div className={styles["toast"]} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
      {toast.text}
      {undo && (
        <button
          type="button"
          className={styles["action"]}
          aria-keyshortcuts={spokenKeys("mod+z")}
          onClick={undo}
        >
          Undo <KeyHint keys="mod+z" />
        </button>
      )}
      {toast.actions?.map(({ label, run }) => (
        <button
          key={label}
          type="button"
          className={styles["action"]}
          onClick={() => {
            onClose();
            run();
          }}
        >
          {label}
        </button>
      ))}
      <button type="button" aria-label="Close" className={styles["close"]} onClick={onClose}>
        <Icon of={X} size={14} />
      </button>
    </div>
  );
}

function useUndoKey(toast: Toast, onClose: () => void): (() => void) | undefined {
  const undo = useMemo(() => {
    const takeBack = toast.undo;
    if (!takeBack) return undefined;
    return () => {
      onClose();
      takeBack();
    };
  }, [toast, onClose]);
  useShortcuts(
    "global",
    undo ? [{ id: "undo", keys: "mod+z", title: "Undo", group: "Anywhere", run: undo }] : [],
  );
  return undo;
}
