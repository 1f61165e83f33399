import { useCallback } from "react";
import { z } from "zod";
import { useToast } from "../../../renderer/ui/floating/toast.tsx";
import type { Result } from "../../../shared/result/result.ts";
import { isSignedOut } from "./answers.ts";
import { ask, type ApiError, type Method } from "./ask.ts";
import { useAnswers, whoAmI } from "./use-answer.ts";

export type Request = { method: Method; path: string; body?: unknown };

export type Change = {
  request: Request;
  /** What is true now, as a sentence. */
  said: string;
  /** Requests that put everything back, in order; a function asks what stands by then. */
  undo?: readonly Request[] | (() => Promise<readonly Request[]>);
  /** Sends the undo in its turn, where changes wait for each other; at once where nothing is said. */
  takeTurn?: (sendUndo: () => Promise<boolean>) => Promise<boolean>;
  /** Addresses whose answers are different now; its own first part where nothing is said. */
  touches?: readonly string[];
};

/** Sends a request and asks again for what it changed. */
export function useSend() {
  const answers = useAnswers();
  return useCallback(
    async <S extends z.ZodType>(
      { method, path, body }: Request,
      schema: S,
      touches: readonly string[] = [firstPart(path)],
    ): Promise<Result<z.output<S>, ApiError>> => {
      const answer = await ask(method, path, schema, body);
      if (answer.ok) await answers.refresh(...touches);
      else if (isSignedOut(answer.error)) await answers.refresh(whoAmI);
      return answer;
    },
    [answers],
  );
}

/** Makes a change and says so in a toast that takes it back; trouble is said in the same place. */
export function useChange(): (change: Change) => Promise<boolean> {
  const send = useSend();
  const toast = useToast();
  return useCallback(
    async (change) => {
      const touches = change.touches ?? [firstPart(change.request.path)];
      const run = async (requests: readonly Request[]) => {
        for (const request of requests) {
          const answer = await send(request, z.unknown(), touches);
          if (answer.ok) continue;
          toast({ text: `${answer.error.message} It stays as it was.`, trouble: true });
          return false;
        }
        return true;
      };
      const { undo, takeTurn = (sendUndo) => sendUndo() } = change;
      const takeBack = async () => run(typeof undo === "function" ? await undo() : (undo ?? []));
      const done = await run([change.request]);
      if (done) toast({ text: change.said, undo: undo && (() => void takeTurn(takeBack)) });
      return done;
    },
    [send, toast],
  );
}

function firstPart(path: string): string {
  return `/${path.split("/")[1] ?? ""}`;
}
