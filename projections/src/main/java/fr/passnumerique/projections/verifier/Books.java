package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every account's balance, recomputed; whether it may be so, covers, and is what was published. */
final class Books {
  /** What a funder's cash for an agreement has to cover. */
  private static final Set<String> COVERED =
      Set.of(
          "CHEQUES_OUTSTANDING",
          "VENUE_PAYABLE",
          "TRANSFER_IN_TRANSIT",
          "TRANSFER_EXECUTED",
          "DUE_BACK",
          "TO_GIVE_BACK");

  private final Findings findings;
  private final Chart chart;
  private final Map<Account, Long> balances = new HashMap<>();
  private final Map<Owner, Long> margins = new TreeMap<>(Comparator.comparing(Owner::toString));
  private final Map<Owner, Long> openSince = new HashMap<>();
  private final List<Breach> breaches = new ArrayList<>();
  private long firstTold;
  private long firstUntold;

  record Owner(String agreement, String funder) {
    static Owner of(Account account) {
      return new Owner(account.agreement(), account.funder());
    }
  }

  /**
   * Cash was short by what the bank did.
   *
   * @param to the first position at which it was not any more; 0 if it still is
   * @param missing cents where it began
   */
  record Breach(Owner owner, long from, long to, long missing) {}

  Books(Chart chart, Findings findings) {
    this.chart = chart;
    this.findings = findings;
  }

  /**
   * @return the accounts that came to another balance
   */
  Set<Account> post(long position, List<Entry> entries) {
    Map<Account, Long> moved = new HashMap<>();
    Map<Owner, Long> before = new HashMap<>();
    boolean bankDid = false;
    long booked = 0;
    for (Entry entry : entries) {
      Account account = entry.account();
      balances.merge(account, entry.cents(), Math::addExact);
      moved.merge(account, entry.cents(), Math::addExact);
      if (account.kind().equals("BANK")) {
        booked = Math.addExact(booked, entry.cents());
      }
      bankDid |= account.kind().equals("UNMATCHED");
      boolean cash = account.kind().equals("BANK");
      if ((cash || COVERED.contains(account.kind())) && !account.agreement().isEmpty()) {
        Owner owner = Owner.of(account);
        before.putIfAbsent(owner, margins.getOrDefault(owner, 0L));
        // What is covered is a credit, so both are added with their own sign.
        margins.merge(owner, entry.cents(), Math::addExact);
      }
    }
    moved.keySet().forEach(account -> side(position, account));
    boolean byBank = bankDid || booked != 0;
    before.forEach((owner, was) -> cover(position, owner, was, byBank));
    moved.values().removeIf(cents -> cents == 0);
    return moved.keySet();
  }

  private void side(long position, Account account) {
    long cents = balances.getOrDefault(account, 0L);
    boolean wrong =
        switch (chart.kind(account.kind()).side()) {
          case DEBIT -> cents < 0;
          case CREDIT -> cents > 0;
          case ANY -> false;
        };
    if (wrong) {
      findings.add(
          position,
          Check.SIDE,
          "%s stands at %d cents; more was taken from it than it held".formatted(account, cents),
          "look for the fact that should have filled it, here or before");
    }
  }

  private void cover(long position, Owner owner, long was, boolean byBank) {
    long margin = margins.getOrDefault(owner, 0L);
    if (margin >= 0) {
      Long since = openSince.remove(owner);
      if (since != null) {
        breaches.replaceAll(
            b ->
                b.owner().equals(owner) && b.to() == 0
                    ? new Breach(owner, b.from(), position, b.missing())
                    : b);
      }
      return;
    }
    if (margin < was && !byBank) {
      findings.add(
          position,
          Check.COVER,
          "it takes %d cents of funder %s for agreement %s that are not there"
              .formatted(-margin, owner.funder(), owner.agreement()),
          "only the bank may do so: ask the operator for the receipt");
    }
    if (openSince.putIfAbsent(owner, position) == null) {
      breaches.add(new Breach(owner, position, 0, -margin));
    }
  }

