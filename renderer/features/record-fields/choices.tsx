import { useMemo } from "react";
import type { Stage } from "../../../shared/entities/setting.ts";
import { useDirectory, type Directory } from "../../client/index.ts";
import { Avatar } from "../../ui/display/avatar.tsx";
import { StageRing } from "../../ui/display/stage-ring.tsx";
import { stageSteps } from "../../ui/display/stage-shares.ts";
import type { Choice } from "../../ui/fields/choices.ts";

/** Everybody who works here. */
export function peopleChoices(directory: Directory): Choice[] {
  return directory.people
    .filter(({ active }) => active)
    .map(({ userId, name }) => ({ value: userId, label: name, mark: <Avatar name={name} /> }));
}

/** Teams that a record may belong to. */
export function teamChoices({ teams }: Directory): Choice[] {
  return teams.map(({ teamId, name }) => ({ value: teamId, label: name }));
}

/**
 * The stages of a pipeline, each with its ring.
 * @param held the stage that a record is in: it has its name also where it is not offered any more
 */
export function useStageChoices(pipeline: Stage["pipeline"], held = ""): Choice[] {
  const directory = useDirectory();
  return useMemo(() => {
    const offered = directory.stages(pipeline);
    const isOffered = held === "" || offered.some(({ key }) => key === held);
    const stages = isOffered
      ? offered
      : [...offered, { key: held, label: directory.stageLabel(pipeline, held) }];
    const steps = stageSteps(offered);
    return stages.map(({ key, label }) => ({
      value: key,
      label,
      mark: <StageRing {...(steps.get(key) ?? { share: 0, outcome: "open" })} />,
    }));
  }, [directory, pipeline, held]);
}
