package fr.passnumerique.loadtest.peak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every means that was thought of to make the rival faster. */
final class RivalVariants {
  /** Of {@link RivalSchema#SUBMIT}, in its order. */
  private static final String PARAMETERS =
      "integer, text, bytea, timestamptz, date, smallint[], bigint[], integer[], integer[],"
          + " integer[], smallint[], boolean[], boolean[]";

  private static final String COLUMNS =
      "refused smallint[], verdicts smallint[], explained_on date[], accepted_cents bigint,"
          + " content_digest bytea, already boolean";

  private static final Pattern PARAMETER_TYPE = Pattern.compile("[a-z]+(\\[])?");
  private static final Pattern SPENT_COLUMNS =
      Pattern.compile("returning (l\\.n,.*c\\.pattern)\\s+\\)");

  private RivalVariants() {}

  /**
   * @param name as a report has it
   */
  static Optional<Rival> of(String name) {
    return all().stream().filter(rival -> rival.name().equals(name)).findFirst();
  }

  /** The first is what the others are compared with. */
  static List<Rival> all() {
    Rival plain = Rival.plain();
    return List.of(
        plain,
        Rival.together(1),
        Rival.together(2),
        Rival.together(4),
        Rival.together(2).neverAlone(),
        together(1, "narrow", RivalVariants::narrow),
        together(1, "insert-only", RivalVariants::insertOnly),
        together(1, "carnets", RivalVariants::carnets),
        strongest("carnets", RivalVariants::carnets),
        strongest("batches read once", RivalVariants::readOnce),
        strongest("batches read once, carnets", rival -> carnets(readOnce(rival))),
        strongest("commit_delay", rival -> delayed(rival, 1)),
        strongest("batches read once, commit_delay", rival -> delayed(readOnce(rival), 1)),
        strongest("wal_compression", RivalVariants::compressed),
        strongest("carnets, wal_compression", rival -> compressed(carnets(rival))),
        delayed(plain, 2)
            .named("commit_delay", "commit_delay 100 µs where 2 others write (group commit)"),
        plain
            .named("function", "the same statement inside a PL/pgSQL function")
            .changed(
                "create function submit_slip(%s) returns table (%s) language plpgsql as $f$ #variable_conflict use_column%nbegin return query %s; end $f$"
                    .formatted(PARAMETERS, COLUMNS, RivalWay.numbered(RivalSchema.SUBMIT)))
            .writing(
                "select * from submit_slip(%s)"
                    .formatted(
                        PARAMETER_TYPE
                            .matcher(PARAMETERS)
                            .replaceAll(type -> "?::" + type.group()))),
        plain.named("JSON", "parameters as one JSON text in the place of arrays").writing(json()),
        plain.named("plans: auto", "plan_cache_mode = auto").with("plan_cache_mode=auto"),
        plain
            .named("plans: custom", "planned anew for each slip")
            .with("plan_cache_mode=force_custom_plan"),
        plain
            .named("plans: free", "hash and merge joins allowed")
            .with("enable_hashjoin=on", "enable_mergejoin=on", "enable_seqscan=on"),
        narrow(plain)
            .named("narrow", "what changes in a table of its own: serial, status, slip, day"),
        readOnce(plain)
            .named("batches read once", "each batch of a slip looked up once, not at each line"),
        carnets(plain).named("carnets", "a row per carnet of ten: which are spent is a bit each"),
        insertOnly(plain)
            .named(
                "insert-only", "a row in a table of redemptions, unique by serial, no row updated"),
        plain
            .named("hash index", "cheques kept apart and found by a hash index, no B-tree")
            .changed(
                "alter table cheque drop constraint cheque_pkey",
                "alter table cheque add constraint cheque_pkey exclude using hash (serial with =)"),
        plain
            .named("partitions", "cheques in 8 partitions by hash of their serial")
            .changed(
                "alter table cheque rename to whole",
                "create table cheque (like whole including defaults including constraints)"
                    + " partition by hash (serial)",
                "do $$ begin for i in 0..7 loop execute format('create table cheque_%s partition of"
                    + " cheque for values with (modulus 8, remainder %s) with (fillfactor = 85)',"
                    + " i, i); end loop; end $$",
                "insert into cheque select * from whole",
                "drop table whole",
                "alter table cheque add primary key (serial)"),
        fillfactor(100),
        fillfactor(70),
        compressed(plain).named("wal_compression", "wal_compression = pglz"),
        plain
            .named("no foreign keys", "of slips and balances")
            .changed(
                "do $$ declare c record; begin for c in select conrelid::regclass as of, conname"
                    + " from pg_constraint where contype = 'f' and connamespace ="
                    + " 'rival'::regnamespace loop execute format('alter table %s drop constraint"
                    + " %I', c.of, c.conname); end loop; end $$")
            .giving("foreign keys"),
        plain
            .named("no balances", "a row per slip and funder, summed by whoever asks")
            .changed("alter table owed drop constraint owed_pkey")
            .writing(
                without(
                    RivalSchema.SUBMIT,
                    """
                    on conflict (venue, agreement, funding_departement, spending_departement, funder)
                            do update set cents = o.cents + excluded.cents
                    """))
            .giving("balances that are there when asked for"),
        plain
            .named("synchronous_commit off", "answered before it is on the disk")
            .with("synchronous_commit=off")
            .giving("durability"));
  }

