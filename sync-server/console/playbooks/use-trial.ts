import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { Tried, type TriedCall } from "../../admin/playbooks/wire.ts";
import { ask } from "../api/ask.ts";
import type { Versions } from "./playbook-versions.ts";

export type TrialFilter = { days: number; teamId: string | null; most: number };

export type Trial = {
  filter: TrialFilter;
  choose: (filter: Partial<TrialFilter>) => void;
  calls: readonly TriedCall[];
  /** Calls that the filter finds. */
  total: number;
  state: "running" | "done" | "failed";
  /** Meanings stayed quiet in some of them: no model said what was meant. */
  unheard: boolean;
  /** Why it failed. */
  trouble: string;
  tookMs: number;
  runAgain: () => void;
  /** @param useful null = takes it back */
  judge: (callId: string, card: string, atMs: number, useful: boolean | null) => Promise<void>;
};

type Result = Pick<Trial, "calls" | "total" | "state" | "trouble" | "tookMs" | "unheard">;

const pageSize = 25;
const nothing: Result = { calls: [], total: 0, state: "running", trouble: "", tookMs: 0, unheard: false };

/** Past calls with what the draft fires in them: again whenever the draft or the filter changes, a page at a time. */
export function useTrial({ key, edited }: Versions): Trial {
  const [filter, setFilter] = useState<TrialFilter>({ days: 30, teamId: null, most: 200 });
  const [result, setResult] = useState<Result>(nothing);
  const run = useRef(0);
  const start = useCallback(async () => {
    const mine = (run.current += 1);
    await runTrial(key, filter, (next) => {
      const isLatest = run.current === mine;
      if (isLatest) setResult(next);
      return isLatest;
    });
  }, [key, filter]);
  useEffect(() => {
    void start();
    return () => void (run.current += 1);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another draft, another outcome
  }, [start, edited.id, edited.rev]);
  return {
    ...result,
    filter,
    choose: (next) => setFilter((before) => ({ ...before, ...next })),
    runAgain: () => void start(),
    async judge(callId, card, atMs, useful) {
      const body = { callId, card, atMs, useful };
      const answer = await ask("POST", `/playbooks/${key}/judge`, z.null(), body);
      if (answer.ok) setResult((before) => ({ ...before, calls: before.calls.map(judged(body)) }));
    },
  };
}

/** @param tell returns whether anybody still wants to know */
async function runTrial(
  key: string,
  { days, teamId, most }: TrialFilter,
  tell: (result: Result) => boolean,
): Promise<void> {
  let calls: TriedCall[] = [];
  let tookMs = 0;
  let unheard = false;
  let after: string | null = null;
  do {
    const body = { days, teamId, limit: Math.min(pageSize, most - calls.length), after };
    const answer: Awaited<ReturnType<typeof askPage>> = await askPage(key, body);
    if (!answer.ok) {
      tell({ calls, total: calls.length, state: "failed", trouble: answer.error.message, tookMs, unheard });
      return;
    }
    calls = [...calls, ...answer.value.calls];
    tookMs += answer.value.tookMs;
    unheard ||= answer.value.unheard;
    after = calls.length < most ? answer.value.next : null;
    const { total } = answer.value;
    const state = after === null ? "done" : "running";
    if (!tell({ calls, total, state, trouble: "", tookMs, unheard })) return;
  } while (after !== null);
}

function askPage(key: string, body: object) {
  return ask("POST", `/playbooks/${key}/try`, Tried, body);
}

function judged({
  callId,
  card,
  atMs,
  useful,
}: {
  callId: string;
  card: string;
  atMs: number;
  useful: boolean | null;
}) {
  return (call: TriedCall): TriedCall => {
    if (call.callId !== callId) return call;
    const others = call.judged.filter((one) => one.card !== card || one.atMs !== atMs);
    return { ...call, judged: useful === null ? others : [...others, { card, atMs, useful }] };
  };
}
