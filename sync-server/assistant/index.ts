import type { FastifyInstance } from "fastify";
import { addApprovalRoute } from "./approval-route.ts";
import type { AssistantDeps } from "./deps.ts";
import { addInsightRoute } from "./insight-route.ts";
import { addMatchRoute } from "./match-route.ts";
import { addPictureRoutes } from "./pictures/picture-routes.ts";
import { keepPicturesTidy } from "./pictures/tidy.ts";
import { addRatingRoute } from "./rating-route.ts";
import { addStatusRoute } from "./status-route.ts";
import { addWriteRoute } from "./write-route.ts";

export { createFirstModel } from "./first-model.ts";
export { promptTasks as assistantTasks } from "./tasks.ts";

// The door of the assistant: what people at a desk ask a model for, or the rules where none answers.

/**
 * Adds the assistant to the server. It keeps letters that wait for approval, and pictures of listings: talks and versions
 * are the desk's.
 */
export function addAssistant(app: FastifyInstance, deps: AssistantDeps): { stop(): Promise<void> } {
  addWriteRoute(app, deps);
  addInsightRoute(app, deps);
  addMatchRoute(app, deps);
  addRatingRoute(app, deps);
  addStatusRoute(app, deps);
  addApprovalRoute(app, deps);
  const pictures = addPictureRoutes(app, deps);
  const stopTidying = keepPicturesTidy(app, deps);
  return {
    async stop() {
      stopTidying();
      await pictures.stop();
    },
  };
}
