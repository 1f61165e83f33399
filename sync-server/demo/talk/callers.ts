import { ana, ben, daniel, mei, priya, tom } from "../people.ts";

/** How somebody holds their calls. */
export type Caller = {
  /** How likely each item of the playbook is done. */
  follows: number;
  /** How likely they ask and listen, where others tell. */
  listens: number;
  /** Words a minute. */
  wpm: number;
  /** How likely they cut in where the customer stops for breath. */
  cutsIn: number;
  /** Share of tours among their calls. */
  tours: number;
  /** What a week adds to `follows` and `listens`. */
  learns: number;
};

/** Whoever follows the playbook and listens books more tours: the demo's managers can find that out. */
export const callers: Readonly<Record<string, Caller>> = {
  [ana]: { follows: 0.92, listens: 0.8, wpm: 150, cutsIn: 0.03, tours: 0.5, learns: 0 },
  [priya]: { follows: 0.86, listens: 0.72, wpm: 146, cutsIn: 0.04, tours: 0.46, learns: 0 },
  [mei]: { follows: 0.55, listens: 0.5, wpm: 158, cutsIn: 0.06, tours: 0.22, learns: 0.04 },
  [ben]: { follows: 0.66, listens: 0.5, wpm: 162, cutsIn: 0.08, tours: 0.24, learns: 0 },
  [daniel]: { follows: 0.74, listens: 0.6, wpm: 148, cutsIn: 0.05, tours: 0.2, learns: 0 },
  [tom]: { follows: 0.45, listens: 0.25, wpm: 182, cutsIn: 0.14, tours: 0.14, learns: 0 },
};

/** As they were, so many weeks after the first of the demo's calls. */
export function callerInWeek(caller: Caller, week: number): Caller {
  const more = caller.learns * week;
  return {
    ...caller,
    follows: Math.min(0.95, caller.follows + more),
    listens: Math.min(0.95, caller.listens + more),
  };
}
