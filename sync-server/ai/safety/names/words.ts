// What a name may be besides. In small letters, without accents.

/** Given and family names that people write every day and mean something else by, in the languages of most tenants. */
export const everydayWords = wordsOf(`
  will may mark rose grace hope faith joy june april august summer autumn winter spring dawn eve art bill grant drew
  dean guy miles max sue pearl amber crystal penny norm rusty sandy sunny sky star sage olive basil clay cliff dale
  glen forest fern willow cherry candy harmony charity mercy patience prudence destiny serenity honor honour justice
  dot bud buddy chip skip rip rich frank ward wade lance chase cash jewel journey king lane legend ocean paris
  prince princess queen rain raven river royal saint scout storm true kit lucky happy precious blessing gift comfort
  innocent fortune wisdom favour favor promise praise peace beauty sun song tang man fan hang pan pin ping ran sang
  tan chin hen hay hung sung bang bay ram pal mini honey brown black white green gray grey red blue gold silver
  young long short small little big poor sharp strong swift wild wise good best love day days week weeks friend
  friends cook cooks baker driver farmer gardener hunter judge painter page porter priest shepherd singer bishop
  pope church temple house houses home homes hall halls hill hills room rooms gate gates wall walls brook glass case
  bond bank banks sale sales wood woods field fields lake lakes stream park parks price prices rice bell bells ball
  balls bird birds fox wolf lamb bear lion hawk crane swan crow bush street streets town city country english french
  german scottish irish welsh england ireland holland west east north south cross marsh moss peach plum berry apple
  bean corn flower flowers garden root branch rivers pool pond shore waters snow frost cloud bright light dark low
  high self still early late power pound pounds dollar pace race rush march blunt bolt boot bowl box brand bridge
  bridges burns burn castle chance christmas cotton court coward craft crisp dance down downs duck easter fair farm
  fine finger fish flood foot fountain given grand graves guest hand hands head heath held hood hook horn hunt jolly
  keen key keys kind lock lord loud major manly mean meek mill mills mint monday money moon more mount new noble
  nail oak oaks old outlaw pickle place player pleasant post pray proud purchase quick read reader real ring rule
  rust salt sand sands saw scale scales seal seed service shade sheet shield ship silk sample skill slaughter spark
  speed spice steel stall stamp standing start stern stock story strange strand sugar sweet sword tall tell teller
  thorn toll tower towers trip twist wages wait wash watch water way welcome well wells whale wheat wheel wing
  winner wish worth yard klein gross lang kurz jung alt schwarz weiss braun rot grun gruen blau gut stark ernst
  konig koenig koch bauer richter berg stein feld bach wald hof vogel fuchs engel kaiser sommer herbst hahn markt
  blume zimmer ende anders mai rosa neu petit blanc noir roux roi clair fleur constant juste modeste parfait bon
  gros jeune vieux moulin pont bois champ campo casa casas rios flores guerra bravo leon luz sol mar paz rey blanca
  rojo blanco negro bueno costa monte rico vino вера надежда любовь роман лев слава роза лилия
`);

/** Of names of a few letters: so common that a capital where a sentence begins says nothing. */
export const smallWords = wordsOf(`
  an he my in so no do we is it on at as me us or if of to be am by go up she you her him his can could shall the
  and but not has had was are all any our out one two now see who how what when why did get got let put say too use
  off own per ask few far ich du er sie es wir ihr man nur ja nein la le il un el yo si
`);

/** In a whole name alone: they say who somebody is to us, or belong to another word of the name. */
export const neverAlone = wordsOf(`
  von vom zu zur zum van der den de del della di da du des dos das la le les el al bin ibn bint abu ter ten te und
  et y e and or of the for from at in on to by with mr mrs ms miss mx dr prof sir lady dame herr frau fraulein
  madame monsieur mme mlle senor senora dona sig signor signora jr sr ii iii unknown anonymous caller visitor
  customer client lead prospect contact person reception office team support test website web chat phone info admin
  owner tenant landlord buyer seller agent company family inc ltd llc gmbh plc
`);

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/u));
}
