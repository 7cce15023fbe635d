package fr.passnumerique.projections.accounts;

import fr.passnumerique.projections.loop.Tables;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What balances are written to, and what must be the same when they are folded anew. */
final class AccountsTables {
  /** An account by its own words: its identifier is another when it is folded anew. */
  private static final String ACCOUNT =
      "concat_ws(' ', a.kind, "
          + Stream.of(
                  "programme",
                  "agreement",
                  "funder",
                  "funding_departement",
                  "venue",
                  "spending_departement",
                  "prescriber")
              .map("coalesce(nullif(a.%s, ''), '-')"::formatted)
              .collect(Collectors.joining(", "))
          + ")";

  /** Postings and facts are compared by so many positions: a difference is found in one of them. */
  private static final int POSITIONS = 100_000;

  static final Tables TABLES =
      Tables.of("account", "balance", "balance_sum", "posting", "journal", "commitment")
          .growing("posting", "journal", "commitment")
          .seededBy("insert into projections.balance_sum (cents) values (0)")
          .summed(
              "balance",
              """
              select %1$s as grouped, %1$s as key, b.cents::numeric as sum
                from projections.account a join projections.balance b on b.account_id = a.id
              """
                  .formatted(ACCOUNT),
              balances("cents", "cents"))
          // A balance is the one of now from its position on: that is where its last posting is, so
          // that in honest tables there is no row. Compared as it is, it would differ wherever
          // postings do, and by something else after each fact.
          .summed(
              "balance",
              """
              select %1$s as grouped, %1$s as key, (b.position - l.position)::numeric as sum
                from projections.account a join projections.balance b on b.account_id = a.id
               cross join lateral (select coalesce(max(p.position), 0) from projections.posting p
                                    where p.account_id = a.id) l(position)
               where b.position <> l.position
              """
                  .formatted(ACCOUNT),
              balances("last_fact", "position"))
          .summedRunning(
              "posting",
              """
              select g.block::text as grouped, format('%%s from position %%s', s.what, g.block * %1$d) as key, s.sum
                from (select p.position / %1$d as block, count(*)::numeric as postings,
                             sum(abs(p.cents)) as moved, sum(p.balance_cents) as balances,
                             sum(hashint8extended(p.position, hashint8extended(p.cents,
                                   hashint8extended(p.balance_cents, w.hash)))) as checksum
                        from projections.posting p
                        join (select a.id, hashtextextended(%2$s, 0) as hash from projections.account a group by a.id) w
                          on w.id = p.account_id
                       group by 1) g
               cross join lateral (values ('postings', g.postings), ('cents moved', g.moved), ('balances', g.balances),
                                          ('checksum', g.checksum)) as s(what, sum)
              """
                  .formatted(POSITIONS, ACCOUNT),
              // The grouping keeps each account's words from being hashed again for each of its
              // postings; an offset would keep it from being done on several processors.
              // With a checksum of each row: what is too much of one account or fact does not make
              // up for what is too little of another, and none stands at another position.
              // A balance that is wrong from one posting on is wrong in all that follow, and told
              // where it becomes so: compared is by how much each posting changes it. Only what
              // differs is looked at, and of what came before it the last of each account.
              // What an account held before a posting is read from the posting: where that is not
              // what it held after the one before, answers differ from that one on.
              // Where the other tables lack the last ones of an account in a block, theirs read it
              // from its next one in a later block, which is not looked at if it is the same: they
              // may differ since the last of an earlier block.
              """
              select s.grouped, s.key, s.position, w.since,
                     case when s.last and exists (
                                 select from projections.posting f
                                  where f.account_id = s.account_id and f.position >= (s.grouped::bigint + 1) * %1$d)
                          then coalesce(e.position, 0) else w.since end as alone,
                     jsonb_build_object('cents', s.cents,
                       'step', s.balance_cents - coalesce(s.cents_before, e.balance_cents, 0)) as compared,
                     jsonb_build_object('cents', s.cents, 'balance_cents', s.balance_cents) as shown
                from (select d.grouped, %2$s as key, p.account_id, p.position, p.cents, p.balance_cents,
                             lag(p.position) over of_account as position_before,
                             lag(p.balance_cents) over of_account as cents_before,
                             lead(p.position) over of_account is null as last
                        from differing d
                        join projections.posting p on p.position >= d.grouped::bigint * %1$d
                                                  and p.position < (d.grouped::bigint + 1) * %1$d
                        join projections.account a on a.id = p.account_id
                      window of_account as (partition by d.grouped, p.account_id
                                                order by p.position, p.balance_cents)) s
                left join lateral (select b.position, b.balance_cents from projections.posting b
                                    where (s.position_before is null or s.last)
                                      and b.account_id = s.account_id and b.position < s.grouped::bigint * %1$d
                                    order by b.position desc limit 1) e on true
               cross join lateral (
                     select case when s.balance_cents - s.cents = coalesce(s.cents_before, e.balance_cents, 0) then s.position
                                 else coalesce(s.position_before, e.position, 0) end) w(since)
              """
                  .formatted(POSITIONS, ACCOUNT))
          .summed(
              "journal",
              """
              select (j.position / %1$d)::text as grouped,
                     format('facts from position %%s', j.position / %1$d * %1$d) as key,
                     sum(hash_record_extended(j, j.position)) as sum
                from projections.journal j group by j.position / %1$d
              """
                  .formatted(POSITIONS),
              """
              select d.grouped, j.fact as key, j.position, j.position as since, j.position as alone,
                     to_jsonb(j) as compared, to_jsonb(j) as shown
                from differing d
                join projections.journal j on j.position >= d.grouped::bigint * %1$d
                                          and j.position < (d.grouped::bigint + 1) * %1$d
              """
                  .formatted(POSITIONS))
          .comparedByRow("commitment", "concat_ws(' ', t.agreement, t.position, t.funder)");

  /**
   * Of now from its last fact on: what was before is read from postings. But an account without a
   * balance is in no answer at all, so that one which only one side has counts since the account
   * was first moved.
   */
  private static String balances(String what, String column) {
    return """
    select %1$s as grouped, %1$s as key, null::bigint as position, b.position as since,
           least(b.position, f.position) as alone,
           jsonb_build_object('%2$s', b.%3$s) as compared, jsonb_build_object('%2$s', b.%3$s) as shown
      from projections.account a join projections.balance b on b.account_id = a.id
      left join lateral (select case when p.balance_cents = p.cents then p.position else 0 end as position
                           from projections.posting p where p.account_id = a.id
                          order by p.position limit 1) f on true
     where %1$s in (select grouped from differing)
    """
        .formatted(ACCOUNT, what, column);
  }

  private AccountsTables() {}
}
