import { createSession, type ImportSession } from "./import-session.ts";
import type { ImportStore, SavedImport } from "./import-store.ts";

/** Every import that this process knows: those being matched, those that ran, and who wants to hear of them. */
export type ImportRegister = {
  /** Resolves when imports of earlier starts are known. */
  opened: Promise<void>;
  add(session: ImportSession): void;
  /** An import of an earlier start gets a session when it is asked for. */
  session(importId: string): ImportSession | null;
  saved(importId: string): SavedImport | null;
  allSaved(): SavedImport[];
  /** Remembers it here; `store.save` writes it down. */
  remember(saved: SavedImport): void;
  tell(): void;
  /** As `tell`, but everybody has seen it when this returns. */
  tellNow(): void;
  /** Shows now and after changes, not more often than windows can draw. */
  follow(show: () => void): () => void;
  close(): void;
};

const tellEveryMs = 80;

export function createImportRegister(store: ImportStore, keepSinceMs: number): ImportRegister {
  const sessions = new Map<string, ImportSession>();
  const known = new Map<string, SavedImport>();
  const followers = new Set<Follower>();
  const opened = store.open(keepSinceMs).then((all) => {
    for (const saved of all) known.set(saved.importId, saved);
  });

  return {
    opened,
    add: (session) => void sessions.set(session.importId, session),
    session(importId) {
      const saved = known.get(importId);
      const session = sessions.get(importId) ?? (saved ? sessionOf(saved) : null);
      if (session) sessions.set(importId, session);
      return session;
    },
    saved: (importId) => known.get(importId) ?? null,
    allSaved: () => [...known.values()].sort((a, b) => b.at.localeCompare(a.at)),
    remember: (saved) => void known.set(saved.importId, saved),
    tell() {
      for (const follower of followers) follower.showSoon();
    },
    tellNow() {
      for (const follower of followers) follower.showNow();
    },
    follow: (show) => follow(followers, show, opened),
    close() {
      for (const session of sessions.values()) session.abort.abort();
      followers.clear();
    },
  };
}

/** Enough to go on with it, to show its result, and to undo it. */
function sessionOf(saved: SavedImport): ImportSession {
  return {
    ...createSession(saved.importId, saved.fileName, Date.parse(saved.at)),
    step: saved.step,
    message: saved.message,
    options: saved.options,
    facts: { headers: saved.headers, rows: saved.rows, sample: [] },
  };
}

type Follower = { showSoon(): void; showNow(): void };

function follow(followers: Set<Follower>, show: () => void, opened: Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  const forgetTimer = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const showNow = () => {
    forgetTimer();
    show();
  };
  const follower: Follower = {
    showSoon() {
      timer ??= setTimeout(showNow, tellEveryMs);
    },
    showNow,
  };
  followers.add(follower);
  void opened.then(() => !stopped && show());
  return () => {
    stopped = true;
    followers.delete(follower);
    forgetTimer();
  };
}
