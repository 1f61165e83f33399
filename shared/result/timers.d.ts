// setTimeout exists in every process of ours, but in no lib that both Node and browsers share.
declare function setTimeout(task: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;
