import { Checkbox } from "../../../renderer/ui/fields/tick.tsx";
import { OwnModels } from "../../admin/ai/wire.ts";
import { useAnswer } from "../api/use-answer.ts";
import { useChange } from "../api/use-change.ts";
import { Trouble } from "../parts/page.tsx";
import { Sheet } from "../parts/sheet.tsx";

export const ownRulePath = "/ai/own-models";

/** Whether people may bring models along: an admin answers for where customers' words go. */
export function OwnRuleSheet() {
  const { value, error, reload } = useAnswer(ownRulePath, OwnModels);
  const change = useChange();
  const put = (allowed: boolean) => ({ method: "PUT" as const, path: ownRulePath, body: { allowed } });
  const allow = (next: boolean) =>
    void change({
      ...{ request: put(next), undo: [put(!next)] },
      said: next ? "People may ask models of their own." : "Models of people's own answer nobody any more.",
    });
  return (
    <Sheet
      title="Models of people's own"
      about="What customers said and wrote goes to whichever address somebody enters for themselves; names, numbers and e-mail addresses are replaced wherever a feature can do without them. They pay for it, and your budgets do not count it."
    >
      <Trouble error={error} onRetry={reload} />
      {value && (
        <Checkbox checked={value.allowed} onChange={allow}>
          Our people may ask models of their own
        </Checkbox>
      )}
    </Sheet>
  );
}
