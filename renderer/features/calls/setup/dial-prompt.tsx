import { closeDialPrompt, dialPrompt } from "../../../../shared/rpc/contract/phone.ts";
import { useCommand, useLive } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { Dialog } from "../../../ui/floating/dialog.tsx";
import { formatPhone } from "../../../ui/format/phones.ts";
import { useDial } from "../model/use-phone.ts";

/** Another program wants a number called: the person says whether, since a page could ask for anything. */
export function DialPrompt() {
  const prompt = useLive(dialPrompt, {}).value?.prompt ?? null;
  const close = useCommand(closeDialPrompt);
  const dial = useDial();
  if (!prompt) return null;
  const { promptId, to } = prompt;
  const leave = () => void close({ promptId });
  const call = async () => {
    leave();
    await dial(to, null);
  };
  return (
    <Dialog
      opened
      onClose={leave}
      title={`Call ${formatPhone(to)}?`}
      footer={
        <>
          <Button onClick={leave}>Do not call</Button>
          <Button kind="primary" data-autofocus onClick={() => void call()}>
            Call
          </Button>
        </>
      }
    >
      <p>Another program on this computer asked for this call.</p>
    </Dialog>
  );
}
