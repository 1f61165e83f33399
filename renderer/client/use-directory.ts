import { useMemo } from "react";
import { settings } from "../../shared/rpc/contract/session.ts";
import type { Setting } from "../../shared/entities/setting.ts";
import { createDirectory, type Directory } from "./directory.ts";
import { useLive } from "./hooks.tsx";

const none: readonly Setting[] = [];
/** One directory for all who look: settings are one shared answer. */
const directories = new WeakMap<readonly Setting[], Directory>();

/** People, stages, fields and words of the tenant; empty until the replica has answered. */
export function useDirectory(): Directory {
  const answer = useLive(settings, {}).value?.settings ?? none;
  return useMemo(() => {
    const directory = directories.get(answer) ?? createDirectory(answer);
    directories.set(answer, directory);
    return directory;
  }, [answer]);
}
