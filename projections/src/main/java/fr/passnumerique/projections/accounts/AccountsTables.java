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
              "select "
                  + ACCOUNT
                  + """
                   as key, b.cents::numeric as sum
                    from projections.account a join projections.balance b on b.account_id = a.id
                  """)
          .summed(
              "posting",
              """
              select format('%%s from position %%s', s.what, g.block * %1$d) as key, s.sum
                from (select p.position / %1$d as block, count(*)::numeric as postings,
                             sum(abs(p.cents)) as moved, sum(p.balance_cents) as balances,
                             sum((p.balance_cents %% 1000003 + p.cents %% 1000003) * w.weight) as weighed
                        from projections.posting p
                        join (select a.id, 1 + (hashtext(%2$s) & 1023) as weight from projections.account a) w
                          on w.id = p.account_id
                       group by 1) g
               cross join lateral (values ('postings', g.postings), ('cents moved', g.moved), ('balances', g.balances),
                                          ('balances by account', g.weighed)) as s(what, sum)
              """
                  .formatted(POSITIONS, ACCOUNT),
              // Weighed by account, so that what is too much of one does not make up for what is
              // too little of another.
              // A balance that is wrong from one posting on is wrong in all that follow, and told
              // where it becomes so: compared is by how much each posting changes it.
              """
              select w.key, w.position, w.compared, w.shown
                from (select %2$s as key, p.position,
                             jsonb_build_object('cents', p.cents, 'step', p.balance_cents - lag(p.balance_cents, 1, 0::bigint)
                               over (partition by p.account_id order by p.position)) as compared,
                             jsonb_build_object('cents', p.cents, 'balance_cents', p.balance_cents) as shown
                        from projections.posting p join projections.account a on a.id = p.account_id) w
               where w.position / %1$d in
                     (select split_part(k, ' from position ', 2)::bigint / %1$d from unnest(?::text[]) k)
              """
                  .formatted(POSITIONS, ACCOUNT))
          .summed(
              "journal",
              """
              select format('facts from position %%s', j.position / %1$d * %1$d) as key,
                     sum(hashtextextended(j::text, 0)::numeric) as sum
                from projections.journal j group by j.position / %1$d
              """
                  .formatted(POSITIONS),
              """
              select j.fact as key, j.position, to_jsonb(j) as compared, to_jsonb(j) as shown
                from projections.journal j
               where j.position / %1$d in
                     (select split_part(k, ' from position ', 2)::bigint / %1$d from unnest(?::text[]) k)
              """
                  .formatted(POSITIONS))
          .comparedByRow("commitment", "concat_ws(' ', t.agreement, t.position, t.funder)");

  private AccountsTables() {}
}