  /** Another design of the tables for slips that are taken together. */
  private static Rival together(int writers, String name, UnaryOperator<Rival> design) {
    Rival together = Rival.together(writers);
    return design
        .apply(together)
        .named(together.name() + ", " + name, together.tried() + "; " + name);
  }

  /** For a report that has not measured them. */
  static String told() {
    return all().stream()
        .map(
            other ->
                "- %s: %s%s%n"
                    .formatted(
                        other.name(),
                        other.tried(),
                        other.comparable() ? "" : "; gives up " + other.given()))
        .collect(
            Collectors.joining(
                "",
                """

                ## What was tried to make what is written by hand faster

                What each gave is told by `loadtest rivals`, in the reports `*-rivals.md` beside this one.

                """,
                ""));
  }

  /** Changed further: what gives something by itself may not beside what the strongest has. */
  private static Rival strongest(String name, UnaryOperator<Rival> design) {
    return together(2, name, design).neverAlone();
  }

  private static Rival readOnce(Rival rival) {
    return rival.rewritten(RivalVariants::readOnce);
  }

  private static String readOnce(String submit) {
    return with(
        with(
            submit,
            "spent as (",
            "lot as materialized (select * from batch where id in (select (serial >> 20)::integer"
                + " from line)), spent as ("),
        "join batch b on b.id = (l.serial >> 20)::integer where c.serial",
        "join lot b on b.id = (l.serial >> 20)::integer where c.serial");
  }

  /**
   * @param siblings others that must be writing for a commit to wait
   */
  private static Rival delayed(Rival rival, int siblings) {
    return rival.changed(forDatabase("commit_delay = 100")).with("commit_siblings=" + siblings);
  }

  private static Rival compressed(Rival rival) {
    return rival.changed(forDatabase("wal_compression = pglz"));
  }

  /** Where rows that were written are found again among those that were meant to be. */
  private static Rival hashing(Rival rival) {
    return rival.with("enable_hashjoin=on");
  }

  private static Rival fillfactor(int percent) {
    return Rival.plain()
        .named(
            "fillfactor %d".formatted(percent),
            "%d %% of a page filled with cheques at first, where it is 85 otherwise"
                .formatted(percent))
        .changed(filled(percent));
  }

  /** The table of cheques written anew. */
  private static String[] filled(int percent) {
    return new String[] {
      "alter table cheque set (fillfactor = %d)".formatted(percent), "vacuum full cheque"
    };
  }

  /** Settings that an administrator makes. */
  private static String forDatabase(String setting) {
    return "do $$ begin execute format('alter database %%I set %s', current_database()); end $$"
        .formatted(setting);
  }

  private static String json() {
    String sql = RivalSchema.SUBMIT;
    for (String column :
        List.of(
            "smallint[] as places",
            "bigint[] as serials",
            "integer[] as check_parts",
            "integer[] as sites",
            "integer[] as served_on",
            "smallint[] as services",
            "boolean[] as may_be_spent",
            "boolean[] as repeats")) {
      int as = column.indexOf("[] as ");
      sql =
          with(
              sql,
              "?::" + column,
              "array(select jsonb_array_elements_text(j -> '%s')::%s) as %s"
                  .formatted(
                      column.substring(as + 6), column.substring(0, as), column.substring(as + 6)));
    }
    return with(sql, "), known", "from (select ?::jsonb as j)), known");
  }

