import { createScreenState } from "../../../client/index.ts";

/** Jobs that this window started and waits for. */
export const useJobStore = createScreenState<{ jobIds: readonly string[] }>(() => ({ jobIds: [] }));

export function followJob(jobId: string): void {
  useJobStore.setState(({ jobIds }) => ({ jobIds: [...jobIds, jobId] }));
}

export function forgetJob(jobId: string): void {
  useJobStore.setState(({ jobIds }) => ({ jobIds: jobIds.filter((id) => id !== jobId) }));
}
