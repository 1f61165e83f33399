import { Link } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { reasonWords } from "../../../shared/bot/words.ts";
import type { ListedChat } from "../../../shared/rpc/contract/chats.ts";
import { useDirectory, useEdits } from "../../client/index.ts";
import { Button } from "../../ui/controls/button.tsx";
import { useAdding } from "../record-fields/index.ts";
import { visitorName } from "./visitor-words.ts";
import styles from "./chats.module.css";

/** Who it is, why they are here, and what they have let us know; nothing of it was checked by anybody. */
export function ChatHead({ chat, me }: { chat: ListedChat; me: string }) {
  const { term } = useDirectory();
  const { create, edit } = useEdits();
  const { told, leadId, why, id } = chat;
  const name = visitorName(chat);
  const [busy, setBusy] = useState(false);
  const adding = useAdding("leads", term("lead"), async (given) => {
    setBusy(true);
    const { email, phone, need, when } = told;
    const notes = [need, when && `To be called: ${when}`].filter((part) => part !== "").join("\n");
    const fields = { name, email, phone, notes, source: "Website chat", ownerId: me, ...given };
    const made = await create({ collection: "leads", fields, label: `Added ${name}` });
    if (made.ok)
      await edit([{ collection: "insights", id, set: { leadId: made.value.id } }], `Chat is with ${name}`);
    setBusy(false);
    return made.ok;
  });
  return (
    <header className={styles["head"]}>
      <div className={styles["head-line"]}>
        <h2 dir="auto">{name}</h2>
        {leadId ? (
          <Link to="/leads/$leadId" params={{ leadId }} search={(before) => before as never}>
            Open {term("lead")}
          </Link>
        ) : (
          <Button size="small" icon={UserPlus} disabled={busy} onClick={adding.begin}>
            Add as {term("lead")}
          </Button>
        )}
      </div>
      <p className={styles["facts"]} dir="auto">
        {[reasonWords[why], told.email, told.phone, told.need, told.when]
          .filter((part) => part !== "")
          .join(" · ")}
      </p>
      {adding.dialog}
    </header>
  );
}
