import { Button } from "../../../renderer/ui/controls/button.tsx";
import { Segmented } from "../../../renderer/ui/controls/segmented.tsx";
import type { AiLimit } from "../../admin/ai/wire.ts";
import { useChange } from "../api/use-change.ts";
import { useEdited } from "../api/use-edited.ts";
import { goOnFromHere } from "../frame/address.ts";
import { Deed, Detail, Facts, Section } from "../parts/page.tsx";
import { limitAgain } from "./limit-again.ts";
import { NumberField } from "./number-field.tsx";
import { actions } from "./new-limit-form.tsx";
import styles from "./ai.module.css";
import { measureWords, periodWords, readAmount, sayAmount, sayDay } from "./words.ts";

/** One limit: how far it is used, how much it leaves, and what happens then. */
export function LimitDetail({
  root,
  limit: saved,
  title,
  isOurs,
}: {
  root: string;
  limit: AiLimit;
  title: string;
  isOurs: boolean;
}) {
  const path = `${root}/limits/${saved.id}`;
  const { shown: limit, save } = useEdited(path, saved);
  const change = useChange();
  const { measure, period, most, used, held, firstDay, action } = limit;
  const remove = async () => {
    const goOn = goOnFromHere();
    const request = { method: "DELETE", path } as const;
    const undo = [{ method: "POST", path: `${root}/limits`, body: limitAgain(limit) } as const];
    if (await change({ request, undo, said: "The limit is removed." })) goOn("ai-limits");
  };
  return (
    <Detail
      title={title}
      subtitle={`${measureWords[measure]} a ${periodWords[period].toLowerCase()}`}
      closeTo={["ai-limits"]}
    >
      <Facts
        facts={[
          ...(period === "minute" ? [] : [["Since", sayDay(firstDay)] as const]),
          [period === "minute" ? "In this minute" : "Used", sayAmount(used, measure)],
          ...(period === "minute" ? [] : [["Held back", sayAmount(held, measure)] as const]),
          ["Left", sayAmount(Math.max(0, most - used - held), measure)],
        ]}
      />
      {isOurs ? (
        <>
          <NumberField
            label={`${measureWords[measure]} at most`}
            show={(amount) => sayAmount(amount, measure)}
            parse={(typed) => readAmount(typed, measure)}
            value={most}
            onChange={(next) => void save({ most: next }, `The limit is ${sayAmount(next, measure)} now.`)}
          />
          {period !== "minute" && (
            <Section title="When it is reached">
              <div className={styles["row"]}>
                <Segmented
                  label="When it is reached"
                  segments={actions}
                  value={action}
                  onChange={(next) => void save({ action: next }, "What happens then is changed.")}
                />
              </div>
            </Section>
          )}
          <Section title="Remove">
            <Deed says="Nothing limits this any more.">
              <Button size="small" onClick={() => void remove()}>
                Remove
              </Button>
            </Deed>
          </Section>
        </>
      ) : (
        <p>The operator of this server has set it, for models that the operator offers.</p>
      )}
    </Detail>
  );
}
