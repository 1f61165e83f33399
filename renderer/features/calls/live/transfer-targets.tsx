import { UsersRound } from "lucide-react";
import type { ReactNode } from "react";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import { wallboard } from "../../../../shared/rpc/contract/phone.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import { people } from "../../../../shared/rpc/contract/sync.ts";
import { skip, useDirectory, useLive } from "../../../client/index.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { PresenceDot, presenceText, sortColleagues } from "../../sync/index.ts";
import { queueChoices } from "./queue-choices.ts";
import styles from "./live.module.css";

type Targets = { colleagues: ReturnType<typeof useColleagues>; queues: ReturnType<typeof useQueues> };

/** Whoever a call can be given to by name. @param toQueues false: it goes to one person */
export function useTargets(typed: string, toQueues: boolean): Targets {
  const colleagues = useColleagues();
  const queues = useQueues(toQueues);
  const text = typed.trim().toLowerCase();
  return {
    colleagues: colleagues.filter(({ name }) => name.toLowerCase().includes(text)),
    queues: queues.filter(({ label }) => label.toLowerCase().includes(text)),
  };
}

/** The colleagues first, with how they are; then the queues, with who waits and who is there. */
export function TransferTargets({
  targets: { colleagues, queues },
  chosen,
  onChoose,
}: {
  targets: Targets;
  chosen: CallTarget | null;
  onChoose: (target: CallTarget) => void;
}) {
  const { breakLabel } = useDirectory();
  return (
    <div className={styles["colleagues"]} role="listbox" aria-label="Colleagues and queues">
      {colleagues.map(({ userId, name, presence, reason }) => (
        <Target
          key={userId}
          mark={<PresenceDot presence={presence} />}
          name={name}
          note={presenceText({ presence, reason }, breakLabel)}
          chosen={chosen?.kind === "agent" && chosen.userId === userId}
          onChoose={() => onChoose({ kind: "agent", userId })}
        />
      ))}
      {queues.map(({ queue, label, words }) => (
        <Target
          key={queue}
          mark={<Icon of={UsersRound} size={12} />}
          name={label}
          note={words}
          chosen={chosen?.kind === "queue" && chosen.queue === queue}
          onChoose={() => onChoose({ kind: "queue", queue })}
        />
      ))}
    </div>
  );
}

interface TargetProps {
  mark: ReactNode;
  name: string;
  note: string;
  chosen: boolean;
  onChoose: () => void;
}

function Target({ mark, name, note, chosen, onChoose }: TargetProps) {
  return (
    <button
      type="button"
      role="option"
      aria-selected={chosen}
      className={styles["colleague"]}
      onClick={onChoose}
    >
      {mark}
      <bdi className="cut">{name}</bdi>
      <span>{note}</span>
    </button>
  );
}

/** Everybody else of the tenant, those who can be reached first. */
function useColleagues() {
  const directory = useDirectory();
  const myId = useMyId();
  const present = new Map(useLive(people, {}).value?.people.map((entry) => [entry.userId, entry]));
  return sortColleagues(
    directory.people
      .filter(({ active, userId }) => active && userId !== myId)
      .map(({ userId, name }) => ({ ...absent, ...present.get(userId), userId, name })),
  );
}

const absent = { presence: "offline", reason: "" } as const;

function useQueues(isWanted: boolean) {
  const directory = useDirectory();
  const myId = useMyId();
  const here = useLive(people, {}).value?.people ?? [];
  const waiting = useLive(wallboard, isWanted ? {} : skip).value?.queues ?? [];
  const members = directory.people.filter(({ active }) => active);
  return queueChoices(isWanted ? directory.queues : [], members, here, waiting, myId);
}

function useMyId(): string | null {
  const me = useLive(session, {}).value?.session;
  return me?.state === "signed-in" ? me.person.userId : null;
}
