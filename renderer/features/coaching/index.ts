// What the desk needs. The overlay is a page of its own (renderer/app/overlay.tsx) and stays out of the desk's.
export { CoachingPanel } from "./panel/coaching-panel.tsx";
export { LiveTranscript } from "./panel/live-transcript.tsx";
export { useCoaching } from "./model/use-coaching.ts";
export { ReportCard } from "./report/report-card.tsx";
