package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferRejected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which transfers pay one line? Facts tell the slips that a transfer pays, and not their lines: it
 * takes those that are owed when its run is opened. So a line is followed from fact to fact, as the
 * settlement follows it: owed, taken by a transfer or netted by a run, and owed again or not when
 * that comes to nothing.
 *
 * <p>The road not taken: a row for every line of every transfer. It would double what is kept of a
 * redeemed cheque, for the sake of the few that are reversed or netted.
 */
final class OwnTransfers {
  /** Where the line's cents are that are owed under one position: its slip's, or a lift's. */
  private static final class Owed {
    private Place place = Place.OWED;

    /** The transfer that took it last, or the run that netted it. */
    private String by = "";

    private final Set<String> own = new HashSet<>();
    private final List<HistoryEvent> told = new ArrayList<>();
  }

  private enum Place {
    OWED,
    /** In a transfer, on its way or paid. */
    TAKEN,
    NETTED,
    /** Reversed before it was paid: nobody is paid for it. */
    VOID
  }

  /** What happened at one position: a fact about the line, then what its slips' transfers do. */
  private static final class Moment {
    private final List<RecordedFact> facts = new ArrayList<>();
    private final Map<Long, List<HistoryEvent>> transfers = new TreeMap<>();
  }

  private final Serial serial;
  private final Map<Long, Owed> owed = new TreeMap<>();

  /** Runs that net the line: whatever else of the slip they pay, it is not this. */
  private final List<NettedBy> nettings = new ArrayList<>();

  /**
   * The transfer that it was in when it was reversed: if that comes to nothing, so does the line.
   */
  private String reversedIn = "";

  private record NettedBy(String run, Netting netting) {
    boolean concerns(long at) {
      return netting.slips().isEmpty()
          || netting.slips().stream().anyMatch(slip -> slip.position() == at);
    }
  }

  private OwnTransfers(Serial serial) {
    this.serial = serial;
  }

  /**
   * @param transfers what became of the transfers of each position under which the line was owed
   * @param facts about the cheque
   * @return of these events those of transfers that pay the line
   */
  static List<HistoryEvent> of(
      Map<Long, List<HistoryEvent>> transfers, List<RecordedFact> facts, Serial serial) {
    OwnTransfers line = new OwnTransfers(serial);
    Map<Long, Moment> moments = new TreeMap<>();
    for (RecordedFact fact : facts) {
      line.note(fact);
      moments.computeIfAbsent(fact.position(), _ -> new Moment()).facts.add(fact);
    }
    transfers.forEach(
        (at, events) ->
            events.forEach(
                event ->
                    moments
                        .computeIfAbsent(event.position(), _ -> new Moment())
                        .transfers
                        .computeIfAbsent(at, _ -> new ArrayList<>())
                        .add(event)));
    moments
        .values()
        .forEach(
            moment -> {
              moment.facts.forEach(line::follow);
              moment.transfers.forEach((at, events) -> events.forEach(e -> line.follow(at, e)));
            });
    return line.owed.values().stream()
        .flatMap(of -> of.told.stream())
        .sorted(Comparator.comparingLong(HistoryEvent::position))
        .toList();
  }

  private void note(RecordedFact recorded) {
    switch (recorded.fact()) {
      case SettlementRunOpened f -> note(f.run().value(), f.nettings());
      // Of runs whose opening was folded by a release that did not keep it.
      case SettlementRunReleased f -> note(f.run().value(), f.nettings());
      default -> {}
    }
  }

  private void note(String run, List<Netting> all) {
    all.stream()
        .filter(netting -> netting.lines().contains(serial))
        .forEach(netting -> nettings.add(new NettedBy(run, netting)));
  }

  private boolean isNetted(String run, long at) {
    return nettings.stream().anyMatch(one -> one.run().equals(run) && one.concerns(at));
  }

  private void follow(RecordedFact recorded) {
    switch (recorded.fact()) {
      case SlipJudged _ -> owed.put(recorded.position(), new Owed());
      case LinesReversed _ -> reverse();
      case ReversalLifted f -> {
        reversedIn = "";
        if (f.owedAgain().stream().anyMatch(line -> line.cheque().equals(serial))) {
          owed.put(recorded.position(), new Owed());
        }
      }
      case SettlementRunReleased f -> net(f.run().value());
      case TransferRejected f -> {
        if (f.nettings().stream().anyMatch(netting -> netting.lines().contains(serial))) {
          undo(f.run().value());
        }
      }
      case SettlementRunCancelled f -> {
        if (f.nettings().stream().anyMatch(netting -> netting.lines().contains(serial))) {
          undo(f.run().value());
        }
      }
      default -> {}
    }
  }

  private void reverse() {
    for (Owed of : owed.values()) {
      if (of.place == Place.OWED) {
        of.place = Place.VOID;
      } else if (of.place == Place.TAKEN) {
        reversedIn = of.by;
      }
    }
  }

  private void net(String run) {
    owed.forEach(
        (at, of) -> {
          if (of.place == Place.OWED && isNetted(run, at)) {
            of.place = Place.NETTED;
            of.by = run;
          }
        });
  }

  private void undo(String run) {
    for (Owed of : owed.values()) {
      if (of.place == Place.NETTED && of.by.equals(run)) {
        of.place = Place.OWED;
      }
    }
  }

  private void follow(long at, HistoryEvent event) {
    Owed of = owed.get(at);
    if (of == null) {
      return;
    }
    switch (event) {
      case HistoryEvent.TransferOrdered e -> {
        if (of.place == Place.OWED && !isNetted(e.run(), at)) {
          of.own.add(e.transfer());
          of.place = Place.TAKEN;
          of.by = e.transfer();
          of.told.add(e);
        }
      }
      case HistoryEvent.Paid e -> {
        // After a rejection too: then the lines are those that it had taken.
        if (of.own.contains(e.transfer())) {
          of.place = Place.TAKEN;
          of.by = e.transfer();
          of.told.add(e);
        }
      }
      case HistoryEvent.Debited e -> {
        if (of.own.contains(e.transfer())) {
          of.told.add(e);
        }
      }
      case HistoryEvent.DebitTakenBack e -> {
        // Its lines stay taken.
        if (of.own.contains(e.transfer())) {
          of.told.add(e);
        }
      }
      case HistoryEvent.TransferRejected e -> comeToNothing(of, e.transfer(), e);
      case HistoryEvent.RunCancelled e -> comeToNothing(of, e.transfer(), e);
      case HistoryEvent.TransferReturned e -> {
        if (of.own.contains(e.transfer())) {
          // It was paid: reversed or not, it is owed again.
          of.place = Place.OWED;
          of.told.add(e);
        }
      }
      default -> throw new IllegalStateException("%s is of no transfer".formatted(event));
    }
  }

  private void comeToNothing(Owed of, String transfer, HistoryEvent event) {
    if (of.own.contains(transfer)) {
      of.place = reversedIn.equals(transfer) ? Place.VOID : Place.OWED;
      of.told.add(event);
    }
  }
}
