import { X } from "lucide-react";
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { Icon } from "../display/icon.tsx";
import { KeyHint } from "../display/kbd.tsx";
import { spokenKeys } from "../keys/key-labels.ts";
import { useShortcuts } from "../keys/shortcuts.tsx";
import { placeToast, type Toast } from "./toast-order.ts";
import styles from "./toast.module.css";

export type { Toast } from "./toast-order.ts";

const shownForMs = 8_000;
const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows one line at the bottom; a new one takes the place of the last, but not of what asks for a choice. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const show = useCallback((next: Toast) => setToasts((shown) => placeToast(shown, next)), []);
  const close = useCallback(
    (closed: Toast) => setToasts((shown) => shown.filter((toast) => toast !== closed)),
    [],
  );
  const urgent = toasts.some(({ trouble }) => trouble);
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles["place"]} role="status" aria-live={urgent ? "assertive" : "polite"}>
        {toasts.map((toast) => (
          <ToastLine key={toast.text} toast={toast} onClose={close} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastLine({ toast, onClose }: { toast: Toast; onClose: (toast: Toast) => void }) {
  const [held, setHeld] = useState(false);
  const close = useCallback(() => onClose(toast), [toast, onClose]);
  useEffect(() => {
    if (held || toast.trouble || toast.actions) return undefined;
    const timer = setTimeout(close, shownForMs);
    return () => clearTimeout(timer);
  }, [toast, held, close]);
  const undo = useUndoKey(toast, close);
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
            close();
            run();
          }}
        >
          {label}
        </button>
      ))}
      <button type="button" aria-label="Close" className={styles["close"]} onClick={close}>
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
