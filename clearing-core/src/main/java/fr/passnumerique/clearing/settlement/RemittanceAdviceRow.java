package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.http.Table;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A remittance advice as a table. Every row has its state, and the last ones are the sums of the
 * lines in each. The amounts of the rows before them that are neither rejected nor returned sum to
 * what is transferred, for what is netted stands in it twice: as lines that are paid and as
 * reversed lines that are kept back.
 */
record RemittanceAdviceRow(
    String nature,
    String transfer,
    String venue,
    String slip,
    @Nullable Long line,
    String cheque,
    @Nullable LocalDate servedOn,
    String pointOfService,
    String reversal,
    String reason,
    String state,
    long cents) {

  static final Table<RemittanceAdviceRow> TABLE =
      Table.<RemittanceAdviceRow>of()
          .text("nature", "Nature", RemittanceAdviceRow::nature)
          .code("transfer", "Virement", RemittanceAdviceRow::transfer)
          .code("venue", "Lieu", RemittanceAdviceRow::venue)
          .code("slip", "Bordereau", RemittanceAdviceRow::slip)
          .count("line", "Ligne", RemittanceAdviceRow::line)
          .code("cheque", "Chèque", RemittanceAdviceRow::cheque)
          .day("servedOn", "Date du service", RemittanceAdviceRow::servedOn)
          .code("pointOfService", "Point de service", RemittanceAdviceRow::pointOfService)
          .code("reversal", "Indu", RemittanceAdviceRow::reversal)
          .text("reason", "Motif", RemittanceAdviceRow::reason)
          .text("state", "État", RemittanceAdviceRow::state)
          .cents("cents", "Montant", RemittanceAdviceRow::cents);

  static void each(RemittanceAdvices.Whole advice, Consumer<RemittanceAdviceRow> row) {
    advice.lines().accept(line -> row.accept(of(line)));
    for (RemittanceAdvice.Recovered recovered : advice.head().recovered()) {
      row.accept(
          new RemittanceAdviceRow(
              "Indu retenu",
              "",
              recovered.venue(),
              "",
              null,
              recovered.cheque(),
              null,
              "",
              recovered.reversal(),
              recovered.reason().label(),
              recovered.state().label(),
              -recovered.cents()));
    }
    for (RemittanceAdvice.Sum sum : advice.head().states()) {
      row.accept(
          new RemittanceAdviceRow(
              "Total",
              "",
              "",
              "",
              (long) sum.lineCount(),
              "",
              null,
              "",
              "",
              "",
              sum.state().label(),
              sum.cents()));
    }
  }

  private static RemittanceAdviceRow of(RemittanceAdvice.Line line) {
    return new RemittanceAdviceRow(
        switch (line.by()) {
          case TRANSFER -> "Ligne par virement";
          case NETTING -> "Ligne compensée";
        },
        line.transfer().orElse(""),
        line.venue(),
        line.slip(),
        (long) line.line(),
        line.cheque(),
        line.servedOn(),
        line.pointOfService(),
        "",
        "",
        line.state().label(),
        line.cents());
  }
}
