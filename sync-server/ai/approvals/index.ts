// The queue of what a second person looks at before it leaves (docs/decisions/0035-a-second-person-reads.md).
export { askForApproval } from "./ask-for-approval.ts";
export { decide } from "./decide.ts";
export { LetterPayload } from "./letter-payload.ts";
export { keepApprovalsTidy, tidyApprovals } from "./tidy.ts";
