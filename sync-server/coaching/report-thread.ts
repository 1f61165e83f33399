import { makeReport } from "../../shared/coaching/report/make-report.ts";
import { answerAsThread } from "../ask-thread.ts";

// The thread in which reports are worked out: an hour's call takes a tenth of a second, which nobody shall wait for.
answerAsThread(makeReport);
