import { Migration } from '@mikro-orm/migrations';

/**
 * All characters past ASCII that stand between words: what Unicode 17 takes for neither letter, mark nor number, and the
 * raised digits of footnotes and fractions. Written out, because what a server takes for a letter depends on its locale.
 */
const betweenWords = `
  80-A9 AB-B4 B6-B9 BB-BF D7 F7 2C2-2C5 2D2-2DF 2E5-2EB 2ED 2EF-2FF 375 37E 384-385 387 3F6 482 55A-55F
  589-58F 5BE 5C0 5C3 5C6 5F3-60F 61B-61F 66A-66D 6D4 6DD-6DE 6E9 6FD-6FE 700-70F 7F6-7F9 7FE-7FF 830-83E
  85E 888 890-891 8E2 964-965 970 9F2-9F3 9FA-9FB 9FD A76 AF0-AF1 B70 BF3-BFA C77 C7F C84 D4F D79 DF4 E3F
  E4F E5A-E5B F01-F17 F1A-F1F F34 F36 F38 F3A-F3D F85 FBE-FC5 FC7-FDA 104A-104F 109E-109F 10FB 1360-1368
  1390-1399 1400 166D-166E 1680 169B-169C 16EB-16ED 1735-1736 17D4-17D6 17D8-17DB 1800-180A 1940-1945
  19DE-19FF 1A1E-1A1F 1AA0-1AA6 1AA8-1AAD 1B4E-1B4F 1B5A-1B6A 1B74-1B7F 1BFC-1BFF 1C3B-1C3F 1C7E-1C7F
  1CC0-1CC7 1CD3 1FBD 1FBF-1FC1 1FCD-1FCF 1FDD-1FDF 1FED-1FEF 1FFD-2070 2074-207E 208A-208E 20A0-20C1
  2100-2101 2103-2106 2108-2109 2114 2116-2118 211E-2123 2125 2127 2129 212E 213A-213B 2140-2144 214A-214D
  214F-215F 2189-244A 249C-24E9 2500-2775 2794-2BFF 2CE5-2CEA 2CF9-2CFC 2CFE-2CFF 2D70 2E00-2E2E 2E30-3004
  3008-3020 3030 3036-3037 303D-303F 309B-309C 30A0 30FB 3190-3191 3196-319F 31C0-31EF 3200-321E 322A-3247
  3250 3260-327F 328A-32B0 32C0-33FF 4DC0-4DFF A490-A4C6 A4FE-A4FF A60D-A60F A673 A67E A6F2-A716 A720-A721
  A789-A78A A828-A82B A836-A839 A874-A877 A8CE-A8CF A8F8-A8FA A8FC A92E-A92F A95F A9C1-A9CD A9DE-A9DF
  AA5C-AA5F AA77-AA79 AADE-AADF AAF0-AAF1 AB5B AB6A-AB6B ABEB FB29 FBB2-FBD2 FD3E-FD4F FD90-FD91 FDC8-FDCF
  FDFC-FE19 FE30-FE6B FEFF-FF0F FF1A-FF20 FF3B-FF40 FF5B-FF65 FFE0-FFFD 10100-10102 10137-1013F
  10179-10189 1018C-101FC 1039F 103D0 1056F 10857 10877-10878 1091F 1093F 10A50-10A58 10A7F 10AC8
  10AF0-10AF6 10B39-10B3F 10B99-10B9C 10D6E 10D8E-10D8F 10EAD 10ED0-10ED8 10F55-10F59 10F86-10F89
  11047-1104D 110BB-110C1 110CD 11140-11143 11174-11175 111C5-111C8 111CD 111DB 111DD-111DF 11238-1123D
  112A9 113D4-113D8 1144B-1144F 1145A-1145D 114C6 115C1-115D7 11641-11643 11660-1166C 116B9 1173C-1173F
  1183B 11944-11946 119E2 11A3F-11A46 11A9A-11A9C 11A9E-11AA2 11B00-11B09 11BE1 11C41-11C45 11C70-11C71
  11EF7-11EF8 11F43-11F4F 11FD5-11FFF 12470-12474 12FF1-12FF2 13430-1343F 16A6E-16A6F 16AF5 16B37-16B3F
  16B44-16B45 16D6D-16D6F 16E97-16E9A 16FE2 1BC9C 1BC9F-1CCEF 1CCFA-1CEF0 1CF50-1D164 1D16A-1D16C
  1D173-1D17A 1D183-1D184 1D18C-1D1A9 1D1AE-1D241 1D245 1D300-1D356 1D6C1 1D6DB 1D6FB 1D715 1D735 1D74F
  1D76F 1D789 1D7A9 1D7C3 1D800-1D9FF 1DA37-1DA3A 1DA6D-1DA74 1DA76-1DA83 1DA85-1DA8B 1E14F 1E2FF 1E5FF
  1E95E-1E95F 1ECAC 1ECB0 1ED2E 1EEF0-1F0F5 1F10D-1FBEF 1FBFA E0001-E007F`;
