import { Ear } from "lucide-react";
import { isOfOwnExchange, otherNumber } from "../../../../shared/calls/call.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { session } from "../../../../shared/rpc/contract/session.ts";
import { syncStatus } from "../../../../shared/rpc/contract/sync.ts";
import { wallboard } from "../../../../shared/rpc/contract/phone.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import { Presence } from "../../../../shared/sync/wire.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { BarredButton, Button } from "../../../ui/controls/button.tsx";
import { Avatar } from "../../../ui/display/avatar.tsx";
import { EmptyState } from "../../../ui/display/empty-state.tsx";
import { Menu, MenuItem } from "../../../ui/floating/menu.tsx";
import { formatPercent } from "../../../ui/format/numbers.ts";
import { formatPhone } from "../../../ui/format/phones.ts";
import { formatDuration } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { TopBar } from "../../shell/index.ts";
import { offlineWords, PresenceDot, presenceText } from "../../sync/index.ts";
import { useAskPhone } from "../model/use-phone.ts";
import { useServerNow } from "../model/use-server-now.ts";
import { orderPeople } from "./order-people.ts";
import styles from "./wallboard.module.css";

type Board = OutputOf<typeof wallboard>;

/** Who is on a call, who waits and how long: to be read from across the room. */
export function WallboardScreen() {
  const board = useLive(wallboard, {}).value;
  const now = useNow(1_000);
  const serverNow = useServerNow();
  const me = useLive(session, {}).value?.session;
  const sync = useLive(syncStatus, {}).value;
  const leads = me?.state === "signed-in" && me.person.role !== "agent";
  return (
    <>
      <TopBar crumbs={[{ label: "Calls", to: "/calls" }, { label: "Wallboard" }]} />
      {board && (
        <div className={styles["page"]}>
          <Queues queues={board.queues} now={serverNow} />
          {sync && offlineWords(sync, now) !== null && (
            <EmptyState>Who is there, and who waits, is told again when this desk is connected.</EmptyState>
          )}
          <People board={board} now={serverNow} maySupervise={leads} />
        </div>
      )}
    </>
  );
}

function Queues({ queues, now }: { queues: Board["queues"]; now: Date }) {
  if (queues.length === 0) return null;
  return (
    <section className={styles["queues"]} aria-label="Queues">
      {queues.map(({ queue, name, waiting, longestSince, serviceLevel, targetSeconds }) => (
        <div key={queue} className={styles["queue"]}>
          <h2>{name}</h2>
          <p className={styles["waiting"]} data-waiting={waiting > 0}>
            {waiting} <span>waiting</span>
          </p>
          <p>{longestSince ? `longest ${since(longestSince, now)}` : "nobody waits"}</p>
          <p>
            {serviceLevel === null
              ? "no calls today"
              : `${formatPercent(100 * serviceLevel)} within ${targetSeconds} s`}
          </p>
        </div>
      ))}
    </section>
  );
}

function People({ board, now, maySupervise }: { board: Board; now: Date; maySupervise: boolean }) {
  const { breakLabel } = useDirectory();
  if (board.agents.length === 0) return <EmptyState>Nobody is here yet.</EmptyState>;
  const calls = new Map(board.live.map((call) => [call.id, call]));
  return (
    <section className={styles["people"]} aria-label="People">
      {orderPeople(board.agents).map(({ userId, name, presence, reason, since: from, callId }) => {
        const call = callId ? calls.get(callId) : undefined;
        const known = Presence.safeParse(presence);
        const state = known.success ? known.data : "offline";
        return (
          <div key={userId} className={styles["person"]}>
            <Avatar name={name} />
            <bdi className="cut">{name}</bdi>
            <span className={styles["state"]}>
              <PresenceDot presence={state} />{" "}
              {call ? "On a call" : presenceText({ presence: state, reason }, breakLabel)}
            </span>
            <time>{from && state !== "offline" ? since(call?.answeredAt ?? from, now) : ""}</time>
            <bdi className="cut">{call ? (call.leadName ?? formatPhone(otherNumber(call))) : ""}</bdi>
            {call && maySupervise ? <Supervise call={call} /> : <span />}
          </div>
        );
      })}
    </section>
  );
}

function Supervise({ call: { id, line } }: { call: Board["live"][number] }) {
  if (!line || !isOfOwnExchange(line)) return <SuperviseMenu callId={id} />;
  return (
    <BarredButton
      size="small"
      icon={Ear}
      why="A call of your own exchange runs between it and the desk: nobody else can join it here."
    >
      Join
    </BarredButton>
  );
}

function SuperviseMenu({ callId }: { callId: RecordId }) {
  const ask = useAskPhone();
  const join = (role: "listen" | "whisper" | "barge") => void ask({ do: "monitor", callId, role });
  return (
    <Menu
      position="bottom-end"
      target={
        <Button size="small" icon={Ear}>
          Join
        </Button>
      }
    >
      <MenuItem onClick={() => join("listen")}>Listen: nobody hears you</MenuItem>
      <MenuItem onClick={() => join("whisper")}>Whisper: only the agent hears you</MenuItem>
      <MenuItem onClick={() => join("barge")}>Join in: both hear you</MenuItem>
    </Menu>
  );
}

function since(at: string, now: Date): string {
  return formatDuration((now.getTime() - Date.parse(at)) / 1000);
}
