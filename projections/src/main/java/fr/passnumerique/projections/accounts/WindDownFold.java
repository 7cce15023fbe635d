package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.venues.VenueListed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stop would come to, from the ledger alone: for whoever has nothing else, such as a
 * liquidator with a data directory. Reads from the first fact on, and so costs what the ledger is
 * long.
 */
public final class WindDownFold {
  private static final int READ_AHEAD = 1_000;

  private WindDownFold() {}

  /**
   * @param position of the last fact that counts
   * @param until facts recorded later do not count; null for none
   * @throws IllegalArgumentException if the ledger has no such position
   */
  public static WindDown at(LedgerReader ledger, long position, @Nullable Instant until) {
    if (position < 0) {
      throw new IllegalArgumentException(
          "a ledger has positions from 1, 0 stands for before the first; got %d"
              .formatted(position));
    }
    WindDownSums sums = new WindDownSums();
    Map<String, String> venues = new HashMap<>();
    Map<String, String> funders = new HashMap<>();
    long read = 0;
    Instant recordedAt = null;
    boolean over = false;
    while (read < position && !over) {
      List<RecordedFact> facts = ledger.read(read, READ_AHEAD);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException(
            "the ledger ends at position %d, before %d".formatted(read, position));
      }
      for (RecordedFact recorded : facts) {
        over =
            recorded.position() > position || until != null && recorded.recordedAt().isAfter(until);
        if (over) {
          break;
        }
        read = recorded.position();
        recordedAt = recorded.recordedAt();
        name(recorded.fact(), venues, funders);
        for (Entry entry : Postings.of(recorded.fact())) {
          sums.add(
              entry.account().kind(),
              entry.account().venue(),
              entry.account().funder(),
              entry.account().agreement(),
              entry.cents());
        }
      }
    }
    return sums.at(read, recordedAt, venues, funders, null);
  }

  private static void name(Fact fact, Map<String, String> venues, Map<String, String> funders) {
    switch (fact) {
      case VenueListed listed -> venues.put(listed.venue().value(), listed.name());
      case FunderRegistered registered ->
          funders.put(registered.funder().value(), registered.name());
      default -> {}
    }
  }
}
