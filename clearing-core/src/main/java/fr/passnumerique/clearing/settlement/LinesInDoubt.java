package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Twice;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.InDoubt;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run leaves out because the bank may have paid it by another transfer. Slips as wholes: a
 * run takes all that is owed of one. The road not taken, no run while there is a doubt, has every
 * venue wait for the bank's word about one.
 */
final class LinesInDoubt {
  /** What to do with a run that takes such lines, before what the doubt says. */
  static final String CANCELLED_FIRST =
      "cancel the run and open another, which leaves that out and pays the rest; then ";

  private final SettlementRegister register;
  private final List<Doubt> doubts;

  /** By position of the slip's fact, in the order of the doubts. */
  private final Map<Long, List<Taken>> taken = new HashMap<>();

  private final Map<Kind, Long> heldBack = new LinkedHashMap<>();

  /** What a transfer took of one slip. */
  private record Taken(Doubt doubt, Unpaid lines) {}

  private record Kind(VenueId venue, Doubt doubt) {}

  LinesInDoubt(SettlementRegister register, ProgrammeId programme, List<Doubt> doubts) {
    this.register = register;
    this.doubts = doubts;
    for (Doubt doubt : doubts) {
      // Null for one of another capability, and for one of a cancelled run.
      Transfer.Ordered order = register.order(doubt.transfer());
      if (order != null && order.programme().equals(programme)) {
        for (Unpaid lines : order.taken()) {
          taken
              .computeIfAbsent(lines.position(), _ -> new ArrayList<>())
              .add(new Taken(doubt, lines));
        }
      }
    }
  }

  /** Whether what is owed of a slip is left out; it is told with the rest then. */
  boolean holdBack(Unpaid owed) {
    Optional<Doubt> doubt = why(owed);
    doubt.ifPresent(
        one -> heldBack.merge(new Kind(owed.venue(), one), owed.cents(), Math::addExact));
    return doubt.isPresent();
  }

  private Optional<Doubt> why(Unpaid owed) {
    return all(owed).findFirst();
  }

  private Stream<Doubt> all(Unpaid lines) {
    return taken.getOrDefault(lines.position(), List.of()).stream()
        .filter(one -> one.lines().overlaps(lines))
        .map(Taken::doubt);
  }

  /**
   * The first doubt whose money one of these transfers of the programme would pay again, and the
   * first of them: as {@link DoubtfulTransfers#paidAgain}, which holds each against each, where a
   * run may have 18 000 transfers.
   */
  Optional<Twice> paidAgain(List<TransferId> transfers) {
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    Map<Doubt, Twice> again = new HashMap<>();
    for (TransferId transfer : transfers) {
      Transfer.Ordered order = register.order(transfer);
      if (order != null) {
        order.taken().stream()
            .flatMap(this::all)
            .filter(doubt -> !doubt.transfer().equals(transfer))
            .forEach(doubt -> again.putIfAbsent(doubt, new Twice(doubt, transfer)));
      }
    }
    return doubts.stream().flatMap(doubt -> Stream.ofNullable(again.get(doubt))).findFirst();
  }

  /**
   * That the bank may have paid by a transfer what a run nets: the debt of the venue would be gone
   * for nothing, and no debit could be matched to that transfer any more.
   *
   * @param nettings that are undone if the run is cancelled
   */
  Optional<Refusal> refusalOfNetted(SettlementRunId run, List<Nettings.Netted> nettings) {
    for (Nettings.Netted netted : nettings) {
      for (Unpaid piece : netted.pieces()) {
        Optional<Doubt> doubt = why(piece);
        if (doubt.isPresent()) {
          return Optional.of(
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.MAY_BE_PAID_ALREADY,
                  "runId",
                  "run %s nets %s of slip %s/%s, which may be paid: %s"
                      .formatted(
                          run,
                          new Cents(piece.cents()).inEnglish(),
                          piece.venue(),
                          piece.reference(),
                          doubt.get().because()),
                  CANCELLED_FIRST + doubt.get().remedy()));
        }
      }
    }
    return Optional.empty();
  }

  List<InDoubt> heldBack() {
    return heldBack.entrySet().stream()
        .map(
            one ->
                new InDoubt(
                    one.getKey().venue(),
                    one.getValue(),
                    one.getKey().doubt().transfer(),
                    one.getKey().doubt().why(),
                    one.getKey().doubt().exception()))
        .toList();
  }

  static Doubt doubt(InDoubt one) {
    return new Doubt(one.transfer(), one.why(), one.exception());
  }
}
