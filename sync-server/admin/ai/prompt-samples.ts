/** What a prompt is tried with to begin with: data as its task tells it, and what somebody says where it answers them. */
type PromptSample = { data: Readonly<Record<string, unknown>>; said: string | null };

const call = {
  ...{
    direction: "outbound",
    startedAt: "2026-11-19T12:00:00.000Z",
    disposition: "",
    answered: true,
    notes: "",
  },
  summary: "They need ten more desks by March and compared prices.",
  keyPoints: ["they pay 40,000 now"],
  ...{ sentiment: "neutral", followUp: "" },
  agreed: [{ text: "send the plans by Friday", dueInDays: 3 }],
  objections: [],
};
const about = {
  ...{ today: "2026-11-21", agent: "Ana Flores", business: "Northgate" },
  person: { name: "Maria Keller", score: 50, tags: [], doNotCall: false, stage: "New", fields: {} },
  openTasks: [{ title: "Send the plans", priority: "high", dueAt: "2026-11-24T12:00:00.000Z" }],
  deals: [
    {
      ...{ name: "Second floor", value: 90_000, currency: "USD", expectedCloseOn: "2026-12-10" },
      ...{ probability: null, stage: "Terms" },
    },
  ],
  calls: [call],
  ...{ chats: [], notes: [], messages: [], appointments: [], pastAppointments: [], tickets: [] },
};
const listing = {
  ...{ title: "Second floor, 210 Canal St", address: "210 Canal St", city: "Chicago", type: "Office floor" },
  ...{ price: 240_000, currency: "USD", bedrooms: null, bathrooms: 2, parking: 1 },
  features: ["Terrace", "Fibre, two entries", "24/7 access"],
  ...{ squareMetres: 1_240, fields: { desks: 40 }, descriptionSoFar: "" },
};
const chat = {
  bot: { name: "Ria", business: "Northgate", purposes: ["answers", "qualification"] },
  knows: [{ about: "Are pets allowed?", text: "Cats and small dogs are welcome." }],
  told: { name: "", email: "", phone: "", need: "", when: "" },
};
const wording = {
  ...{ summary: "They need ten more desks by March.", keyPoints: ["they pay 40,000 now"], objections: [] },
  ...{ strengths: [], improvements: [], sentiment: "neutral", followUp: "" },
  actions: [{ text: "send the plans by Friday", dueInDays: 3, atMs: 61_000 }],
};
const report = {
  transcript: [
    { atMs: 0, who: "agent", said: "Northgate, this is Ana. How is the floor working out?" },
    {
      atMs: 6_000,
      who: "customer",
      said: "Well, we pay forty thousand now and need ten more desks by March.",
    },
    { atMs: 61_000, who: "agent", said: "I will send you the plans by Friday." },
  ],
  found: { metrics: {}, items: [], cards: [], moments: [], score: null, criteria: [], wording },
};

/** By the prompt's name. */
export const promptSamples: Readonly<Record<string, PromptSample>> = {
  "assistant.chat": { data: { today: about.today, about }, said: "What did we agree on?" },
  "assistant.email": {
    data: { ...{ purpose: "after-call", tone: "neutral", length: "medium", wish: "" }, about: { ...about, theCall: call } }, // prettier-ignore
    said: null,
  },
  "assistant.message": {
    data: { purpose: "after-call", tone: "neutral", wish: "", about: { ...about, theCall: call } },
    said: null,
  },
  "assistant.listing": { data: { tone: "neutral", length: "medium", language: "en", listing }, said: null },
  "assistant.landing": { data: { tone: "neutral", language: "en", listing }, said: null },
  "assistant.deal-insight": {
    data: {
      deal: {
        ...{ name: "Second floor", value: 90_000, currency: "USD", closesOn: "2026-12-10", stage: "Terms" },
        ...{ openedOn: "2026-11-01", notes: "" },
      },
      about,
      rules: {
        ...{ probability: 67, reasoning: "It stands at Terms, and you were in touch 2 days ago." },
        steps: [{ text: "Agree with them what “Second floor” still needs", dueInDays: 3 }],
        risks: [],
      },
    },
    said: null,
  },
  "bot.answer": { data: chat, said: "May I bring my dog?" },
  "bot.suggest": {
    data: { ...chat, conversation: [{ role: "user", text: "May I bring my dog?" }] },
    said: null,
  },
  "coaching.card": {
    data: {
      card: { title: "Price", lines: ["Ask what they compare it with.", "Name what is included."] },
      heard: [{ speaker: "customer", text: "That is more than we pay now.", startMs: 42_000 }],
    },
    said: null,
  },
  "coaching.report-words": { data: report, said: null },
};
