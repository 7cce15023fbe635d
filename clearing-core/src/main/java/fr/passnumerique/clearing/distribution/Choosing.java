package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.CHOSEN_TWICE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOTHING_CHOSEN;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.NOT_IN_BATCH;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.TOO_MANY_CHOICES;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.UNKNOWN_BATCH;

import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.issuance.SumOfCheques;
import fr.passnumerique.clearing.ledger.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which cheques are meant by carnets, ranges and single cheques, as a person names them. */
final class Choosing {
  /** One person gets a few carnets; single cheques come one by one. */
  static final int MOST_CHOICES = 1_000;

  private static final Comparator<ChequeRange> BY_SERIAL =
      Comparator.<ChequeRange>comparingInt(range -> range.batch().number())
          .thenComparingInt(ChequeRange::first);

  private final DistributionRegister register;

  Choosing(DistributionRegister register) {
    this.register = register;
  }

  /** What the choices come to: ranges in order of serial, those that touch joined, or a refusal. */
  record Chosen(List<ChequeRange> cheques, @Nullable Refusal refusal) {
    Chosen(Refusal refusal) {
      this(List.of(), refusal);
    }
  }

  Chosen chosen(List<Choice> choices) {
    if (choices.isEmpty()) {
      return new Chosen(
          NOTHING_CHOSEN.because("", "at least one cheque is named", "give carnets or cheques"));
    }
    if (choices.size() > MOST_CHOICES) {
      return new Chosen(
          TOO_MANY_CHOICES.because(
              "",
              "at most %d carnets and cheques are named one by one, got %d"
                  .formatted(MOST_CHOICES, choices.size()),
              "name ranges, or record a hand-out for each person"));
    }
    for (Choice choice : choices) {
      if (register.batch(choice.batch()) == null) {
        return new Chosen(
            UNKNOWN_BATCH.because(
                "batch",
                "batch %s is not issued".formatted(choice.batch()),
                "copy the first five characters of a cheque"));
      }
    }
    List<ChequeRange> ranges = new ArrayList<>();
    for (Choice choice : choices) {
      ChequeRange range = range(choice, stock(choice.batch()).issued());
      if (range == null) {
        return new Chosen(notInBatch(choice, stock(choice.batch()).issued()));
      }
      ranges.add(range);
    }
    ranges.sort(BY_SERIAL);
    return joined(ranges);
  }

  /** Null if the choice is reversed or leaves the batch. */
  private static @Nullable ChequeRange range(Choice choice, ChequesIssued batch) {
    return switch (choice) {
      case Choice.Cheques(var id, int first, int last) ->
          first < 1 || last < first || last > batch.chequeCount()
              ? null
              : new ChequeRange(id, first, last);
      case Choice.Carnets(var id, int first, int last) -> {
        int perCarnet = batch.chequesPerCarnet();
        yield first < 1 || last < first || last > batch.chequeCount() / perCarnet
            ? null
            : new ChequeRange(id, (first - 1) * perCarnet + 1, last * perCarnet);
      }
    };
  }

  private static Refusal notInBatch(Choice choice, ChequesIssued batch) {
    return switch (choice) {
      case Choice.Cheques(var id, int first, int last) ->
          NOT_IN_BATCH.because(
              "cheques",
              "batch %s has cheques 1 to %d, got %d to %d"
                  .formatted(id, batch.chequeCount(), first, last),
              "give ordinals of the batch, the lower first");
      case Choice.Carnets(var id, int first, int last) ->
          NOT_IN_BATCH.because(
              "carnets",
              "batch %s has carnets 1 to %d, got %d to %d"
                  .formatted(id, batch.chequeCount() / batch.chequesPerCarnet(), first, last),
              "give numbers of the batch's carnets, the lower first");
    };
  }

  private static Chosen joined(List<ChequeRange> sorted) {
    List<ChequeRange> joined = new ArrayList<>();
    for (ChequeRange range : sorted) {
      ChequeRange before = joined.isEmpty() ? null : joined.getLast();
      if (before == null || !before.batch().equals(range.batch())) {
        joined.add(range);
      } else if (range.first() <= before.last()) {
        return new Chosen(
            CHOSEN_TWICE.because(
                "cheques",
                "a hand-out names each cheque once, %s is named twice"
                    .formatted(new Serial(range.batch(), range.first())),
                "leave it out once"));
      } else if (range.first() == before.last() + 1) {
        joined.removeLast();
        joined.add(new ChequeRange(range.batch(), before.first(), range.last()));
      } else {
        joined.add(range);
      }
    }
    return new Chosen(List.copyOf(joined), null);
  }

  List<FundedCents> shares(List<ChequeRange> cheques) {
    SumOfCheques sum = new SumOfCheques();
    cheques.forEach(range -> sum.add(stock(range.batch()).cents(), range.first(), range.last()));
    return sum.shares();
  }

  BatchStock stock(Batch batch) {
    BatchStock stock = register.batch(batch);
    if (stock == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return stock;
  }
}
