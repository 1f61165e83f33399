import { applyChange, whatStood } from "../../../shared/entities/partial-change.ts";
import { takeBack, type KeyOf } from "./take-back.ts";
import { useAnswers } from "./use-answer.ts";
import { useChange, type Change } from "./use-change.ts";
import { useUnsaved } from "./use-unsaved.ts";

/** Some of its fields, and of a record within it some of those. */
export type Some<T> = {
  [Field in keyof T]?: T[Field] extends Readonly<Record<string, unknown>> ? Partial<T[Field]> : T[Field];
};

type ListField<T> = { [Field in keyof T]: T[Field] extends readonly unknown[] ? Field : never }[keyof T];
type ItemOf<List> = List extends readonly (infer Item)[] ? Item : never;

/** Saves some fields and says so. @returns whether the server took it */
export type Save<T> = (next: Some<T>, said: string) => Promise<boolean>;
/** Changes a list as it stands on the server by then, and takes back that change alone. */
export type SaveList<T> = <Field extends ListField<T>>(
  field: Field,
  change: (list: T[Field]) => T[Field],
  keyOf: KeyOf<ItemOf<T[Field]>>,
  said: string,
) => Promise<boolean>;

export type ReadFrom<T> = { path: string; pick: (answer: unknown) => T | undefined };

/**
 * What the server keeps at an address, as its editor shows it. Only the fields that change are sent, so that what
 * somebody else has changed since this page was opened stays as it is.
 * @param saved as the server said it last; undefined: not here yet, and nothing can be changed
 * @param touches addresses whose answers change with it; the first part of its own where none are named
 * @param readFrom the answer in which it stands among others, where its own address answers nothing
 */
export function useEdited<T extends object | undefined>(
  path: string,
  saved: T,
  touches?: readonly string[],
  readFrom: ReadFrom<T> = { path, pick: (answer) => answer as T },
): {
  shown: T;
  /** Shows and sends it, and says so. */
  save: Save<NonNullable<T>>;
  /** As `save`. */
  saveList: SaveList<NonNullable<T>>;
} {
  const change = useChange();
  const answers = useAnswers();
  const { shown, keep } = useUnsaved(saved);
  const patch = (body: object) => ({ method: "PATCH" as const, path, body });
  const listIn = <Field extends ListField<NonNullable<T>>>(field: Field) => (shown as NonNullable<T>)[field];
  const readNow = async () => {
    await answers.refresh(readFrom.path);
    return (readFrom.pick(answers.read(readFrom.path).value) ?? saved) as NonNullable<T>;
  };
  const send = (next: object, said: string, undo: NonNullable<Change["undo"]>) =>
    change({ request: patch(next), undo, said, ...(touches && { touches }) });
  return {
    shown,
    save(next, said) {
      if (shown === undefined) return Promise.resolve(false);
      return keep(applyChange(shown, next), () => send(next, said, [patch(whatStood(shown, next))]));
    },
    saveList(field, changeList, keyOf, said) {
      if (shown === undefined) return Promise.resolve(false);
      return keep(applyChange(shown, { [field]: changeList(listIn(field)) }), async () => {
        const stood = (await readNow())[field];
        const next = changeList(stood);
        return send({ [field]: next }, said, async () => {
          const now = (await readNow())[field];
          return [patch({ [field]: takeBack(listsOf({ stood, next, now }), keyOf as KeyOf<unknown>) })];
        });
      });
    },
  };
}

function listsOf(lists: Record<"stood" | "next" | "now", unknown>) {
  return lists as Record<"stood" | "next" | "now", readonly unknown[]>;
}
