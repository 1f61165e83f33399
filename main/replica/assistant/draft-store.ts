import { z } from "zod";
import { placeOf } from "../../../shared/assistant/question.ts";
import { Draft } from "../../../shared/rpc/contract/assistant.ts";
import { readJsonFile } from "../session/json-file.ts";
import { createKeptFile } from "../session/kept-file.ts";

/** What was written for this person, newest last; kept in a small file beside the replica. */
export type DraftStore = {
  all(place: string): readonly Draft[];
  get(id: string): Draft | null;
  add(draft: Draft): void;
  /** Nothing happens to one that is gone. */
  change(id: string, change: Partial<Draft>): void;
  forget(place: string): void;
  onChange(listener: () => void): () => void;
  /** Resolves when everything so far is on disk. */
  written(): Promise<void>;
};

/** Older ones leave: of one letter or talk, and of all. */
const mostAtOnePlace = 40;
const mostAltogether = 400;

/** @throws where the file is there and cannot be read */
export async function openDraftStore(path: string, onTrouble: (cause: unknown) => void): Promise<DraftStore> {
  let drafts: readonly Draft[] = (await readJsonFile(path, z.array(Draft))) ?? [];
  const listeners = new Set<() => void>();
  const file = createKeptFile(path, () => drafts.filter(({ state }) => state !== "coming"), onTrouble);

  function replace(next: readonly Draft[], isWorthWriting: boolean): void {
    drafts = next;
    if (isWorthWriting) file.save();
    for (const tell of listeners) tell();
  }

  return {
    all: (place) => drafts.filter(({ question }) => placeOf(question) === place),
    get: (id) => drafts.find((draft) => draft.id === id) ?? null,
    add(draft) {
      const place = placeOf(draft.question);
      const there = drafts.filter(({ question }) => placeOf(question) === place);
      const leaving = new Set(there.slice(0, Math.max(0, there.length + 1 - mostAtOnePlace)));
      const staying = drafts.filter((one) => !leaving.has(one));
      replace([...staying, draft].slice(-mostAltogether), false);
    },
    change(id, change) {
      const next = drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft));
      // While it comes it grows many times a second.
      replace(next, next.some((draft) => draft.id === id && draft.state !== "coming")); // prettier-ignore
    },
    forget(place) {
      replace(drafts.filter(({ question }) => placeOf(question) !== place), true); // prettier-ignore
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    written: file.written,
  };
}
