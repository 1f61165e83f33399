/** What English bends without a rule: the stem, then its forms. */
const rows = `
be am is are was were been being
have has had having
do does did done doing
go goes went gone going
say says said saying
pay pays paid paying
get gets got gotten getting
give gives gave given giving
take takes took taken taking
make makes made making
come comes came coming
see sees saw seen seeing
know knows knew known knowing
think thinks thought thinking
tell tells told telling
buy buys bought buying
sell sells sold selling
find finds found finding
leave leaves left leaving
keep keeps kept keeping
hold holds held holding
bring brings brought bringing
send sends sent sending
spend spends spent spending
lend lends lent lending
build builds built
lose loses lost losing
mean means meant meaning
meet meets met
run runs ran running
write writes wrote written writing
speak speaks spoke spoken speaking
hear hears heard hearing
read reads reading
feel feels felt feeling
begin begins began begun beginning
break breaks broke broken breaking
choose chooses chose chosen choosing
rise rises rose risen rising
grow grows grew grown growing
understand understands understood understanding
stand stands stood standing
sit sits sat sitting
fall falls fell fallen falling
forget forgets forgot forgotten forgetting
show shows showed shown showing
teach teaches taught teaching
stick sticks stuck sticking
win wins won winning
wake wakes woke woken waking
wear wears wore worn wearing
drive drives drove driven driving
throw throws threw thrown throwing
use uses used using
try tries tried trying
owe owes owed owing
die dies died dying
lie lies lied lying
agree agrees agreed agreeing
guarantee guarantees guaranteed guaranteeing
free frees freed freeing
person persons people
child children
man men
woman women
foot feet
business businesses
bus buses
gas gases
`;

/** Folded form to stem; the stem itself is in it too. */
export const irregularForms: ReadonlyMap<string, string> = new Map(
  rows
    .trim()
    .split("\n")
    .flatMap((row) => {
      const forms = row.split(" ");
      return forms.map((form): [string, string] => [form, forms[0] ?? form]);
    }),
);