  /** That a fact's entries sum to zero; over all accounts, not over one funder's. */
  void balance(long position, List<Entry> entries) {
    long sum = 0;
    for (Entry entry : entries) {
      sum = Math.addExact(sum, entry.cents());
    }
    if (sum != 0) {
      findings.add(
          position,
          Check.BALANCE,
          "its entries sum to %d cents and must sum to 0".formatted(sum),
          "an amount was changed: ask the operator for the document");
    }
  }

  /**
   * What readers were shown after a fact: the accounts that it moved, and no others.
   *
   * @param moved as {@link #post} gave them
   */
  void compareMoved(long position, Set<Account> moved, List<Entry> published) {
    compare(position, published);
    Set<Account> told = new HashSet<>();
    published.forEach(entry -> told.add(entry.account()));
    if (!told.equals(moved)) {
      findings.add(
          position,
          Check.PUBLISHED,
          "%d accounts were published as moved, it moves %d".formatted(told.size(), moved.size()),
          "rebuild the balances from the ledger");
    }
  }

  /**
   * Told after each row or after none: no hash covers it, so that it could be taken out where it is
   * wrong. Found once, where it is missing first.
   *
   * @return whether it is missing somewhere
   */
  boolean told(long position, boolean published) {
    boolean known = missing();
    if (published && firstTold == 0) {
      firstTold = position;
    } else if (!published && firstUntold == 0) {
      firstUntold = position;
    }
    if (missing() && !known) {
      findings.add(
          firstUntold,
          Check.PUBLISHED,
          "the balances after it are left out, after position %d they are told"
              .formatted(firstTold),
          "export again with balancesOfEach=true, which tells them after each row");
    }
    return missing();
  }

  private boolean missing() {
    return firstTold > 0 && firstUntold > 0;
  }

  private void compare(long position, List<Entry> published) {
    for (Entry entry : published) {
      long ours = balances.getOrDefault(entry.account(), 0L);
      if (ours != entry.cents()) {
        findings.add(
            position,
            Check.PUBLISHED,
            "%s was published as %d cents and is %d"
                .formatted(entry.account(), entry.cents(), ours),
            "rebuild the balances from the ledger, and tell those who were shown the others");
      }
    }
  }

  /** As {@link #compare}, and that no account is missing there. */
  void compareAll(long position, List<Entry> published) {
    compare(position, published);
    Set<Account> told = new HashSet<>();
    published.forEach(entry -> told.add(entry.account()));
    List<Entry> missing =
        balances.entrySet().stream()
            .filter(b -> b.getValue() != 0 && !told.contains(b.getKey()))
            .sorted(Comparator.comparing(b -> b.getKey().toString()))
            .map(b -> new Entry(b.getKey(), b.getValue()))
            .toList();
    for (Entry entry : missing) {
      findings.add(
          position,
          Check.PUBLISHED,
          "%s was not published and is %d cents".formatted(entry.account(), entry.cents()),
          "rebuild the balances from the ledger, and tell those who were shown the others");
    }
  }

  Map<Account, Long> balances() {
    return balances;
  }

  List<Breach> breaches() {
    return breaches;
  }

  /** What the owner's cash has to cover. */
  long required(Owner owner) {
    return required(account -> Owner.of(account).equals(owner));
  }

  /** The same of all owners. */
  long required() {
    return required(account -> !account.agreement().isEmpty());
  }

  private long required(Predicate<Account> whose) {
    long cents = 0;
    for (Map.Entry<Account, Long> each : balances.entrySet()) {
      if (COVERED.contains(each.getKey().kind()) && whose.test(each.getKey())) {
        cents = Math.subtractExact(cents, each.getValue());
      }
    }
    return cents;
  }

  /** What the owner's cash has beyond that; below zero if it is short. */
  long margin(Owner owner) {
    return margins.getOrDefault(owner, 0L);
  }

  /** The same of all owners. */
  long margin() {
    return margins.values().stream().reduce(0L, Math::addExact);
  }

  /** The least that any cash has beyond what it covers; 0 without any. */
  long leastMargin() {
    return margins.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }
}
