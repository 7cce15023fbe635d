package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up accounts to what a stop would come to, wherever their balances are from. */
final class WindDownSums {
  /** What the bank holds, and whose it is. */
  private static final Set<AccountKind> OF_MONEY =
      EnumSet.of(
          AccountKind.BANK,
          AccountKind.FUNDER_CREDIT,
          AccountKind.CHEQUES_OUTSTANDING,
          AccountKind.VENUE_PAYABLE,
          AccountKind.TRANSFER_IN_TRANSIT,
          AccountKind.TRANSFER_EXECUTED,
          AccountKind.DUE_BACK,
          AccountKind.TO_GIVE_BACK,
          AccountKind.UNMATCHED,
          AccountKind.VENUE_RECEIVABLE,
          AccountKind.RECEIVABLE_IF_PAID,
          AccountKind.TO_RECOVER);

  private final Map<String, Sums> venues = new TreeMap<>();
  private final Map<OwnerKey, Sums> funders = new TreeMap<>();
  private final Sums all = new Sums();

  private record OwnerKey(String funder, String agreement) implements Comparable<OwnerKey> {
    @Override
    public int compareTo(OwnerKey other) {
      int byFunder = funder.compareTo(other.funder);
      return byFunder != 0 ? byFunder : agreement.compareTo(other.agreement);
    }
  }

  /** Cents by kind of account, debits positive. */
  private static final class Sums {
    private final Map<AccountKind, Long> cents = new EnumMap<>(AccountKind.class);

    void add(AccountKind kind, long more) {
      cents.merge(kind, more, Math::addExact);
    }

    long debit(AccountKind kind) {
      return cents.getOrDefault(kind, 0L);
    }

    long credit(AccountKind kind) {
      return Math.negateExact(debit(kind));
    }

    boolean isZero() {
      return cents.values().stream().allMatch(c -> c == 0);
    }

    long undebited() {
      return Math.addExact(
          credit(AccountKind.TRANSFER_IN_TRANSIT), credit(AccountKind.TRANSFER_EXECUTED));
    }

    long claims() {
      return Math.addExact(credit(AccountKind.VENUE_PAYABLE), undebited());
    }

    /** Of lines that are on their way too: they are among the claims as well. */
    long receivable() {
      return Math.addExact(
          debit(AccountKind.VENUE_RECEIVABLE), debit(AccountKind.RECEIVABLE_IF_PAID));
    }

    long remainder() {
      return Math.addExact(
          credit(AccountKind.FUNDER_CREDIT),
          Math.addExact(dueBack(), credit(AccountKind.CHEQUES_OUTSTANDING)));
    }

    long dueBack() {
      return Math.addExact(credit(AccountKind.DUE_BACK), credit(AccountKind.TO_GIVE_BACK));
    }
  }

  /** Cents of an account; debit if positive. */
  void add(AccountKind kind, String venue, String funder, String agreement, long cents) {
    if (!OF_MONEY.contains(kind)) {
      return;
    }
    all.add(kind, cents);
    if (!venue.isEmpty()) {
      venues.computeIfAbsent(venue, _ -> new Sums()).add(kind, cents);
    }
    if (!funder.isEmpty()) {
      funders.computeIfAbsent(new OwnerKey(funder, agreement), _ -> new Sums()).add(kind, cents);
    }
  }

  /**
   * @param venueNames and {@code funderNames} by identifier; who is not in them has none
   * @param caveats null where the ledger itself was folded
   */
  WindDown at(
      long position,
      @Nullable Instant recordedAt,
      Map<String, String> venueNames,
      Map<String, String> funderNames,
      @Nullable Caveats caveats) {
    List<WindDown.OfFunder> ofFunders = funders(funders, funderNames);
    long unexplained = all.credit(AccountKind.UNMATCHED);
    // What the bank took unexplained is anybody's: it is short of the whole account.
    long missing =
        Math.addExact(
            ofFunders.stream().mapToLong(WindDown.OfFunder::missingCents).sum(),
            Math.max(0, -unexplained));
    return new WindDown(
        position,
        recordedAt,
        missing == 0,
        missing,
        all.debit(AccountKind.BANK),
        all.claims(),
        all.remainder(),
        unexplained,
        venues(venues, venueNames),
        ofFunders,
        caveats);
  }

  private static List<WindDown.OfVenue> venues(Map<String, Sums> sums, Map<String, String> names) {
    List<WindDown.OfVenue> lines = new ArrayList<>();
    sums.forEach(
        (venue, of) -> {
          if (!of.isZero()) {
            lines.add(
                new WindDown.OfVenue(
                    venue,
                    names.getOrDefault(venue, ""),
                    of.credit(AccountKind.VENUE_PAYABLE),
                    of.undebited(),
                    of.claims(),
                    of.receivable()));
          }
        });
    return lines;
  }

  private static List<WindDown.OfFunder> funders(
      Map<OwnerKey, Sums> sums, Map<String, String> names) {
    List<WindDown.OfFunder> lines = new ArrayList<>();
    sums.forEach(
        (owner, of) -> {
          if (!of.isZero()) {
            lines.add(
                new WindDown.OfFunder(
                    owner.funder(),
                    names.getOrDefault(owner.funder(), ""),
                    owner.agreement(),
                    of.debit(AccountKind.BANK),
                    of.claims(),
                    of.credit(AccountKind.FUNDER_CREDIT),
                    of.dueBack(),
                    of.credit(AccountKind.CHEQUES_OUTSTANDING),
                    of.remainder(),
                    of.credit(AccountKind.TO_RECOVER),
                    Math.max(0, of.debit(AccountKind.FUNDER_CREDIT))));
          }
        });
    return lines;
  }
}
