import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import { chordOf, createShortcutRegistry, type Shortcut, type ShortcutScope } from "./shortcut-registry.ts";

const RegistryContext = createContext(createShortcutRegistry());

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(createShortcutRegistry);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || belongsToWidget(event)) return;
      const match = registry.match(chordOf(event), {
        typing: isTyping(event.target),
        nowMs: event.timeStamp,
        held: event.repeat,
      });
      if (!match) return;
      event.preventDefault();
      if (match !== "waiting") match.run(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Makes keys work while the caller is mounted. The list may be new on every render. */
export function useShortcuts(scope: ShortcutScope, shortcuts: readonly Shortcut[]): void {
  const registry = useContext(RegistryContext);
  const latest = useRef(shortcuts);
  // As soon as the screen is there, its keys are.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useLayoutEffect(
    () => registry.add({ scope, barrier: false, shortcuts: () => latest.current }),
    [registry, scope],
  );
}

/** While mounted, nothing below answers to keys. Stands before what is inside, whose keys are then laid above it. */
export function ShortcutBarrier() {
  const registry = useContext(RegistryContext);
  useLayoutEffect(() => registry.add({ scope: "dialog", barrier: true, shortcuts: () => [] }), [registry]);
  return null;
}

/** What works right now, for the sheet of keys; read once, when it opens. */
export function useActiveShortcuts(): Shortcut[] {
  const registry = useContext(RegistryContext);
  const [shortcuts] = useState(() => registry.active());
  return shortcuts;
}

const widgets = "[data-own-keys]";

/** Menus, listboxes and popovers read their letters themselves. */
function belongsToWidget(event: KeyboardEvent): boolean {
  const plain = !event.ctrlKey && !event.metaKey;
  return plain && event.target instanceof Element && event.target.closest(widgets) !== null;
}

const notTyped = new Set(["button", "checkbox", "radio", "range", "submit", "reset", "file", "color"]);

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !notTyped.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
