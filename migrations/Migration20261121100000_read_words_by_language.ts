import { Migration } from '@mikro-orm/migrations';

/**
 * The commonest small words of each language that Postgres can stem: a text is in the language of which it
 * has the most. Written as people write them, with their accents, in lower case.
 */
const smallWords = {
  english:
    'the of and to in is that it was for on are with as be at this have from or had by not but what all were we when your can there use an which she do how their if will up about out many then them these so some her would make like him into has look my me our you they been its than who did get just',
  german:
    'der die das und ist in zu den ein eine nicht von mit sich auf für dem des im auch es an als werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde wenn können ich mir mich wir uns habe kein keine',
  french:
    'le la les de des du et un une est en que qui dans pour pas sur au aux avec ce il elle sont plus par ne se son sa ses cette ou mais nous vous je tu mon ma mes été être fait comme leur tout très même aussi bien sans deux où dont ils elles',
  spanish:
    'el la los las de que y en un una es se no por con para su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso mi yo son está era fue del',
  italian:
    'il la lo i gli le di che e un una è in non si per con del della dei delle da al alla sono come più ma anche ha nel nella se ci questo questa o era suo sua mi ho io tu noi loro dal dalla sul sulla molto tutto tutti quando dove cosa',
  portuguese:
    'o a os as de que e do da dos das em um uma é não se por com para no na nos nas mais como mas ao ele ela sua seu ou quando muito já eu também só pelo pela até isso entre depois sem mesmo aos meu minha são está foi você tem',
  dutch:
    'de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit naar wel door over hij ik je ze we wat deze die dit hebben heeft werd wordt kan geen mijn meer al worden was toen dus zo hun zou',
  swedish:
    'och det att i en jag som han på den med var sig för så till är men ett om hade de av inte du när efter upp vi dem vara vad över kan sina här ha mot alla under någon eller allt mycket sedan denna från ut nu har min',
  danish:
    'og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op hans hvor eller hvad skal her alle vil blev kunne når være noget',
  norwegian:
    'og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi min mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle vil ble kunne når noen noe',
  finnish:
    'ja on ei että se oli hän joka mutta kun niin ovat tämä ole myös jos kuin sen hänen vain ne olen en minä sinä me te he tai mitä mikä kanssa jo vielä sitä siitä siinä tässä jotka koska sekä joten nyt',
  hungarian:
    'a az és hogy nem is egy ez de meg van már csak volt mint el még be vagy azt ha ki kell lehet le ezt én te mi ami aki amely nagyon majd akkor minden úgy így mert sem itt ott pedig után',
  romanian:
    'și în de la a cu pe nu este o un care din că sunt pentru mai al ale se au fost prin sau dar ca cel cea lui ei să ce am îi le această acest după fără între foarte când unde este',
  catalan:
    'el la els les de que i a en un una és no amb per del al es se com més però va són ha aquest aquesta dels també o seva seu ser molt hi ho ja quan on li hem tot sense fins perquè',
  indonesian:
    'yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena ada adalah bisa oleh sudah kita atau mereka sebagai lebih kami telah dia saat dapat seperti hanya banyak harus tahun bahwa belum anda',
  turkish:
    've bir bu da de için ile çok ne daha var gibi ama o en kadar sonra olarak olan ben sen biz siz mi mı değil her ya ki şey nasıl neden veya şu hem benim yok oldu diye bana',
  russian:
    'и в не на я что он с как это а по но из у за от так же к вы мы ты она они бы то все его ее только меня мне было был для о нет да ещё когда уже или ни если до при есть чтобы',
  greek:
    'και το να του η της με που την από για ο τον είναι στο τα δεν θα στην οι τη μας των ότι σε μου τους αυτό μια ένα στη ή πως αν κι όπως αλλά πολύ έχει ήταν στα στις',
  arabic:
    'في من على أن إلى التي هذا عن مع لا ما الذي كان هذه أو كل بعد لم قد ذلك بين وقد كما لها وفي غير هو هي ثم',
  hindi: 'के है में की और का से को पर यह कि ने हैं एक भी नहीं हो इस था वह लिए तो ही थी जो कर साथ अपने या',
} as const;

/** Stems depend on their marks there, or the stemmer takes care of them itself. */
const keepsMarks = ['russian', 'greek', 'arabic', 'hindi'];