  private static String narrow(String submit) {
    String sql = submit;
    sql = with(sql, "update cheque c", "update spending s");
    sql =
        with(
            sql,
            "where c.serial = l.serial",
            "join cheque c on c.serial = l.serial where s.serial = l.serial");
    sql =
        with(
            sql,
            "left join cheque c on c.serial = l.serial",
            "left join cheque c on c.serial = l.serial left join spending s on s.serial ="
                + " l.serial");
    sql = with(sql, "c.status", "s.status");
    sql = with(sql, "then c.redeemed_on", "then s.redeemed_on");
    return sql;
  }

  private static Rival narrow(Rival rival) {
    return rival
        .rewritten(RivalVariants::narrow)
        .counting("select count(*) from spending where status = 2")
        .changed(
            """
            create table spending (
              serial      bigint   primary key,
              slip        bigint,
              redeemed_on date,
              status      smallint not null check (status between 0 and 3),
              check ((status = 2) = (slip is not null and redeemed_on is not null))
            ) with (fillfactor = 85)
            """,
            "insert into spending select serial, slip, redeemed_on, status from cheque order by"
                + " serial",
            "alter table cheque drop constraint cheque_status, drop constraint redeemed_by_a_slip,"
                + " drop constraint handed_out_with_dates, drop column slip, drop column"
                + " redeemed_on, drop column status",
            "alter table spending add foreign key (serial) references cheque")
        .changed(filled(100));
  }

  /** What may be spent is chosen, each cheque once, and written elsewhere than in its row. */
  private static String eligible(String sql, String columns) {
    return with(
        sql,
        """
        spent as (
                update cheque c
                   set status = 2, redeemed_on = l.today, slip = l.slip
                  from line l
        """,
        """
        eligible as materialized (
                select distinct on (l.serial) %s
                  from line l
        """
            .formatted(columns));
  }

  private static String insertOnly(String submit) {
    String sql = submit;
    sql = eligible(sql, "l.serial, l.today, " + spentColumns(sql));
    sql = with(sql, "where c.serial = l.serial", "join cheque c on c.serial = l.serial where true");
    sql =
        SPENT_COLUMNS
            .matcher(sql)
            .replaceFirst(
                """
                order by l.serial
                      ), inserted as (
                        insert into redemption (serial, slip, redeemed_on)
                        select serial, slip, today from eligible
                        on conflict (serial) do nothing
                        returning serial
                      ), spent as materialized (
                        select * from eligible where serial in (select serial from inserted)
                      )\
                """);
    sql =
        with(
            sql,
            "left join cheque c on c.serial = l.serial",
            "left join cheque c on c.serial = l.serial left join redemption r on r.serial ="
                + " l.serial");
    sql = with(sql, "c.status = 2", "r.serial is not null");
    sql = with(sql, "then c.redeemed_on", "then r.redeemed_on");
    return sql;
  }

  private static Rival insertOnly(Rival rival) {
    return hashing(rival)
        .rewritten(RivalVariants::insertOnly)
        .counting("select count(*) from redemption")
        .changed(
            "create table redemption (serial bigint primary key, slip bigint not null, redeemed_on"
                + " date not null)",
            "alter table cheque drop constraint redeemed_by_a_slip, drop column slip, drop column"
                + " redeemed_on")
        .changed(filled(100));
  }

