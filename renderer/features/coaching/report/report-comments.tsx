import type { Comment } from "../../../../shared/entities/insight.ts";
import { useDirectory } from "../../../client/index.ts";
import { Moment, type Play } from "./moment.tsx";
import { Part } from "./part.tsx";

/** What a manager, or the agent, said of moments of this call. */
export function ReportComments({ comments, play }: { comments: readonly Comment[]; play: Play | null }) {
  const { personName } = useDirectory();
  if (comments.length === 0) return null;
  return (
    <Part title="Comments">
      {comments.map(({ id, byId, atMs, text }) => (
        <Moment key={id} atMs={atMs} play={play} aside={personName(byId)}>
          {text}
        </Moment>
      ))}
    </Part>
  );
}
