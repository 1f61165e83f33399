import { Tabs } from "../../../renderer/ui/controls/tabs.tsx";
import { stageSteps } from "../../../renderer/ui/display/stage-shares.ts";
import { StageRing } from "../../../renderer/ui/display/stage-ring.tsx";
import type { Stage } from "../../../shared/entities/setting.ts";
import { useAnswer } from "../api/use-answer.ts";
import { goTo } from "../frame/address.ts";
import type { PageProps } from "../frame/pages.ts";
import { Link } from "../parts/link.tsx";
import { Bar, Column, NewButton, Page, Trouble } from "../parts/page.tsx";
import { outcomeWords } from "./outcome-words.ts";
import { SettingList } from "./setting-list.tsx";
import { NewStageForm, StageEditor, stageKind } from "./stage-editor.tsx";
import { useTerms } from "./use-terms.ts";

type Pipeline = Stage["pipeline"];
const pipelines: readonly Pipeline[] = ["leads", "deals"];

/** The steps of each pipeline, in the order in which boards show them. */
export function StagesPage({ rest: [first, open] }: PageProps) {
  const { value, error, reload } = useAnswer(stageKind.path, stageKind.answer);
  const { term, Term } = useTerms();
  const pipeline = pipelines.find((one) => one === first) ?? "leads";
  const all = value?.stages.filter((stage) => stage.pipeline === pipeline);
  const named = all?.find(({ key }) => key === open);
  const to = (...parts: string[]) => ["stages", pipeline, ...parts];
  const steps = stageSteps(all?.filter(({ archived }) => !archived) ?? []);
  // A key may be called "new" too: what stands there wins.
  const adds = open === "new" && value !== undefined && !named;
  const stage = adds ? undefined : (named ?? all?.find(({ archived }) => !archived));
  const used = (value?.stages ?? []).filter(({ archived }) => !archived);
  return (
    <Page
      crumbs={[
        { label: "Pipeline stages", to: to() },
        ...(stage ? [{ label: stage.label }] : adds ? [{ label: "New stage" }] : []),
      ]}
      action={!adds && <NewButton label="Add a stage" to={to("new")} />}
    >
      <Column kind="list" label={`Stages of ${term(pipeline)}`}>
        <Bar>
          <Tabs<Pipeline>
            label="Pipeline"
            value={pipeline}
            onChange={(key) => goTo("stages", key)}
            tabs={pipelines.map((key) => ({
              key,
              label: Term(key),
              count: value && used.filter((one) => one.pipeline === key).length,
            }))}
          />
        </Bar>
        <Trouble error={error} onRetry={reload} />
        <SettingList
          label={`Stages of ${term(pipeline)}`}
          of={stageKind}
          items={all}
          openId={stage?.id}
          addressOf={({ key }) => to(key)}
          mark={({ key }) => <StageRing {...(steps.get(key) ?? { share: 0, outcome: "open" })} />}
          note={({ outcome }) => outcomeWords[outcome]}
          empty={
            <>
              No stages. <Link to={to("new")}>Add the first</Link>
            </>
          }
        />
      </Column>
      <Column kind="main" label={stage?.label ?? "Stage"}>
        {adds && <NewStageForm key={pipeline} pipeline={pipeline} all={all ?? []} />}
        {stage && <StageEditor key={stage.id} stage={stage} pipeline={pipeline} all={all ?? []} />}
      </Column>
    </Page>
  );
}