/** Of scripts that put no spaces between words, and Hangul, which puts them elsewhere than a person searches. */
const unspaced =
  '\\u0E01-\\u0E3A\\u0E40-\\u0E4E\\u0E81-\\u0ECD\\u1000-\\u109F\\u1780-\\u17D3\\u3005\\u3041-\\u3096\\u30A1-\\u30FA\\u30FC' +
  '\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFF66-\\uFF9D\\U00020000-\\U0003FFFF';

/** How Postgres reads a text as words, for those that are stored and those that are searched for alike. */
export class Migration20261121100000_read_words_by_language extends Migration {
  override up(): void {
    // The stop words stay in: "to be or not to be" can be searched for, and BM25 knows what is common.
    for (const language of Object.keys(smallWords)) {
      this.addSql(
        `create text search dictionary loci_${language} (template = pg_catalog.snowball, language = ${language})`,
      );
      this.addSql(`create text search configuration loci_${language} (copy = pg_catalog.simple)`);
      const before = keepsMarks.includes(language) ? '' : 'unaccent, ';
      this.addSql(`
        alter text search configuration loci_${language} alter mapping for asciiword, word, numword
        with ${before}loci_${language}`);
    }
    this.addSql(`create text search configuration loci_simple (copy = pg_catalog.simple)`);
    this.addSql(`
      alter text search configuration loci_simple alter mapping for asciiword, word, numword with unaccent, simple`);

    // Without these signs, or the parser would see addresses, paths, tags and versions instead of words.
    // What is beyond the first part of a book is not searched for by words: a tsvector is limited to 1 MB.
    // A run of a script without spaces becomes its pairs of characters, and its last one by itself, so that a
    // word inside is found by its pairs, and a single character by the pairs that it begins.
    this.addSql(`
      create function spaced_words(written text) returns text
      language plpgsql immutable strict parallel safe as $$
      declare
        spaced text := regexp_replace(left(written, 150000), '[<>&/\\\\_@.+:~-]+', ' ', 'g');
        pairs text;
      begin
        if octet_length(spaced) = char_length(spaced) or spaced !~ '[${unspaced}]' then
          return spaced;
        end if;
        spaced := left(spaced, 40000);
        pairs := regexp_replace(spaced, '[^${unspaced}]+', ' ', 'g');
        pairs := regexp_replace(pairs, '(^| )[${unspaced}]', ' ', 'g');
        return regexp_replace(spaced || ' ' || pairs, '([${unspaced}]{1,2})', ' \\1 ', 'g');
      end
      $$`);

    // Built in, not a table: it is what it is on every server, and never changes.
    this.addSql(`
      create function small_words() returns jsonb language sql immutable parallel safe
      return '${JSON.stringify(languagesByWord())}'::jsonb`);
    // The beginning tells. One or two small words can stand in any language: it takes more than that to
    // make it another than the one expected.
    this.addSql(`
      create function language_of(written text, expected text) returns text
      language plpgsql immutable parallel safe as $$
      declare
        known constant jsonb := small_words();
        best record;
      begin
        select names.language, count(*) - case when names.language = expected then -2 else 0 end as times into best
        from unnest(string_to_array(
          (select string_agg(known ->> lexeme, '')
           from unnest(tsvector_to_array(to_tsvector('pg_catalog.simple', left(written, 400)))) lexeme), null)) letter
          cross join lateral (select ('${JSON.stringify(namesByLetter())}'::jsonb) ->> letter as language) names
        group by names.language
        order by times desc, names.language = expected desc, names.language = 'english' desc, names.language
        limit 1;
        return case when best.times >= 2 then best.language else expected end;
      end
      $$`);
  }
}

const letterOf = (language: string): string =>
  String.fromCharCode('a'.charCodeAt(0) + Object.keys(smallWords).indexOf(language));

function namesByLetter(): Record<string, string> {
  return Object.fromEntries(Object.keys(smallWords).map((language) => [letterOf(language), language]));
}

/** For each small word the languages it is one of, a letter each. */
function languagesByWord(): Record<string, string> {
  const languages: Record<string, string> = {};
  for (const [language, words] of Object.entries(smallWords))
    for (const word of new Set(words.split(' ')))
      languages[word] = (languages[word] ?? '') + letterOf(language);
  return languages;
}
