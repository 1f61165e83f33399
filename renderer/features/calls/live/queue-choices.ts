import { belongsTo } from "../../../../shared/calls/members.ts";
import type { QueueFigures } from "../../../../shared/calls/queue-figures.ts";
import type { Person, Queue } from "../../../../shared/entities/setting.ts";

/** A queue that a call can be given to, with what is known of it: "2 wait, 1 free". */
export type QueueChoice = { queue: string; label: string; words: string };

type Here = { userId: string; presence: string };

/**
 * The queues of a tenant, with who waits there and who would be rung.
 * @param here everybody's presence; `me`, who gives the call away, is not rung
 */
export function queueChoices(
  queues: readonly Queue[],
  persons: readonly Pick<Person, "userId" | "teamIds">[],
  here: readonly Here[],
  waiting: readonly Pick<QueueFigures, "queue" | "waiting">[],
  me: string | null,
): QueueChoice[] {
  const free = new Set(here.flatMap(({ userId, presence }) => (presence === "available" ? [userId] : [])));
  return queues.map((queue) => {
    const { key, label } = queue;
    const isRung = (person: Pick<Person, "userId" | "teamIds">) =>
      person.userId !== me && free.has(person.userId) && belongsTo(queue, person);
    const rung = persons.filter(isRung);
    const inIt = waiting.find((one) => one.queue === key)?.waiting ?? 0;
    return { queue: key, label, words: wordsOf(inIt, rung.length) };
  });
}

function wordsOf(waiting: number, free: number): string {
  const there = free === 0 ? "nobody free" : `${free} free`;
  return waiting === 0 ? there : `${waiting} ${waiting === 1 ? "waits" : "wait"}, ${there}`;
}
