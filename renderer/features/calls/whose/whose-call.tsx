import { UserPlus } from "lucide-react";
import { useState, type ComponentProps } from "react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { whoCalls } from "../../../../shared/rpc/contract/phone.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Icon } from "../../../ui/display/icon.tsx";
import { Picker, type OpenPicker } from "../../../ui/fields/picker.tsx";
import { useShortcuts } from "../../../ui/keys/shortcuts.tsx";
import { leadChoice, useLeadChoices } from "../../record-fields/index.ts";
import { wantLead } from "../../shell/index.ts";
import { sharingNames } from "../model/call-words.ts";
import { usePutRight } from "./use-put-right.ts";
import styles from "./whose.module.css";

type KnownCall = Pick<PhoneCall, "callId" | "leadId" | "name" | "number">;

/**
 * Whose call it is, where that is not known: one of several who share the number, or somebody new; and a way to say so
 * where it is somebody else.
 * @param hasKey where it is the call that one is in
 */
export function WhoseCall({ call, hasKey = false }: { call: KnownCall; hasKey?: boolean }) {
  const { term } = useDirectory();
  const putRight = usePutRight(call);
  const sharing = useLive(whoCalls, { number: call.number }).value?.leads;
  if (!sharing) return null;
  const add = () => wantLead({ phone: call.number, onMade: putRight });
  const isNew = call.leadId === null && sharing.length === 0;
  return (
    <div className={styles["whose"]} role="group" aria-label="Whose call it is">
      {call.leadId === null && (
        <bdi className="cut">{sharingNames(sharing) || `No ${term("lead")} with this number`}</bdi>
      )}
      <LeadPicker
        call={call}
        sharing={sharing}
        keys={hasKey ? whoseKey : undefined}
        onPick={putRight}
        onNew={add}
      />
      {isNew && (
        <Button size="small" icon={UserPlus} onClick={add}>
          New {term("lead")}
        </Button>
      )}
    </div>
  );
}

const whoseKey = "i";

type Sharing = { id: string; name: string; company: string };

const newLead = "\u0000new";

/** Those with the number come first; by typing anybody is found. */
function LeadPicker({
  call,
  sharing,
  keys,
  onPick,
  onNew,
}: {
  call: KnownCall;
  sharing: readonly Sharing[];
  keys: string | undefined;
  onPick: (lead: { id: string; name: string }) => void;
  onNew: () => void;
}) {
  const { term } = useDirectory();
  const [text, setText] = useState("");
  const found = useLeadChoices(text);
  const leads = text.trim() === "" ? sharing.map(leadChoice) : found;
  const anew = { value: newLead, label: `New ${term("lead")}`, mark: <Icon of={UserPlus} /> };
  const pick = (value: string) => {
    const lead = leads.find((choice) => choice.value === value);
    if (value === newLead) onNew();
    else if (lead) onPick({ id: lead.value, name: lead.label });
  };
  const words = call.leadId !== null ? "Not them?" : sharing.length === 0 ? "Find them" : "Who is it?";
  return (
    <Picker
      label="Whose call it is"
      choices={[...leads, anew]}
      chosen={call.leadId === null ? [] : [call.leadId]}
      onPick={pick}
      onSearch={setText}
      position="bottom-end"
      emptyText="Type a name or a number"
      width={288}
      target={({ opened, toggle }) => (
        <PickerButton
          opened={opened}
          toggle={toggle}
          keys={keys}
          kind={call.leadId === null ? "normal" : "quiet"}
        >
          {words}
        </PickerButton>
      )}
    />
  );
}

function PickerButton({
  opened,
  toggle,
  keys,
  ...rest
}: Pick<OpenPicker, "opened" | "toggle"> & ComponentProps<typeof Button>) {
  useShortcuts(
    "screen",
    keys ? [{ id: "whose-call", keys, title: "Say whose call it is", group: "In a call", run: toggle }] : [],
  );
  return (
    <Button
      {...rest}
      size="small"
      keys={keys}
      aria-expanded={opened}
      aria-haspopup="listbox"
      onClick={toggle}
    />
  );
}
