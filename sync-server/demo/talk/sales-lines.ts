import type { Lines } from "./lines.ts";

// What is said in calls about an office, in pieces: "A …" by the agent, "C …" by the customer. What a piece of the
// playbook wants is said in its own piece alone, so that a caller who leaves it out has left it out.

export const salesLines: Lines = {
  items: {
    opening: {
      done: [
        [
          "A Hi {first}, this is {agent} from Northgate Workspaces. Did I catch you at a good moment?",
          "C Yes, for a few minutes. I'm between two things.",
        ],
        [
          "A Good morning {first}, {agent} from Northgate here, you asked us about a floor.",
          "C Right, yes. Thanks for calling back so soon.",
        ],
        ["A {first}, hello, it's {agent} from Northgate Workspaces. Is now all right?", "C Sure, go ahead."],
      ],
      skipped: [
        [
          "A Hi, is that {first}? I'm calling about the floor.",
          "C Um, which floor? Who is this?",
          "A The one you asked about, with the offices.",
        ],
        ["A Hello, I have your form here about an office.", "C Oh. Okay, yes."],
      ],
    },
    reason: {
      done: [
        [
          "A What makes you look for something else?",
          "C Our lease ends in {month}, and to be honest the place has been too small for us for a year. People sit in the corridor when they have a call.",
        ],
        [
          "A Before I talk about floors, what brings you to us?",
          "C We are running out of space. The team grew faster than anybody planned, and the meeting rooms are gone by nine every morning.",
        ],
        [
          "A And what do you not like about the place you have?",
          "C The heating, the noise, all of it. And our landlord wants us out by {month} anyway, so we may as well do it properly.",
        ],
      ],
      skipped: [],
    },
    headcount: {
      done: [
        [
          "A How many people are you today, and how many would you like to be in a year?",
          "C We are {n} people now. In a year, I hope, a good part more, maybe {m}.",
        ],
        [
          "A How big is the team, and how many of you are in the office on one day?",
          "C {n} employees, but on a usual day it's two thirds of that.",
        ],
      ],
      skipped: [],
    },
    budget: {
      done: [
        [
          "A May I ask what you pay today, all in?",
          "C We pay {pay} thousand a month, and the charges come on top of that. So it's more, really.",
        ],
        [
          "A What is your budget for this, roughly, per month?",
          "C The board has approved {pay} thousand. A little above that I could explain, but not much.",
        ],
      ],
      skipped: [],
    },
    decision: {
      done: [
        [
          "A Who decides this with you?",
          "C My partner and I. She looks at the money, I look at the rooms, and then we argue about it for a week.",
        ],
        [
          "A Besides you, who signs in the end?",
          "C Our managing director. But if I say it's the right one, that's usually enough.",
        ],
      ],
      skipped: [],
    },
    "next-step": {
      done: [
        [
          "A Then let's look at it together. Could you come on {day}, at ten?",
          "C {day} is fine. Half past ten would be better for me.",
          "A Half past ten it is. I'll send you an invite with the address.",
        ],
        [
          "A Shall we walk through it on {day}? It takes half an hour.",
          "C Yes, let's do that. I'll bring a colleague along.",
          "A Perfect. I will send you an invite.",
        ],
      ],
      skipped: [
        ["A So, let me know what you think, yes?", "C I'll think about it and come back to you."],
        ["A I'll send you something then.", "C Okay. Send it, I'll have a look when I find the time."],
      ],
    },
  },
  objections: [
    {
      raised: "C Hmm. That's more than we pay now, and that was already a fight with finance.",
      answered: [
        "A I understand. What does your present contract leave out? Cleaning, heating, the furniture?",
        "C Cleaning is extra. And heating, you're right, we get a bill for that every spring.",
        "A Then the two are closer than they look. I can put them next to each other on one page for you.",
        "C Yes, please do. That would help me.",
      ],
      brushed: [
        "A Well, that is what it costs in this part of town. You won't find it for less.",
        "C I see. Hmm.",
      ],
    },
    {
      raised: "C I have to say that we have another offer, and they are cheaper.",
      answered: [
        "A Good that you tell me. What is in theirs: desks, network, booths?",
        "C Nothing. It's four walls and a carpet, I think.",
        "A So that would be yours to buy and to wait for. Shall I count it up, so that you compare like with like?",
        "C Fair enough. Do that.",
      ],
      brushed: [
        "A They always look like that at first. People come back to us.",
        "C Maybe. I'd have to see.",
      ],
    },
    {
      raised: "C And what if we want to leave earlier? I don't want to be locked in for five years.",
      answered: [
        "A How long could you plan for with a good feeling?",
        "C Two years. After that, who knows.",
        "A Then we write a break after eighteen months into it. It costs a little more per desk, and you can sleep.",
        "C That I like.",
      ],
      brushed: ["A Everybody signs for five years, that's standard.", "C Not us, I'm afraid."],
    },
    {
      raised: "C How about parking spaces? Half of us come by car.",
      answered: [
        "A Every one of them each day, or in all?",
        "C In all. On a Monday it's the most, the rest of the week it's half empty.",
        "A Then I'd take the fixed spaces with the floor, and the garage next door for the Mondays. It sells day tickets.",
        "C Okay, that could work.",
      ],
      brushed: ["A There is a garage somewhere near, I think.", "C You think. All right."],
    },
    {
      raised: "C I can't say that without my boss, you know.",
      answered: [
        "A Of course. What would she want to see first, if I make one page for her?",
        "C The rent, old and new, next to each other. And the date. No pictures.",
        "A No pictures. You'll have it today.",
      ],
      brushed: ["A Then talk to her and tell me.", "C I will."],
    },
    {
      raised: "C We looked at Westgate as well, by the way.",
      answered: [
        "A What did you like there?",
        "C The lobby. It's a nice lobby. But they wanted three years, and the floor was open on all sides.",
        "A We close it with glass, and the charges are in the rent. When would you have to tell your landlord?",
        "C By the end of {month}.",
      ],
      brushed: ["A Oh, Westgate. We are better, believe me.", "C If you say so."],
    },
  ],
  listening: [
    [
      "A How do you use the rooms on a normal day?",
      "C In the morning everybody is on the phone, so we need quiet corners more than we need desks. After lunch it's the opposite, then people stand around the big table and draw things on the wall.",
    ],
    [
      "A What would have to be different on the first morning, so that you say it was right?",
      "C Nobody asks me for a room. That's it. If nobody comes to my desk and asks me where they can sit with a client, I'm happy.",
    ],
    [
      "A Tell me a little about your clients. Do they visit?",
      "C Twice a week, maybe. Some of them come from far, so it can't be hard to find, and there should be a decent coffee. I'm serious, they do talk about the coffee.",
    ],
    [
      "A Which things have you already written off, because no office has them?",
      "C A door that closes without a bang. And light. We had a lovely place once and it was dark at three in the afternoon, in winter nobody wanted to be there.",
    ],
    [
      "A What happens if nothing changes this year?",
      "C Then we lose somebody. Two of the engineers told me that they can't work like this, and I believe them. So doing nothing is the expensive one, I know that.",
    ],
    [
      "A How did you move the last time?",
      "C Badly. The movers came on the wrong weekend, and the internet came three weeks after us. We worked from a café, which sounds nice for about one morning.",
    ],
    [
      "A And the network, who looks after it?",
      "C One of us, in his free time. He'd love it if somebody else did. As long as we can keep our own router, he's a little in love with that router.",
    ],
    [
      "A What would your team say is most important?",
      "C Bikes. A place to put the bikes, and a shower. I asked them, and that came before everything else, before the money even, well, it's not their money.",
    ],
    [
      "A May I ask what you have seen so far?",
      "C Three places. One had the subway right under it, you felt every train. One was beautiful and far too big. And one, um, smelled of soup.",
    ],
    [
      "A If we found it today, when could you move?",
      "C Six weeks from a signature, I'd say. We need two for the packing, and somebody always needs longer than they say, usually me.",
    ],
    [
      "A What did I not ask that I should have asked?",
      "C Ha. The dog. Two of us bring a dog. They are small, they sleep all day, but it was a problem in the last building.",
    ],
    [
      "A And how loud may it be around you?",
      "C Not very. We record things, short videos for training, and a door or a lift you can hear in all of them.",
    ],
  ],
  talking: [
    [
      "A So what you get with us is really the whole thing, fibre in every corner, furniture that was chosen by a designer, the kitchen is stocked every morning, somebody cleans at night, you have printers on each floor, and the reception takes your parcels and greets your guests, so you don't have to think about any of that.",
      "C Okay.",
    ],
    [
      "A The building was done from scratch two years ago, new windows, new air, the lifts are new, there is a roof terrace that everybody can book, and in the lobby there is a café that belongs to the house, they do lunch as well, and in the summer they put tables outside, so it's really a lively place with a lot of companies like you in it.",
      "C Mm-hm.",
    ],
    [
      "A And I should say that the floor has been very popular, we had a number of people look at it, because it's on the corner and it has light from two sides, and the glass rooms are in already, so there is nothing to build, you bring your laptops and you start, that's how most of them do it.",
      "C I see.",
    ],
    [
      "A What I always tell people is that they should not look at the rent alone, because there is so much in it with us, and if you add all of that up on your own, with the contracts and the people you have to talk to, then you very quickly see that it's a good deal, I have a sheet for that which I can show you.",
      "C Yes, well.",
    ],
    [
      "A We have three kinds of membership, and the one in the middle is what most take, it has the rooms by the hour in it, and guests, and you can use the other houses too when you travel, we have them in nine cities now, and next year it'll be twelve, so wherever you go there is a desk for you.",
      "C All right.",
    ],
    [
      "A Also the security is very good, there are cards for every door, you can see who came in and when, the reception is there until eight, and after that there's somebody in the house all night, and the cameras only look at the entrance, so the privacy people were happy as well when they came to look at it.",
      "C Right.",
    ],
    [
      "A And then there is the app, you book rooms in it, you tell us when something is broken, you can order lunch, you invite your guests and they get a code for the door, and it sends you the bill at the end of the month, so you never have paper lying around, everybody who sees it likes it a lot.",
      "C Uh-huh.",
    ],
    [
      "A I can also tell you about the events, because we do one every week, breakfast for founders, a talk in the evening, now and then a party on the terrace, and companies in the house do business with each other, really, two of them merged last year and they met at the coffee machine.",
      "C Ha. Okay.",
    ],
    [
      "A The sizes go from four desks up to a whole floor, and we can take walls out, that takes a weekend, or put them in, and if you grow you just move within the house and keep your number and your mailbox, that is something you don't have with a normal landlord, where you begin with a new contract each time.",
      "C Mm-hm. Yes.",
    ],
    [
      "A And as for the area, it's the best you can have at the moment, there are two lines of the subway, the bus stops in front of the door, there's a supermarket on the ground floor next door, doctors, a gym, two schools, so whoever works there has everything around, and that makes hiring easier as well.",
      "C That's good to know.",
    ],
  ],
  endings: {
    "tour-booked": [
      ["C Great. Thank you {agent}, that was helpful.", "A Thank you, {first}. I look forward to it."],
    ],
    "not-a-fit": [
      [
        "C You know what, I don't think this is for us. Sorry.",
        "A I understand. Thank you for being clear, {first}.",
        "C Thanks, bye.",
      ],
    ],
    other: [
      ["C Good. Thanks for the call.", "A Thank you, {first}. Have a good day.", "C You too. Bye."],
      ["C Okay then. Bye, {agent}.", "A Bye, {first}, thanks for your time."],
    ],
  },
};
