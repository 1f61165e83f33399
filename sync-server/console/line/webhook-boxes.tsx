import { CopyBox } from "../parts/copy-box.tsx";
import { Section } from "../parts/page.tsx";
import { whyUnreachable } from "./provider-words.ts";
import styles from "./line.module.css";

/** Where Twilio has to ask: its console wants these addresses. */
export function WebhookBoxes({ voice, status }: { voice: string; status: string }) {
  const trouble = whyUnreachable(voice);
  return (
    <Section title="What Twilio has to be told" note="All by HTTP POST.">
      {trouble && <p className={styles["warning"]}>{trouble}</p>}
      <CopyBox
        label="Voice address"
        hint="Voice → TwiML apps → your app → Request URL; and each number → A call comes in → Webhook."
        text={voice}
      />
      <CopyBox label="Status address" hint="Each number → Call status changes." text={status} />
    </Section>
  );
}
