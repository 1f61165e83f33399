import { Link } from "@tanstack/react-router";
import { Phone as PhoneIcon } from "lucide-react";
import { useState } from "react";
import type { DiallerAt } from "../../../../shared/calls/outbound/dialler.ts";
import type { PhoneState } from "../../../../shared/calls/phone.ts";
import { leadTimeline } from "../../../../shared/rpc/contract/leads.ts";
import { useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { KeyHint } from "../../../ui/display/kbd.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { Menu, MenuDivider, MenuItem } from "../../../ui/floating/menu.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { useTurnOn } from "../model/use-phone.ts";
import { CountdownRing } from "./countdown-ring.tsx";
import { laterChoices } from "./later-choices.ts";
import { attemptWords, heldWords, lastLine, localTimeWords, turnWords } from "./list-words.ts";
import styles from "./outbound.module.css";
import { useAskDialler } from "./use-dialler.ts";

type Shown = DiallerAt<"lead">;

/** Whoever is called next: what to know before it rings, and what may be done instead. */
export function NextLead({ shown, phone }: { shown: Shown; phone: PhoneState }) {
  const { lead, note, held, dialsAt } = shown;
  return (
    <>
      {note && (
        <p className={styles["note"]} role="status">
          {note}
        </p>
      )}
      <div className={styles["who"]}>
        <h3 className="cut">
          <Link to="/leads/$leadId" params={{ leadId: lead.leadId }}>
            <bdi>{lead.leadName}</bdi>
          </Link>
        </h3>
        {dialsAt && <CountdownRing dialsAt={dialsAt} seconds={lead.previewSeconds} />}
      </div>
      <About shown={shown} />
      {held && <p className={styles["held"]}>{heldWords[held]}</p>}
      <Actions shown={shown} phone={phone} />
    </>
  );
}

function About({ shown: { lead } }: { shown: Shown }) {
  const now = useNow();
  const answer = useLive(leadTimeline, { id: lead.leadId, kinds: ["note", "call", "email", "message"], search: "", limit: 1 }).value; // prettier-ignore
  const said = lastLine(answer?.items[0]);
  return (
    <>
      <p className={styles["about"]}>
        <span className="cut">{lead.company}</span>
        <span>
          <Phone number={lead.number} />
        </span>
      </p>
      <p className={styles["small"]}>
        <span className="cut">{turnWords(lead, now)}</span>
        <span>{attemptWords(lead)}</span>
      </p>
      {said && <p className={styles["said"]}>{said}</p>}
      <p className={styles["small"]}>
        <span>{localTimeWords(lead.zones, now)}</span>
      </p>
    </>
  );
}

function Actions({ shown, phone }: { shown: Shown; phone: PhoneState }) {
  const ask = useAskDialler();
  const turnOn = useTurnOn();
  const [choosing, setChoosing] = useState(false);
  const call = async () => {
    if (phone.line.state !== "off" || (await turnOn())) await ask({ do: "call" });
  };
  const skip = () => void ask({ do: "skip" });
  const wait = () => void ask({ do: "hold" });
  const choose = (opened: boolean) => {
    // Nobody is dialled while their time is being chosen.
    if (opened && shown.dialsAt) wait();
    setChoosing(opened);
  };
  const group = "Call list";
  useShortcuts("panel", [
    { id: "list-call", keys: "shift+c", title: "Call whoever is next", group, run: () => void call() },
    { id: "list-skip", keys: "shift+s", title: "Skip", group, run: skip },
    { id: "list-later", keys: "shift+l", title: "Call later", group, run: () => choose(true) },
    ...(shown.dialsAt ? [{ id: "list-wait", keys: "shift+w", title: "Stop the countdown", group, run: wait }] : []), // prettier-ignore
  ]);
  return (
    <div className={styles["actions"]}>
      <Button kind="primary" icon={PhoneIcon} keys="shift+c" onClick={() => void call()}>
        {shown.dialsAt ? "Call now" : "Call"}
      </Button>
      {shown.dialsAt && (
        <Button keys="shift+w" onClick={wait}>
          Wait
        </Button>
      )}
      <Button keys="shift+s" onClick={skip}>
        Skip
      </Button>
      <LaterMenu lead={shown.lead} opened={choosing} onChange={choose} />
    </div>
  );
}

function LaterMenu({
  lead,
  opened,
  onChange,
}: {
  lead: Shown["lead"];
  opened: boolean;
  onChange: (opened: boolean) => void;
}) {
  const ask = useAskDialler();
  const now = useNow();
  return (
    <Menu
      position="bottom-end"
      focusFirst
      opened={opened}
      onChange={onChange}
      target={
        <Button>
          Later <KeyHint keys="shift+l" />
        </Button>
      }
    >
      {laterChoices(lead.zones[0] ?? "UTC", now).map(({ label, at }) => (
        <MenuItem key={label} onClick={() => void ask({ do: "later", at })}>
          {label}
        </MenuItem>
      ))}
      <MenuDivider />
      <MenuItem onClick={() => void ask({ do: "remove" })}>Take out of the list</MenuItem>
    </Menu>
  );
}
