package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reversed lines, and what venues owe back for those that were paid, or on their way. */
final class Claims {
  /** Every reversed line, whatever became of it. */
  private final Map<Serial, Claim> all = new HashMap<>();

  /** The same by position of the slip's fact. */
  private final Map<Long, List<Claim>> bySlip = new HashMap<>();

  /**
   * Those of them whose value came back, since nobody had paid them. They are claimed only where
   * the bank turns out to have paid a transfer that took them before.
   */
  private final Set<Serial> neverPaid = new HashSet<>();

  /** What a venue owes back and no run has netted, the oldest first. */
  private final Map<VenueId, TreeMap<Long, Claim>> open = new HashMap<>();

  /** Reversed lines of transfers whose end is not known. */
  private final Map<TransferId, List<Claim>> onTheirWay = new HashMap<>();

  /** Those of them whose reversal was lifted: owed for good, without its title. */
  private final Map<TransferId, List<VoidedLine>> lifted = new HashMap<>();

  private final Set<ReversalId> contested = new HashSet<>();

  /**
   * Of lines whose reversal was lifted, what is owed apart since, and has its title there: what the
   * venue had given back.
   */
  private final Map<Serial, List<VoidedLine>> owedApart = new HashMap<>();

  /** Lines whose reversal was lifted before they were paid: paid with their titles. */
  private final Set<Serial> titledAgain = new HashSet<>();

  /** Null if the cheque's line was never reversed. */
  @Nullable Claim of(Serial cheque) {
    return all.get(cheque);
  }

  /** The slip's lines that were ever reversed, in the order in which they were. */
  List<Claim> of(long slip) {
    return List.copyOf(bySlip.getOrDefault(slip, List.of()));
  }

  /** What is owed of a line since its reversal was lifted: what the venue had given back. */
  long owedApartCents(Serial cheque) {
    return owedApart.getOrDefault(cheque, List.of()).stream()
        .flatMap(line -> line.parts().stream())
        .mapToLong(SpentCents::cents)
        .sum();
  }

  /**
   * What can be netted now, the oldest first: not while the transfer that pays it may come to
   * nothing, and not while the venue contests it.
   */
  List<Claim> nettable(ProgrammeId programme, VenueId venue, Predicate<TransferId> isOnItsWay) {
    return open.getOrDefault(venue, new TreeMap<>()).values().stream()
        .filter(claim -> claim.programme().equals(programme))
        .filter(claim -> !contested.contains(claim.reversal()))
        .filter(claim -> claim.transfer().filter(isOnItsWay).isEmpty())
        .toList();
  }

  /** Whether it is to be given back, and neither a run nor a debit note has taken it up. */
  boolean isOpen(Claim claim) {
    return open.getOrDefault(claim.venue(), new TreeMap<>()).containsKey(claim.order());
  }

  boolean isNeverPaid(Serial cheque) {
    return neverPaid.contains(cheque);
  }

  boolean isContested(Serial cheque) {
    Claim claim = all.get(cheque);
    return claim != null && contested.contains(claim.reversal());
  }

  boolean isLifted(Serial cheque) {
    return owedApart.containsKey(cheque);
  }

  /** What of a line that is paid has no title there: of one that was never reversed nothing. */
  List<VoidedLine> untitled(Serial cheque) {
    Claim claim = all.get(cheque);
    return claim == null ? List.of() : owedApart.getOrDefault(cheque, List.of(claim.line()));
  }

  /** What of a line that is owed without its title still has none. */
  List<VoidedLine> untitled(VoidedLine line) {
    return titledAgain.contains(line.cheque())
        ? owedApart.getOrDefault(line.cheque(), List.of())
        : List.of(line);
  }

  /** Lines of a transfer that were reversed since a run took them: claimed once it is paid. */
  List<Claim> onTheirWay(TransferId transfer) {
    return List.copyOf(onTheirWay.getOrDefault(transfer, List.of()));
  }