/** Marks that change how a word looks at most: soft hyphens, joiners, choices of a variant. Words go on across them. */
const unseen = 'AD 34F 115F-1160 17B4-17B5 180B-180F 200D 3164 FE00-FE0F FFA0 E0100-E01EF';
/** Of scripts that put no spaces between words, and Hangul, which puts them elsewhere than a person searches. */
const unspaced =
  'E01-E3A E40-E4E E81-ECD 1000-109F 1780-17D3 3005 3041-3096 30A1-30FA 30FC 31F0-31FF 3400-4DBF 4E00-9FFF ' +
  'AC00-D7A3 F900-FAFF FF66-FF9D 20000-3FFFF';
/**
 * Written by some and left out by others: accents that are no part of a letter, vowels of Hebrew and Arabic, the stroke
 * that stretches an Arabic word.
 */
const leftOut =
  '300-36F 483-487 591-5BD 5BF 5C1-5C2 5C4-5C5 5C7 610-61A 640 64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED ' +
  '8D3-8E1 8E3-8FF 1AB0-1AFF 1DC0-1DFF 20D0-20F0 3099-309A FE20-FE2F';
/** Without these the parser would see addresses, paths, tags and versions instead of words. */
const signs = '<>&/\\\\_@.+:~-';

/** Ranges of code points as what stands between the brackets of a pattern. */
const characters = (ranges: string): string =>
  ranges
    .trim()
    .split(/\s+/)
    .map((range) => range.replace(/[\dA-F]+/g, (code) => `\\U${code.padStart(8, '0')}`))
    .join('');

/** A tsvector is limited to 1 MB. */
const mostBytes = 1_000_000;
const pieceLength = 40_000;

/** What a word weighs in a memory, at least, to be listed once more, twice, three times: 1 is one of a usual text, 2.2 the most. */
const heavy = [1.2, 1.45, 1.75] as const;
/** How BM25 counts: k1 and b as everywhere; a word of the title stands for three of the text. */
const saturation = 1.2;
const lengthShare = 0.75;
const titleWeight = 3;
/** More, pgvector does not keep. */
const mostWords = 16_000;
/** So many memories tell what language the library is in. */
const sampleSize = 2_000;
const manyAtOnce = {
  max_parallel_workers_per_gather: 4,
  parallel_setup_cost: 0,
  parallel_tuple_cost: 0,
  min_parallel_table_scan_size: 0,
};

const wordsOf = (language: string): string => `
  case when title is null then ''
    else setweight(words_of(('loci_' || ${language})::regconfig, title), 'A') end
  || words_of(('loci_' || ${language})::regconfig, content)`;

