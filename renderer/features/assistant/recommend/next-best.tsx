import type { ReactNode } from "react";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { RecommendedLine } from "./recommended-line.tsx";
import { useRecommendations } from "./use-recommendations.ts";

/**
 * The most urgent thing to do with a person, in one line, while one talks with them: to call them is no advice then.
 * @param otherwise stands there where nothing is due
 */
export function NextBest({ leadId, otherwise }: { leadId: RecordId; otherwise: ReactNode }) {
  const { shown, answer } = useRecommendations(leadId, (open) =>
    open.filter(({ deed }) => deed.do !== "call").slice(0, 1),
  );
  const [first] = shown;
  if (!answer) return null;
  if (!first) return otherwise;
  return <RecommendedLine key={first.key} leadId={leadId} one={first} brief />;
}
