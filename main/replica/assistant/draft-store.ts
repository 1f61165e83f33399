import { z } from "zod";
import { placeOf } from "../../../shared/assistant/question.ts";
import { Draft } from "../../../shared/rpc/contract/assistant.ts";
import { readJsonFile } from "../session/json-file.ts";
import { createKeptFile } from "../session/kept-file.ts";

/** What was written for this person, newest last; kept in a small file beside the replica. */
export type DraftStore = {
  all(place: string): readonly Draft[];
  everywhere(): readonly Draft[];
  get(id: string): Draft | null;
  add(draft: Draft): void;
  /** Nothing happens to one that is gone. */
  change(id: string, change: Partial<Draft>): void;
  /** Off the disk at once; `bringBack` has it again for as long as the desk is open. */
  forget(place: string): void;
  /** What was forgotten there last. @returns whether there was anything */
  bringBack(place: string): boolean;
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
  let forgotten: readonly Draft[] = [];
  const listeners = new Set<() => void>();
  const file = createKeptFile(path, () => drafts.filter(({ state }) => state !== "coming"), onTrouble);

  function replace(next: readonly Draft[], isWorthWriting: boolean): void {
    drafts = next;
    if (isWorthWriting) file.save();
    for (const tell of listeners) tell();
  }

  return {
    all: (place) => parted(drafts, place)[0],
    everywhere: () => drafts,
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
      const [leaving, staying] = parted(drafts, place);
      if (leaving.length === 0) return;
      forgotten = [...parted(forgotten, place)[1], ...leaving.map(asStopped)].slice(-mostAltogether);
      replace(staying, true);
    },
    bringBack(place) {
      const [back, staying] = parted(forgotten, place);
      if (back.length === 0) return false;
      forgotten = staying;
      // What was said there since comes behind it.
      replace([...back, ...drafts].toSorted((a, b) => a.at.localeCompare(b.at)).slice(-mostAltogether), true); // prettier-ignore
      return true;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    written: file.written,
  };
}

function parted(drafts: readonly Draft[], place: string): [there: Draft[], elsewhere: Draft[]] {
  const isThere = ({ question }: Draft) => placeOf(question) === place;
  return [drafts.filter(isThere), drafts.filter((draft) => !isThere(draft))];
}

/** Nobody writes any more what was forgotten while it came. */
function asStopped(draft: Draft): Draft {
  return draft.state === "coming" ? { ...draft, state: "stopped" } : draft;
}
