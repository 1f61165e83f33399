import { LogOut } from "lucide-react";
import { useState } from "react";
import { session, signInDemo, signOut } from "../../../shared/rpc/contract/session.ts";
import { useCommand, useLive } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { Menu, MenuDivider, MenuItem, MenuLabel } from "../../ui/floating/menu.tsx";
import { useToast } from "../../ui/floating/toast.tsx";
import { roleAndNote, unsentOf } from "./session-words.ts";
import { SignOutDialog } from "./sign-out-dialog.tsx";
import styles from "./session.module.css";

/** Who is at the desk, who else of the demo could be with one click, and the way out. */
export function AvatarMenu() {
  const answer = useLive(session, {}).value;
  const { unsent, askToLeave, leave, cancel } = useSignOut();
  const become = useBecome();
  if (answer?.session.state !== "signed-in") return null;
  const { person, tenant } = answer.session;
  const others = answer.demoPeople.filter(({ userId }) => userId !== person.userId);
  return (
    <>
      <Menu
        position="right-end"
        target={
          <button type="button" className={styles["avatar"]}>
            <Avatar name={person.name} me size="large" />
            <span className="visually-hidden">{person.name}: switch or sign out</span>
          </button>
        }
      >
        <MenuLabel>
          <span className={styles["who"]}>
            <bdi className={styles["who-name"]}>{person.name}</bdi>
            <span>{roleAndNote(person.role, tenant.name)}</span>
          </span>
        </MenuLabel>
        {others.length > 0 && <MenuDivider />}
        {others.map((other) => (
          <MenuItem
            key={other.userId}
            mark={<Avatar name={other.name} />}
            onClick={() => void become(other.userId)}
          >
            {other.name} <span className={styles["role"]}>{roleAndNote(other.role, other.note)}</span>
          </MenuItem>
        ))}
        <MenuDivider />
        <MenuItem icon={LogOut} onClick={askToLeave}>
          Sign out
        </MenuItem>
      </Menu>
      <SignOutDialog unsent={unsent} onLeave={leave} onClose={cancel} />
    </>
  );
}

/** Asks only when edits are unsent: the replica refuses to let them go unasked. */
export function useSignOut() {
  const run = useCommand(signOut);
  const toast = useToast();
  const [unsent, setUnsent] = useState<number | null>(null);
  const leave = async (what: "ask" | "keep" | "discard") => {
    const result = await run({ unsent: what });
    if (result.ok) return setUnsent(null);
    const count = result.error.code === "refused" ? unsentOf(result.error.details) : null;
    if (count === null) toast({ text: result.error.message, trouble: true });
    return setUnsent(count);
  };
  return {
    unsent,
    askToLeave: () => void leave("ask"),
    leave: (what: "keep" | "discard") => void leave(what),
    cancel: () => setUnsent(null),
  };
}

/** One click: what is unsent stays on this machine for its author. */
function useBecome() {
  const leave = useCommand(signOut);
  const signInAs = useCommand(signInDemo);
  const toast = useToast();
  return async (userId: Parameters<typeof signInAs>[0]["userId"]) => {
    const left = await leave({ unsent: "keep" });
    const result = left.ok ? await signInAs({ userId }) : left;
    if (!result.ok) toast({ text: result.error.message, trouble: true });
  };
}
