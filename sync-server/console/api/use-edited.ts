import { applyChange, whatStood } from "../../../shared/entities/partial-change.ts";
import { useAnswers } from "./use-answer.ts";
import { useChange } from "./use-change.ts";
import { useUnsaved } from "./use-unsaved.ts";

/** Some of its fields, and of a record within it some of those. */
export type Some<T> = {
  [Field in keyof T]?: T[Field] extends Readonly<Record<string, unknown>> ? Partial<T[Field]> : T[Field];
};

/** What changes; a list, which is saved as a whole, is asked for anew and changed as it stands then. */
export type Changed<T> = Some<T> | ((now: T) => Some<T>);

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
  /**
   * Shows and sends it, and says so.
   * @param next a function only where the address itself answers with what is edited
   * @returns whether the server took it
   */
  save: (next: Changed<NonNullable<T>>, said: string) => Promise<boolean>;
} {
  const change = useChange();
  const answers = useAnswers();
  const { shown, keep } = useUnsaved(saved);
  const patch = (body: object) => ({ method: "PATCH" as const, path, body });
  const send = (stood: object, next: object, said: string) =>
    change({
      request: patch(next),
      undo: [patch(whatStood(stood, next))],
      said,
      ...(touches && { touches }),
    });
  return {
    shown,
    save(next, said) {
      if (shown === undefined) return Promise.resolve(false);
      if (typeof next !== "function") return keep(applyChange(shown, next), () => send(shown, next, said));
      return keep(applyChange(shown, next(shown)), async () => {
        await answers.refresh(path);
        const now = answers.read(path).value as NonNullable<T>;
        return send(now, next(now), said);
      });
    },
  };
}
