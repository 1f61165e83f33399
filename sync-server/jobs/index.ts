// The door of persisted work: written in the transaction that causes it, done by whichever node comes first.
export { addJob, addJobs, type JobRequest } from "./add-job.ts";
export { createJobs, type Job, type JobHandler, type Jobs } from "./run-jobs.ts";
