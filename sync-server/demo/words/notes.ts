/** What people write down. `{n}`, `{area}`, `{month}` and `{lessor}` are filled in. */
export const leadNotes = [
  "{n} people now, maybe {m} by spring. Wants {area}.",
  "Lease with {lessor} runs to {month}. No break clause.",
  "Price is the blocker: they compare with what they pay today, without service charge.",
  "Needs two meeting rooms and a quiet room for calls.",
  "Parking matters more than floor area. Asked twice.",
  "Prefers e-mail before ten, phone after two.",
  "Their broker wants to be copied on everything.",
  "Saw the fourth floor in 2024 and liked the light.",
  "Hybrid, three days in. Desk-sharing is fine, lockers are not negotiable.",
  "Wants month-to-month first, two years after that.",
  "Board meets on the second Tuesday; nothing moves before.",
  "Dog-friendly building or no deal.",
  "Needs step-free access and a hearing loop in the large room.",
  "Moving out of {lessor}, deposit dispute is still open.",
  "Ask for Sam at reception, the direct line goes to a queue.",
  "Interested, but not before the funding round closes in {month}.",
];

export const callNotes = [
  "Good talk. {n} desks, {area} or close to it.",
  "Asked for the all-in price, sent it while we spoke.",
  "Wants to see two floors next to each other.",
  "Happy with the terms, legal reads the draft until Friday.",
  "Not the decision maker; CFO joins next time.",
  "Comparing with {lessor}. Service charge is our advantage.",
  "Needs the floor plan as a PDF with measurements in feet.",
  "Call back after their all-hands.",
  "Fire-rated server cupboard is a must, otherwise easy.",
  "Will decide between us and staying put.",
];

export const loggedNotes = [
  "Current lease with {lessor}, no break clause. They pay parking on top. Needs two meeting rooms and a loading bay.",
  "Met their new office manager at the expo. Very organised, has a list.",
  "They grew to {n} people over the summer, the old floor is full.",
  "Sent case study of a firm their size. Wants to talk to that client.",
  "Insurance asks for a sprinkler certificate before anyone signs.",
  "Their IT needs two separate fibre entries. Building has one plus 5G backup.",
  "Asked whether the kitchen can be moved. Facilities says yes, six weeks.",
  "Competes with {lessor} on price only; they like our terrace.",
];

export const lostReasons = [
  "Stays where they are, landlord lowered the rent.",
  "Signed with {lessor}.",
  "Project stopped, hiring freeze.",
  "Too far from the train for half the team.",
];

export const taskTitles = [
  "Call back",
  "Send floor plans",
  "Second tour",
  "Draft proposal",
  "Budget check",
  "Parking question",
  "Confirm headcount",
  "E-mail comparison",
  "Send case study",
  "Chase signature",
  "Review lease",
  "Ask about break clause",
  "Check fit-out dates",
];

export const mailSubjects = [
  "Fourth floor, plans and prices",
  "Two floors near the loop",
  "Your tour on Thursday",
  "All-in price, side by side",
  "Draft lease for review",
  "Photos from today",
  "Parking and loading bay",
];

export const mailTexts = [
  "Hello {first},\n\nas promised: plans, measurements and the all-in price. The rent includes charges and fit-out.\n\nBest,\n{agent}",
  "Hello {first},\n\nthank you for your time today. Two floors fit what you described; I can hold either until Friday.\n\nBest,\n{agent}",
  "Hello {first},\n\nhere is the comparison with your current lease, line by line. Shall we go through it on the phone?\n\nBest,\n{agent}",
];

export const replyTexts = [
  "Thanks, this helps. Could you add the second parking option?",
  "Looks good. I have passed it on to our CFO and will come back next week.",
  "Is the terrace shared with the other tenants?",
  "We would rather see it in the morning, before ten if possible.",
];

export const smsTexts = [
  "On my way, five minutes late.",
  "Could we move to 3 pm?",
  "Thank you for the tour!",
  "Which entrance is it?",
];

export const lessors = [
  "Westgate",
  "Regal Court",
  "Corner Office Co.",
  "Plaza One",
  "Union Yards",
  "their own building",
];
export const months = ["January", "March", "April", "June", "September", "October"];