  /** A row for ten cheques; what becomes of each is a bit. */
  private static String carnets(String submit) {
    String sql = submit;
    sql =
        with(
            sql,
            "u.serial,",
            "u.serial, ((u.serial >> 20) << 20) + ((u.serial & 1048575) - 1) / 10 as carnet,"
                + " (((u.serial & 1048575) - 1) % 10)::integer as k,");
    sql =
        eligible(
            sql,
            "l.serial, l.carnet, l.k, "
                + with(spentColumns(sql), "c.pattern", "c.patterns[l.k + 1] as pattern"));
    sql = with(sql, "where c.serial = l.serial", "join carnet c on c.id = l.carnet where true");
    sql =
        SPENT_COLUMNS
            .matcher(sql)
            .replaceFirst(
                Matcher.quoteReplacement(
                    """
                    order by l.serial
                          ), wanted as materialized (
                            select carnet, bit_or(1 << k) as bits, %s
                              from eligible
                             group by carnet
                             order by carnet
                          ), taken as (
                            update carnet c
                               set spent = c.spent | w.bits, slips = array[%s]
                              from wanted w
                             where c.id = w.carnet and w.bits & ~c.spent <> 0 and w.bits & c.opposed = 0
                            returning c.id, new.spent & ~old.spent as bits
                          ), spent as materialized (
                            select *
                              from eligible
                             where serial in (select (t.id >> 20 << 20) + (t.id & 1048575) * 10 + k + 1
                                                from taken t
                                               cross join generate_series(0, 9) as k
                                               where t.bits >> k & 1 = 1)
                          )\
                    """
                        .formatted(
                            ofEach("max(slip) filter (where k = %1$d) as slip_%1$d"),
                            ofEach(
                                "case when w.bits & ~c.spent & (1 << %1$d) <> 0 then w.slip_%1$d"
                                    + " else c.slips[%1$d + 1] end"))));
    sql =
        with(
            sql,
            "left join cheque c on c.serial = l.serial",
            "left join carnet c on c.id = l.carnet");
    sql = with(sql, "(c.serial >> 20)", "(c.id >> 20)");
    sql = with(sql, "c.serial is null", "c.check_parts[l.k + 1] is null");
    sql = with(sql, "c.check_part", "c.check_parts[l.k + 1]");
    sql = with(sql, "c.activated", "(c.activated >> l.k & 1 = 1)");
    sql = with(sql, "c.status = 0", "c.handed_out >> l.k & 1 = 0");
    sql = with(sql, "c.status = 1", "(c.handed_out & ~c.opposed & ~c.spent) >> l.k & 1 = 1");
    sql = with(sql, "c.status = 2", "c.spent >> l.k & 1 = 1");
    sql = with(sql, "c.status = 3", "c.opposed >> l.k & 1 = 1");
    sql = with(sql, "c.handed_out_on", "c.handed_out_on[l.k + 1]");
    sql = with(sql, "c.last_day", "c.last_day[l.k + 1]");
    sql =
        with(
            sql,
            "then c.redeemed_on",
            "then (select (s.presented_at at time zone 'Europe/Paris')::date from slip s where s.id"
                + " = c.slips[l.k + 1])");
    return sql;
  }

  private static Rival carnets(Rival rival) {
    return hashing(rival)
        .rewritten(RivalVariants::carnets)
        .counting("select coalesce(sum(bit_count(spent::bit(32))), 0) from carnet")
        .changed(
            """
            create table carnet (
              id            bigint     primary key,
              handed_out    integer    not null,
              activated     integer    not null,
              check_parts   integer[]  not null,
              patterns      smallint[] not null,
              handed_out_on date[]     not null,
              last_day      date[]     not null,
              opposed       integer    not null,
              spent         integer    not null,
              slips         bigint[]   not null,
              check (spent & ~(handed_out & ~opposed) = 0)
            ) with (fillfactor = 70)
            """,
            """
            insert into carnet
            select (serial >> 20 << 20) + ((serial & 1048575) - 1) / 10 as id,
                   bit_or((status = 1)::integer << (((serial & 1048575) - 1) % 10)::integer),
                   bit_or(activated::integer << (((serial & 1048575) - 1) % 10)::integer),
                   array_agg(check_part order by serial), array_agg(pattern order by serial),
                   array_agg(handed_out_on order by serial), array_agg(last_day order by serial),
                   0, 0, array_agg(slip order by serial)
              from cheque
             group by 1
             order by 1
            """,
            "drop table cheque");
  }

  /** For each cheque of a carnet. */
  private static String ofEach(String sql) {
    return IntStream.range(0, 10).mapToObj(sql::formatted).collect(Collectors.joining(", "));
  }

  private static String spentColumns(String sql) {
    var columns = SPENT_COLUMNS.matcher(sql);
    if (!columns.find()) {
      throw new IllegalStateException("what is spent is not told as it was");
    }
    return columns.group(1);
  }

  private static String without(String sql, String part) {
    return with(sql, part.strip(), "");
  }

  /** With another part in the place of one that must be there, however it is indented. */
  private static String with(String sql, String part, String other) {
    Matcher found =
        Pattern.compile(
                Arrays.stream(part.strip().split("\\s+"))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("\\s+", "", "(?!\\w)")))
            .matcher(sql);
    if (!found.find()) {
      throw new IllegalStateException("the statement has no longer: " + part);
    }
    return found.replaceAll(Matcher.quoteReplacement(other));
  }
}