/** Cuts a text into words at whatever is no letter of any script, and reads it to its end. */
export class Migration20261121140000_cut_words_in_every_script extends Migration {
  override up(): void {
    // Accents: the stemmer takes them off, but for capitals without any, which are how Greek is written in capitals.
    this.addSql(`
      alter text search configuration loci_greek alter mapping for asciiword, word, numword with unaccent, loci_greek`);

    // Blanked before it is composed: a trade mark would become two letters of the word before it. In lower case already,
    // as the parser may know the letters of English alone.
    this.addSql(`
      create function fold_words(written text) returns text
      language plpgsql immutable strict parallel safe as $$
      begin
        if octet_length(written) = char_length(written) then
          return regexp_replace(written, '[${signs}]+', ' ', 'g');
        end if;
        return translate(
          regexp_replace(
            lower(normalize(
              regexp_replace(
                regexp_replace(written, '[${characters(unseen)}]+', '', 'g'),
                '[${characters(betweenWords)}${signs}]+', ' ', 'g'),
              NFKC)),
            '[${characters(leftOut)}]+', '', 'g'),
          U&'\\0622\\0623\\0625\\0671\\03C2.', U&'\\0627\\0627\\0627\\0627\\03C3 ');
      end
      $$`);

    // A run of a script without spaces becomes its pairs of characters, and its last one by itself, so that a word
    // inside is found by its pairs, and a single character by the pairs that it begins.
    this.addSql(`
      create function pair_words(folded text) returns text
      language plpgsql immutable strict parallel safe as $$
      declare
        pairs text;
      begin
        if octet_length(folded) = char_length(folded) or folded !~ '[${characters(unspaced)}]' then
          return folded;
        end if;
        pairs := regexp_replace(folded, '[^${characters(unspaced)}]+', ' ', 'g');
        pairs := regexp_replace(pairs, '(^| )[${characters(unspaced)}]', ' ', 'g');
        return regexp_replace(folded || ' ' || pairs, '([${characters(unspaced)}]{1,2})', ' \\1 ', 'g');
      end
      $$`);

    // Piece by piece, as far as there is room.
    this.addSql(`
      create function words_of(configuration regconfig, written text) returns tsvector
      language plpgsql immutable strict parallel safe as $$
      declare
        folded constant text := fold_words(written);
        last constant integer := char_length(folded);
        place integer := 1;
        piece text;
        words tsvector := '';
        more tsvector;
      begin
        if last <= ${pieceLength} then
          return to_tsvector(configuration, pair_words(folded));
        end if;
        while place <= last loop
          piece := substr(folded, place, ${pieceLength});
          if place + ${pieceLength} <= last then
            -- Not in the middle of a word.
            piece := left(piece, ${pieceLength} + 1 - greatest(1, position(' ' in reverse(right(piece, 500)))));
          end if;
          more := to_tsvector(configuration, pair_words(piece));
          exit when length(words) >= ${mostWords} or pg_column_size(words) + pg_column_size(more) > ${mostBytes};
          words := words || more;
          place := place + char_length(piece);
        end loop;
        return words;
      end
      $$`);

    // Beside the number of each word of a memory, once more those of words that weigh much in it, as numbers past those
    // of words: of a word that stands in thousands of memories, the index tells where it is said most.
    this.addSql(`drop index memory_word_weight_words_index`);
    this.addSql(`
      create or replace function words_in(weights sparsevec) returns integer[]
      language plpgsql immutable strict parallel safe cost 100000 as $$
      declare
        pairs constant numeric[] := ('{' || replace(split_part(substr(weights::text, 2), '}', 1), ':', ',') || '}')::numeric[];
        words integer[] := '{}';
        id integer;
        weight numeric;
      begin
        for place in 1 .. cardinality(pairs) / 2 loop
          id := pairs[2 * place - 1];
          weight := pairs[2 * place];
          words := words || id;
          if weight >= ${heavy[0]} then
            words := words || -id;
          end if;
          if weight >= ${heavy[1]} then
            words := words || id + 1000000000;
          end if;
          if weight >= ${heavy[2]} then
            words := words || -1000000000 - id;
          end if;
        end loop;
        return words;
      end
      $$`);

    // Of more words than are kept, those that weigh most and, among equals, the first.
    this.addSql(`
      create or replace function word_weights(words tsvector, average_length real)
      returns sparsevec
      language sql immutable parallel safe as $$
        select ('{' || coalesce(string_agg(id || ':' || weight, ','), '') || '}/1000000000')::sparsevec
        from (
          select word_id(lexeme) as id,
            max((${saturation + 1}::real * times / (times + ${saturation}::real * (${1 - lengthShare}::real + ${lengthShare}::real * length / average_length)))::real) as weight
          from (
            select lexeme, times, first, (sum(single) over ())::real as length
            from (
              select lexeme, sum(times)::real as times, sum(single) as single, min(first) as first
              from (
                select lexeme, cardinality(positions) as times, cardinality(positions) as single, positions[1] as first
                from unnest(words)
                union all
                select lexeme, cardinality(positions) * ${titleWeight - 1}, 0, 1 from unnest(ts_filter(words, '{a}'))
              ) each group by lexeme
            ) summed
          ) counted
          group by 1 order by weight desc, min(first) limit ${mostWords}
        ) weighed
      $$`);

    this.addSql(`
      create or replace function write_memory_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
        average constant real := coalesce((select average_length from word_scale), average_word_length());
      begin
        with told as materialized (
          select m.id, m.user_id, m.deleted_at is not null as trashed, m.title, m.content,
            language_of(coalesce(m.title || ' ', '') || left(m.content, 400), expected) as language
          from memory m where m.id = any(ids)
        ), parsed as materialized (
          select id, user_id, trashed, language, ${wordsOf('language')} as words from told
        ), measured as materialized (
          select p.*, l.length, coalesce(average, avg(length) over ())::real as average_length from parsed p
            cross join lateral (select coalesce(sum(cardinality(positions)), 0) as length from unnest(words)) l
        ), kept as (
          insert into memory_word (memory_id, language, average_length, words)
          select id, language, greatest(average_length, 1), words from measured
        ), weighed as (
          insert into memory_word_weight (memory_id, user_id, trashed, weights)
          select id, user_id, trashed, word_weights(words, greatest(average_length, 1)) from measured
        )
        insert into word_change (word, documents, length)
        select lexeme, count(*), 0 from parsed cross join lateral unnest(tsvector_to_array(words)) lexeme group by lexeme
        union all
        select E'\\x01' || language, count(*), sum(length) from measured group by language;
      end
      $$`);
    this.addSql(`
      create or replace function write_past_words(ids uuid[]) returns void language plpgsql as $$
      declare
        expected constant text := usual_language();
        average constant real := coalesce((select average_length from word_scale), average_word_length(), 1);
      begin
        insert into memory_past_word (memory_id, number, ended_at, language, words, weights)
        select memory_id, number, created_at, language, words, word_weights(words, greatest(average, 1))
        from (
          select s.*, ${wordsOf('language')} as words
          from (
            select v.memory_id, v.number, v.created_at, v.title, v.content,
              language_of(coalesce(v.title || ' ', '') || left(v.content, 400), expected) as language,
              lead(v.title, 1, m.title) over later as next_title, lead(v.content, 1, m.content) over later as next_content
            from memory_version v join memory m on m.id = v.memory_id
            where v.memory_id = any(ids) and not v.merged
            window later as (partition by v.memory_id order by v.number)
          ) s
          where (title, content) is distinct from (next_title, next_content)
          offset 0
        ) parsed
        on conflict (memory_id, number) do nothing;
      end
      $$`);
    this.addSql('drop function spaced_words');

    this.#readAllAnew();
  }

