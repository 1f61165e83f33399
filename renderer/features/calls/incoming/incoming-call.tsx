import { Phone as PhoneIcon, PhoneOff } from "lucide-react";
import type { PhoneCall } from "../../../../shared/calls/phone.ts";
import { whoCalls } from "../../../../shared/rpc/contract/phone.ts";
import { useDirectory, useLive } from "../../../client/index.ts";
import { classNames } from "../../../ui/class-names.ts";
import { Icon } from "../../../ui/display/icon.tsx";
import { KeyHint } from "../../../ui/display/kbd.tsx";
import { Phone } from "../../../ui/display/phone.tsx";
import { agoInWords } from "../../../ui/format/times.ts";
import { useNow } from "../../../ui/format/use-now.ts";
import { callerName, sharingNames } from "../model/call-words.ts";
import { useAskPhone } from "../model/use-phone.ts";
import styles from "./incoming.module.css";
import { answerKeys, useAnswerKeys } from "./use-answer-keys.ts";

/** Somebody calls: who they are as far as this device knows, and the two answers. */
export function IncomingCall({ call }: { call: PhoneCall }) {
  const ask = useAskPhone();
  const { callId } = call;
  const answer = () => void ask({ do: "answer", callId });
  const decline = () => void ask({ do: "decline", callId });
  useAnswerKeys(call);
  return (
    <section className={styles["incoming"]} role="alertdialog" aria-label={`Call from ${callerName(call)}`}>
      <Caller call={call} />
      <div className={styles["answers"]}>
        <span className={styles["place"]}>
          <button type="button" className={classNames(styles["button"], styles["answer"])} onClick={answer}>
            <Icon of={PhoneIcon} size={18} /> Answer
          </button>
          <KeyHint keys={answerKeys.answer} />
        </span>
        <span className={styles["place"]}>
          <button type="button" className={classNames(styles["button"], styles["decline"])} onClick={decline}>
            <Icon of={PhoneOff} size={18} /> Decline
          </button>
          <KeyHint keys={answerKeys.decline} />
        </span>
      </div>
    </section>
  );
}

function Caller({ call }: { call: PhoneCall }) {
  const known = useLive(whoCalls, { number: call.number }).value?.leads ?? [];
  const { term, stageLabel } = useDirectory();
  const now = useNow();
  // Of several it may be any: who it was is said once one talks.
  const first = known.length === 1 ? known[0] : undefined;
  const company = first?.company || call.company;
  return (
    <div className={styles["caller"]}>
      <h2 className="cut">
        <bdi>{callerName({ ...call, name: call.name || sharingNames(known) })}</bdi>
      </h2>
      <p className={styles["about"]}>
        {company && <bdi className="cut">{company}</bdi>}
        <Phone number={call.number} />
      </p>
      {first ? (
        <p className={styles["about"]}>
          <span>{stageLabel("leads", first.stage)}</span>
          {first.lastContactAt && <span>Last contact {agoInWords(new Date(first.lastContactAt), now)}</span>}
        </p>
      ) : (
        <p className={styles["about"]}>
          {known.length === 0
            ? `No ${term("lead")} with this number on this device`
            : `${known.length} ${term("leads")} with this number`}
        </p>
      )}
    </div>
  );
}
