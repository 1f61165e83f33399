import { applyChange, whatStood } from "../../../shared/entities/partial-change.ts";
import { useChange } from "./use-change.ts";
import { useUnsaved } from "./use-unsaved.ts";

/** Some of its fields, and of a record within it some of those. */
export type Some<T> = {
  [Field in keyof T]?: T[Field] extends Readonly<Record<string, unknown>> ? Partial<T[Field]> : T[Field];
};

/**
 * What the server keeps at an address, as its editor shows it. Only the fields that change are sent, so that what
 * somebody else has changed since this page was opened stays as it is.
 * @param saved as the server said it last; undefined: not here yet, and nothing can be changed
 * @param touches addresses whose answers change with it; the first part of its own where none are named
 */
export function useEdited<T extends object | undefined>(
  path: string,
  saved: T,
  touches?: readonly string[],
): {
  shown: T;
  /** Shows and sends it, and says so. @returns whether the server took it */
  save: (next: Some<NonNullable<T>>, said: string) => Promise<boolean>;
} {
  const change = useChange();
  const { shown, keep } = useUnsaved(saved);
  const patch = (body: object) => ({ method: "PATCH" as const, path, body });
  return {
    shown,
    save(next, said) {
      if (shown === undefined) return Promise.resolve(false);
      const undo = [patch(whatStood(shown, next))];
      const asked = { request: patch(next), undo, said, ...(touches && { touches }) };
      return keep(applyChange(shown, next), () => change(asked));
    },
  };
}
