/** One memory of the sample library: how many days ago, what it says, and what it is under. */
export interface SampleMemory {
  readonly daysAgo: number;
  readonly content: string;
  readonly title?: string;
  readonly tags: readonly string[];
  readonly importance?: number;
  readonly pinned?: true;
  /** To which of the specializations it belongs. */
  readonly of?: 'garden' | 'bread';
  readonly session?: 'spring' | 'kitchen';
}

/** Domains that are not about words: each finds its memories by what they mean. */
export const sampleSpecializations = {
  garden: {
    name: 'Gardening in clay',
    domain: 'Gardening',
    description:
      'What works in a small garden with heavy soil: when to sow, what to leave alone, and how to water.',
  },
  bread: {
    name: 'Sourdough at home',
    domain: 'Baking',
    description:
      'Bread from wild yeast in an ordinary oven: flours, times, temperatures, and what went wrong.',
  },
} as const;

export const sampleSessions = {
  spring: { title: 'Spring in the garden', daysAgo: 214 },
  kitchen: { title: 'A month of baking', daysAgo: 61 },
} as const;

const g = { of: 'garden', session: 'spring' } as const;
const b = { of: 'bread', session: 'kitchen' } as const;

/** An ordinary year of somebody who is nobody: enough to see how things are found again. */
export const sampleMemories: readonly SampleMemory[] = [
  {
    daysAgo: 2,
    title: 'Where the water is turned off',
    content:
      'The main tap is in the cellar, behind the shelf with the paint. Turn the red handle until it stands across the pipe. The outdoor tap has a valve of its own, left of the window.',
    tags: ['house'],
    importance: 1,
    pinned: true,
  },
  {
    daysAgo: 4,
    content: 'Mira is allergic to hazelnuts, also as oil. Almonds are fine.',
    tags: ['people'],
    importance: 1,
    pinned: true,
  },
  {
    daysAgo: 6,
    content:
      'The boiler shows E4 when the pressure is below one bar. Fill it up to 1.5 with the black hose, then let the air out of the radiator in the bathroom.',
    tags: ['house'],
    importance: 0.75,
  },
  {
    daysAgo: 9,
    content: 'Anton starts school in September. He wants a bag with a whale on it.',
    tags: ['people'],
  },
  {
    daysAgo: 12,
    content: 'Dentist: next check in May. Ask about the night guard; the old one has a crack.',
    tags: ['health'],
  },
  {
    daysAgo: 15,
    content:
      'The best walk in fog: from the mill up to the chapel and back along the quarry. Two hours, no road to cross.',
    tags: ['outdoors'],
  },
  {
    daysAgo: 18,
    title: 'Wool jumper',
    content: 'Wash by hand, lukewarm, and dry it flat. The tumble dryer made the last one fit a cat.',
    tags: ['house'],
    importance: 0.25,
  },
  {
    daysAgo: 21,
    content:
      'Ida recommended “The Summer Book”: short chapters, an island, a grandmother and a child. Good for reading aloud.',
    tags: ['books'],
  },
  {
    daysAgo: 24,
    content: 'Tyres for the winter are 205/55 R16. The garage in Mill Lane stores them; ring a week ahead.',
    tags: ['house'],
  },
  {
    daysAgo: 27,
    content: 'Migraine again after three nights of too little sleep. No wine that week, so it was not that.',
    tags: ['health'],
  },
  {
    daysAgo: 30,
    content:
      'Talk by Prof. Lindqvist: what we practise in the evening is firmer the next morning. Sleep is part of learning, not a pause from it.',
    tags: ['work', 'learning'],
    importance: 0.75,
  },
  {
    daysAgo: 33,
    content:
      'Rye starter: 50 g rye, 50 g water, once a day at room temperature. It is ready when it doubles within six hours and smells of yoghurt.',
    tags: ['kitchen', 'bread'],
    importance: 0.75,
    ...b,
  },
  {
    daysAgo: 35,
    content:
      'The loaf was flat and wet inside. The dough had risen too long in the heat; next time shape it as soon as it wobbles.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 37,
    content:
      'Bake with steam for the first twenty minutes: a tray of boiling water below, then out with it. The crust becomes thin and crisp.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 40,
    content: '78 % water is the most that our flour takes. At 80 it runs through my fingers.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 43,
    content:
      'Overnight in the fridge gives the best taste: shape in the evening, bake at seven, straight from the cold.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 46,
    content: 'Spelt tears when it is kneaded as long as wheat. Fold it four times and leave it alone.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 49,
    content:
      'If the starter sleeps in the fridge for weeks: pour off the grey liquid, feed it twice, and it is back.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 52,
    content: 'Salt goes in last, after half an hour. The dough gets stretchy by itself until then.',
    tags: ['kitchen', 'bread'],
    ...b,
  },
  {
    daysAgo: 56,
    content:
      'Aunt Berta’s lentil soup: brown lentils, a bay leaf, a carrot, vinegar at the very end. Much vinegar.',
    tags: ['kitchen', 'people'],
  },
  {
    daysAgo: 60,
    content: 'Library card number ends in 4471. The reading room closes at eight on Thursdays.',
    tags: ['books'],
  },
  {
    daysAgo: 66,
    content:
      'Interview with the town archive: they look for people who can read old handwriting. Two mornings a week.',
    tags: ['work'],
  },
  {
    daysAgo: 72,
    title: 'Trip to Lisbon',
    content:
      'Stay near Graça, not in Baixa: quieter, and the tram 28 starts there. The viewpoint above the monastery is empty before nine.',
    tags: ['travel'],
    importance: 0.75,
  },
  {
    daysAgo: 73,
    content: 'Custard tarts are best at the small bakery beside the pharmacy, warm, with cinnamon.',
    tags: ['travel', 'kitchen'],
  },
  {
    daysAgo: 75,
    content:
      'Lost my phone on the ferry and got it back two days later. The lost property office is below platform 3.',
    tags: ['travel'],
  },
  {
    daysAgo: 80,
    content: 'Jonas plays the cello now. His concert is on the first Sunday of advent.',
    tags: ['people', 'music'],
  },
  {
    daysAgo: 86,
    content:
      'What helped against the stiff neck: a lower pillow and the screen a hand higher. Not the ointment.',
    tags: ['health', 'work'],
  },
  {
    daysAgo: 92,
    content:
      'Picked 11 kg of plums. Jam sets with 1 : 3 if it boils for four minutes; below that it stays syrup.',
    tags: ['garden', 'kitchen'],
    of: 'garden',
  },
  {
    daysAgo: 99,
    content:
      'The neighbours’ tortoise is called Herr Klee and eats dandelions. If he is on the road, he lives at number 9.',
    tags: ['people'],
  },
  {
    daysAgo: 105,
    content:
      'Blight on the tomatoes after a week of rain. Those under the roof stayed well: water from above is what brings it.',
    tags: ['garden'],
    importance: 0.75,
    of: 'garden',
  },
  {
    daysAgo: 112,
    content: 'Swimming in the lake is best from the north side. No boats, and the reeds keep the wind off.',
    tags: ['outdoors'],
  },
  {
    daysAgo: 119,
    content: 'Clay holds water: soak the beds once a week and well, instead of a little each evening.',
    tags: ['garden'],
    of: 'garden',
  },
  {
    daysAgo: 126,
    content:
      'Slugs do not cross the copper band around the raised bed. They do cross coffee grounds, egg shells and my patience.',
    tags: ['garden'],
    of: 'garden',
  },
  {
    daysAgo: 133,
    content: 'The wifi in the attic is weak because of the chimney. A second box on the landing solved it.',
    tags: ['house'],
  },
  {
    daysAgo: 140,
    content: 'A sentence from the funeral: grief is love that does not know where to go.',
    tags: ['people', 'learning'],
    importance: 0.75,
  },
  {
    daysAgo: 147,
    content: 'Repaired the drawer with a strip of beech and hide glue. Clamp it overnight.',
    tags: ['house'],
  },
  {
    daysAgo: 154,
    content: 'Anna’s new address is Weidenweg 12, third floor. The bell is the one without a name.',
    tags: ['people'],
  },
  {
    daysAgo: 161,
    content: 'Pulse after the hill run: 168, and back to 100 within two minutes. In March it took five.',
    tags: ['health', 'outdoors'],
  },
  {
    daysAgo: 168,
    content: 'Beans are sown when the lilac is over, not before: below ten degrees they rot.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 172,
    content:
      'Sand and compost in autumn, never peat: after three years the heavy bed can be dug with one hand.',
    tags: ['garden'],
    ...g,
    importance: 0.75,
  },
  {
    daysAgo: 176,
    content: 'Cut the roses when the forsythia flowers, above a bud that looks outward.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 180,
    content:
      'Peas want to be early and wet. Sow them in a gutter on the window sill and slide them into the row.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 184,
    content: 'Never work the soil when it sticks to the boots. It sets like brick.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 188,
    content: 'Garlic planted in October is twice as large as what I planted in spring.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 192,
    content:
      'The pear tree needs another variety near it, or there is no fruit. The neighbour’s Conference will do.',
    tags: ['garden'],
    ...g,
  },
  {
    daysAgo: 196,
    content: 'Leave the leaves under the hedge: the hedgehog was there again on 3 March.',
    tags: ['garden', 'outdoors'],
    ...g,
  },
  {
    daysAgo: 203,
    content: 'Tax: the study counts only if it has a door. Keep the plan of the flat.',
    tags: ['work', 'house'],
  },
  {
    daysAgo: 212,
    content: 'Chess with Oskar: he opens with the English each time. Answer with e5 and do not hurry.',
    tags: ['people'],
  },
  {
    daysAgo: 221,
    content: 'Grandmother’s clock runs eight minutes slow a week in winter. Move the weight up by one turn.',
    tags: ['house', 'people'],
  },
  {
    daysAgo: 230,
    content: 'How to explain a database to a child: a very patient librarian who never goes home.',
    tags: ['work', 'learning'],
  },
  {
    daysAgo: 240,
    content:
      'Reading list on memory: Yates, “The Art of Memory”; Luria, “The Mind of a Mnemonist”; Foer, “Moonwalking with Einstein”.',
    tags: ['books', 'learning'],
  },
  {
    daysAgo: 251,
    title: 'A room for every thought',
    content:
      'The method of loci: walk through a house you know and put one thing in each place. Going through it again, you find them in their order.',
    tags: ['learning'],
    importance: 0.75,
  },
  {
    daysAgo: 262,
    content: 'Passport expires in two years, on 14 June. The office takes six weeks.',
    tags: ['travel'],
  },
  {
    daysAgo: 274,
    content:
      'The choir sings the Fauré requiem at Easter. Rehearsal on Tuesdays at half past seven; bring a pencil.',
    tags: ['music'],
  },
  {
    daysAgo: 286,
    content: 'Bees sleep in the hollow stems of last year’s fennel. Cut it in April, not in autumn.',
    tags: ['garden', 'outdoors'],
    of: 'garden',
  },
  {
    daysAgo: 298,
    content:
      'The knee hurts going down, not up. Shorter steps and poles; the physiotherapist says the hip is weak.',
    tags: ['health', 'outdoors'],
  },
  {
    daysAgo: 311,
    content: 'Blue paint in the hall is “Oval Room 85”. Two litres did both sides.',
    tags: ['house'],
  },
  {
    daysAgo: 324,
    content: 'Learned three chords on the ukulele and can play eleven songs with them, nine of them badly.',
    tags: ['music'],
    importance: 0.25,
  },
  {
    daysAgo: 338,
    content: 'What I want to keep from this year: fewer meetings, more soup, the lake before breakfast.',
    tags: ['learning'],
    importance: 0.75,
  },
  {
    daysAgo: 352,
    content: 'First snow. Clara made a snow owl and called it Professor.',
    tags: ['people', 'outdoors'],
  },
];