  /** All words of the library, as if they had been written at once: with every processor, and each index in one go. */
  #readAllAnew(): void {
    this.addSql('drop index word_spelling_similar_index');
    this.addSql(
      'truncate memory_word, memory_word_weight, word, word_change, word_spelling, word_scale, memory_past_word',
    );
    // Each of them is worth its while: reading a memory takes far longer than starting to.
    for (const [setting, value] of Object.entries(manyAtOnce)) this.addSql(`set local ${setting} = ${value}`);
    // Several processes read for a table that is made, but for none that is there already.
    this.addSql(`
      create table word_reading as
      select m.id, m.user_id, m.deleted_at is not null as trashed, l.language, ${wordsOf('l.language')} as words
      from memory m cross join lateral (
        select language_of(coalesce(m.title || ' ', '') || left(m.content, 400), (
          select coalesce(mode() within group (order by language_of(left(content, 400), 'simple')), 'simple')
          from (select content from memory limit ${sampleSize}) sample)) as language
        offset 0) l`);
    this.addSql(`
      create table word_measuring as
      select id, language, (select coalesce(sum(cardinality(positions)), 0) from unnest(words)) as length
      from word_reading`);
    this.addSql(`
      insert into word_scale (average_length)
      select greatest(avg(length), 1) from word_measuring having count(*) > 0`);
    this.addSql(`
      create table word_weighing as
      select id, user_id, trashed, word_weights(words, (select average_length from word_scale)) as weights
      from word_reading`);
    this.addSql(`
      insert into memory_word (memory_id, language, average_length, words)
      select id, language, (select average_length from word_scale), words from word_reading`);
    this.addSql(`
      insert into memory_word_weight (memory_id, user_id, trashed, weights)
      select id, user_id, trashed, weights from word_weighing`);
    this.addSql(`
      insert into word (word, documents, length)
      select word, ndoc, 0 from ts_stat('select words from word_reading') union all
      select E'\\x01' || language, count(*), sum(length) from word_measuring group by language`);
    this.addSql(`
      insert into word_spelling (word)
      select word from word where documents > 0 and char_length(word) between 3 and 40 and word ~ '^[[:alpha:]]'`);
    this.addSql('drop table word_reading, word_measuring, word_weighing');
    this.addSql(`
      create index memory_word_weight_words_index on memory_word_weight
      using gin (words_in(weights)) with (fastupdate = off)`);
    this.addSql('alter index memory_word_weight_words_index alter column 1 set statistics 0');
    this.addSql(
      'create index word_spelling_similar_index on word_spelling using gist (word gist_trgm_ops (siglen = 32))',
    );
    for (const setting of Object.keys(manyAtOnce)) this.addSql(`set local ${setting} to default`);
    this.addSql(`
      do $$
      declare
        batch uuid[];
      begin
        loop
          batch := array(
            select distinct memory_id from memory_version
            where batch is null or memory_id > batch[cardinality(batch)] order by memory_id limit 500);
          exit when batch = '{}';
          perform write_past_words(batch);
        end loop;
      end
      $$`);
  }
}
