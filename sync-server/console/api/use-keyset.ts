import { useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { z } from "zod";
import type { Answer } from "./answers.ts";
import { useAnswers } from "./use-answer.ts";

type Page = { next: string | null };

/**
 * A list that is read page by page, each from where the one before ends: what is there is not asked for again, unless
 * something is changed in the list. Another address begins anew.
 * @param path below /api/v1, with a query
 * @param schema constant, as far as React is concerned
 */
export function useKeyset<S extends z.ZodType<Page>>(path: string, schema: S) {
  const answers = useAnswers();
  const [opened, setOpened] = useState({ path, after: [] as readonly string[] });
  const after = opened.path === path ? opened.after : [];
  const all = [path, ...after.map((cursor) => `${path}&after=${encodeURIComponent(cursor)}`)].join("\n");
  const heard = useWatched(all, schema);
  const { pages, values } = useMemo(() => {
    const read = all.split("\n").map((address) => answers.read(address) as Answer<z.output<S>>);
    return { pages: read, values: read.flatMap(({ value }) => (value === undefined ? [] : [value])), heard };
  }, [answers, all, heard]);
  const next = values.length === pages.length ? (values.at(-1)?.next ?? null) : null;
  return {
    /** Those that are here, in order. */
    pages: values,
    error: pages.find(({ error }) => error !== null)?.error ?? null,
    reload: () => answers.refresh(path),
    /** Null = there is no more. */
    loadMore: next === null ? null : () => setOpened({ path, after: [...after, next] }),
  };
}

/**
 * Draws again with every answer of these, a line each; one that stays among them is not asked again.
 * @returns how many answers there were
 */
function useWatched(all: string, schema: z.ZodType): number {
  const answers = useAnswers();
  const [heard, hear] = useReducer((times: number) => times + 1, 0);
  const stops = useRef(new Map<string, () => void>());
  useEffect(() => {
    const wanted = all.split("\n");
    for (const [address, stop] of stops.current) {
      if (wanted.includes(address)) continue;
      stop();
      stops.current.delete(address);
    }
    for (const address of wanted) {
      if (!stops.current.has(address)) stops.current.set(address, answers.watch(address, schema, hear));
    }
  }, [answers, all, schema]);
  useEffect(() => {
    const watched = stops.current;
    return () => {
      for (const stop of watched.values()) stop();
      watched.clear();
    };
  }, []);
  return heard;
}
