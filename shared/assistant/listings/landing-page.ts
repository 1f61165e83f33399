import { escapeHtml } from "../../text/escape-html.ts";

/** The words of a landing page. Parts that were not written (yet) are empty. */
export type LandingPage = {
  headline: string;
  subheading: string;
  points: readonly string[];
  /** What the button says. */
  action: string;
  /** What search engines show of it. */
  meta: string;
};

/** Search engines cut off what is longer, in characters. */
export const metaCharacters = 155;

const labels = { headline: "Headline", subheading: "Sub-heading", action: "Call to action", meta: "Meta description" } as const; // prettier-ignore
type Labelled = keyof typeof labels;
const names = Object.entries(labels) as [Labelled, string][];

/** A landing page as it is written by models, rules and people: a part a line. Half of it will do. */
export function splitLandingPage(text: string): LandingPage {
  const page = { headline: "", subheading: "", points: [] as string[], action: "", meta: "" };
  let last: Labelled = "headline";
  for (const line of text.split(/\r?\n/u).map((written) => written.trim())) {
    const point = /^[-*•]\s+(.+)$/u.exec(line)?.[1];
    const named = readPart(line);
    const part: Labelled = named?.part ?? last;
    if (point) page.points.push(point);
    // A line without a name goes on with the part before it: nothing that was written is lost.
    else page[part] = `${page[part]} ${named?.words ?? line}`.trim();
    last = part;
  }
  return page;
}

function readPart(line: string): { part: Labelled; words: string } | null {
  const named = names.find(([, label]) => line.toLowerCase().startsWith(`${label.toLowerCase()}:`));
  return named ? { part: named[0], words: line.slice(named[1].length + 1).trim() } : null;
}

export function joinLandingPage({ headline, subheading, points, action, meta }: LandingPage): string {
  return [
    `${labels.headline}: ${headline}`,
    `${labels.subheading}: ${subheading}`,
    ...points.map((point) => `- ${point}`),
    `${labels.action}: ${action}`,
    `${labels.meta}: ${meta}`,
  ].join("\n");
}

/**
 * To be put into a page: the description for its head, the rest for its body, without any style. What was written is
 * text and nothing else in it. The button leads nowhere until whoever owns the page says where.
 */
export function landingPageHtml(page: LandingPage): string {
  const { headline, subheading, points, action, meta } = page;
  const items = points.map((point) => `    <li>${escapeHtml(point)}</li>`);
  return [
    meta && `<meta name="description" content="${escapeHtml(meta)}">`,
    "<section>",
    headline && `  <h1>${escapeHtml(headline)}</h1>`,
    subheading && `  <p>${escapeHtml(subheading)}</p>`,
    ...(items.length > 0 ? ["  <ul>", ...items, "  </ul>"] : []),
    action && `  <a href="#">${escapeHtml(action)}</a>`,
    "</section>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}
