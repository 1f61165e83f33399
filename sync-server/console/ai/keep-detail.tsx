import { ParsedField } from "../../../renderer/ui/fields/parsed-field.tsx";
import { countOf } from "../../../renderer/ui/format/numbers.ts";
import { AiRetention } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useEdited } from "../api/use-edited.ts";
import { Detail, Section, Trouble } from "../parts/page.tsx";
import { readNumber } from "./words.ts";

const path = "/ai/retention";
/** Where it is opened. */
export const keepPlace = ["ai-requests", "kept"] as const;

/** For how long the organisation keeps what its AI leaves behind. */
export function KeepDetail({ closeTo }: { closeTo: readonly string[] }) {
  const { value, error, reload } = useAnswer(path, AiRetention);
  const { shown, save } = useEdited(path, value);
  return (
    <Detail
      title="How long they are kept"
      subtitle="What is older is removed within hours, for good."
      closeTo={closeTo}
    >
      <Trouble error={error} onRetry={reload} />
      {shown && (
        <>
          <Section
            title="AI requests"
            note="Who asked what for, what it used and cost. Two months at least: budgets and the bill go by them."
          >
            <Days
              label="Keep requests for"
              value={shown.requestDays}
              most={shown.server.requestDays}
              onChange={(requestDays) => void save({ requestDays }, "Requests are kept for that long.")}
            />
          </Section>
          <Section
            title="Chats of no lead"
            note="Conversations with visitors, from their last word on. Those of a lead go with it."
          >
            <Days
              label="Keep chats for"
              value={shown.chatDays}
              most={shown.server.chatDays}
              onChange={(chatDays) => void save({ chatDays }, "Such chats are kept for that long.")}
            />
          </Section>
        </>
      )}
    </Detail>
  );
}

/** @param most what the server keeps: that holds where nothing is typed */
function Days({
  label,
  value,
  most,
  onChange,
}: {
  label: string;
  value: number | null;
  most: number;
  onChange: (days: number | null) => void;
}) {
  return (
    <ParsedField
      label={label}
      inputMode="numeric"
      placeholder={`${most} days, as long as this server does`}
      value={value}
      show={(days) => countOf(days, "day")}
      parse={(typed) => {
        const days = readNumber(typed.replace(/\s*days?$/u, ""));
        return days === null ? null : Math.round(days);
      }}
      notUnderstood="Not a number of days"
      onChange={onChange}
    />
  );
}