  List<VoidedLine> lifted(TransferId transfer) {
    return List.copyOf(lifted.getOrDefault(transfer, List.of()));
  }

  // --- facts

  /**
   * @param on Europe/Paris
   */
  void reverse(LinesReversed reversed, ReversedLine line, long position, LocalDate on) {
    Claim claim =
        new Claim(
            position * 1024 + line.line(),
            reversed.reversal(),
            reversed.reason(),
            reversed.venue(),
            line.parts().getFirst().programme(),
            reversed.slip(),
            line.cheque(),
            line.transfer(),
            on,
            line.parts());
    all.put(claim.cheque(), claim);
    bySlip.computeIfAbsent(claim.slip(), _ -> new ArrayList<>()).add(claim);
    if (line.standing() == ReversedLine.Standing.OWED) {
      neverPaid.add(claim.cheque());
      return;
    }
    reopen(claim);
    claim
        .transfer()
        .ifPresent(
            transfer -> onTheirWay.computeIfAbsent(transfer, _ -> new ArrayList<>()).add(claim));
  }

  void contest(ReversalId reversal) {
    contested.add(reversal);
  }

  void decide(ReversalId reversal) {
    contested.remove(reversal);
  }

  void reopen(Serial cheque) {
    reopen(close(cheque));
  }

  private void reopen(Claim claim) {
    open.computeIfAbsent(claim.venue(), _ -> new TreeMap<>()).put(claim.order(), claim);
  }

  /** Nothing is owed back for the line any more. */
  Claim close(Serial cheque) {
    Claim claim = all.get(cheque);
    if (claim == null) {
      throw new IllegalStateException("cheque %s was never reversed".formatted(cheque));
    }
    open.computeIfPresent(
        claim.venue(),
        (_, claims) -> {
          claims.remove(claim.order());
          return claims;
        });
    return claim;
  }

  /**
   * Its reversal was lifted: the venue keeps what it was paid. What is still to be paid has lost
   * its title: only facts from before there was {@link ReversalLifted#unpaid} tell it so.
   *
   * @return the transfer that is on its way to pay it, if one is
   */
  Optional<TransferId> forgive(VoidedLine line) {
    Optional<TransferId> paying = drop(line);
    paying.ifPresent(
        transfer -> lifted.computeIfAbsent(transfer, _ -> new ArrayList<>()).add(line));
    return paying;
  }

  /**
   * Its reversal was lifted before it was paid: it is paid as any other.
   *
   * @return the transfer that is on its way to pay it, if one is
   */
  Optional<TransferId> payAfterAll(VoidedLine line) {
    titledAgain.add(line.cheque());
    return drop(line);
  }

  private Optional<TransferId> drop(VoidedLine line) {
    Claim claim = close(line.cheque());
    owedApart.computeIfAbsent(line.cheque(), _ -> new ArrayList<>());
    return claim
        .transfer()
        .filter(transfer -> onTheirWay.getOrDefault(transfer, new ArrayList<>()).remove(claim));
  }

  /** Its reversal was lifted after its value had come back: it is owed again. */
  void payAgain(VoidedLine line) {
    owedApart.computeIfAbsent(line.cheque(), _ -> new ArrayList<>()).add(line);
  }

  /** The transfer came to an end. */
  void forget(TransferId transfer) {
    onTheirWay.remove(transfer);
    lifted.remove(transfer);
  }

  /** The transfer that was to pay it came to nothing. */
  void neverPaid(Claim claim) {
    close(claim.cheque());
    neverPaid.add(claim.cheque());
  }

  /** A transfer that had come to nothing is paid after all: so are its reversed lines. */
  void reinstate(TransferId transfer, List<VoidedLine> lines) {
    for (VoidedLine line : lines) {
      neverPaid.remove(line.cheque());
      reopen(line.cheque());
      onTheirWay.computeIfAbsent(transfer, _ -> new ArrayList<>()).add(all.get(line.cheque()));
    }
  }
}
