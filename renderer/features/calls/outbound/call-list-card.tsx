import type { PhoneState } from "../../../../shared/calls/phone.ts";
import type { DiallerState } from "../../../../shared/calls/outbound/dialler.ts";
import { useDirectory } from "../../../client/index.ts";
import { Button } from "../../../ui/controls/button.tsx";
import { useNow } from "../../../ui/format/use-now.ts";
import { nobodyWords } from "./list-words.ts";
import { ListChoice } from "./list-choice.tsx";
import { NextLead } from "./next-lead.tsx";
import styles from "./outbound.module.css";
import { useAskDialler, useDialler } from "./use-dialler.ts";

/** Between calls: which lists there are, and in one of them who is called next. */
export function CallListCard({ phone }: { phone: PhoneState }) {
  const dialler = useDialler();
  if (dialler.at === "off") return <ListChoice phone={phone} />;
  return (
    <section className={styles["card"]} aria-label="Call list">
      <ListHead list={dialler.list} />
      <Work dialler={dialler} phone={phone} />
    </section>
  );
}

/** While its call goes on: the list goes on afterwards, unless somebody stops it. */
export function CallListStrip() {
  const dialler = useDialler();
  if (dialler.at !== "calling" && dialler.at !== "dialling") return null;
  return (
    <section className={styles["strip"]} aria-label="Call list">
      <ListHead list={dialler.list} aside="goes on after this call" />
    </section>
  );
}

function ListHead({ list, aside = "" }: { list: string | null; aside?: string }) {
  const ask = useAskDialler();
  const { callLists } = useDirectory();
  const label = list === null ? "All your lists" : callLists.find(({ key }) => key === list)?.label;
  return (
    <div className={styles["head"]}>
      <h2 className="cut">{label ?? list}</h2>
      {aside && <span className="cut">{aside}</span>}
      <Button size="small" kind="quiet" onClick={() => void ask({ do: "stop" })}>
        Stop
      </Button>
    </div>
  );
}

function Work({ dialler, phone }: { dialler: DiallerState; phone: PhoneState }) {
  switch (dialler.at) {
    case "lead":
      return <NextLead key={dialler.lead.entryId} shown={dialler} phone={phone} />;
    case "dialling":
    case "calling":
      return <p className={styles["words"]}>Calling {dialler.lead.leadName}</p>;
    case "asking":
      return <p className={`${styles["words"] ?? ""} ${styles["soon"] ?? ""}`}>Looking who is next</p>;
    case "nobody":
      return <Nobody dialler={dialler} />;
    case "trouble":
      return <Waiting words={`${dialler.message} The list goes on when it is back.`} />;
    case "off":
      return null;
  }
}

function Nobody({ dialler: { nobody, note } }: { dialler: Extract<DiallerState, { at: "nobody" }> }) {
  const { term } = useDirectory();
  const now = useNow();
  const how = nobody.why === "empty" ? ` Select ${term("leads")} and add them to it.` : "";
  return <Waiting words={[note, nobodyWords(nobody, now) + how].filter(Boolean).join(" ")} />;
}

function Waiting({ words }: { words: string }) {
  const ask = useAskDialler();
  return (
    <div className={styles["waiting"]} role="status">
      <p>{words}</p>
      <Button size="small" onClick={() => void ask({ do: "again" })}>
        Look again
      </Button>
    </div>
  );
}
