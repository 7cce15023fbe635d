package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.reversal.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A remittance advice as a French spreadsheet opens it: UTF-8 with its mark, semicolons, decimal
 * comma, days as 31/12/2026. Every row has its state, and the last ones are the sums of the lines
 * in each. The amounts of the rows before them that are neither rejected nor returned sum to what
 * is transferred, for what is netted stands in it twice: as lines that are paid and as reversed
 * lines that are kept back.
 */
final class RemittanceAdviceCsv {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private RemittanceAdviceCsv() {}

  static void write(RemittanceAdvices.Whole advice, Writer to) throws IOException {
    to.write(BYTE_ORDER_MARK);
    try (CSVPrinter rows =
        new CSVPrinter(
            to,
            CSVFormat.EXCEL
                .builder()
                .setDelimiter(';')
                .setHeader(
                    "Nature",
                    "Virement",
                    "Lieu",
                    "Bordereau",
                    "Ligne",
                    "Chèque",
                    "Date du service",
                    "Point de service",
                    "Indu",
                    "Motif",
                    "État",
                    "Montant (EUR)")
                .get())) {
      try {
        advice.lines().accept(line -> print(rows, line));
        for (RemittanceAdvice.Recovered recovered : advice.head().recovered()) {
          rows.printRecord(
              "Indu retenu",
              "",
              recovered.venue(),
              "",
              "",
              recovered.cheque(),
              "",
              "",
              recovered.reversal(),
              label(recovered.reason()),
              label(RemittanceAdvice.State.NETTED),
              euros(-recovered.cents()));
        }
        for (RemittanceAdvice.Sum sum : advice.head().states()) {
          rows.printRecord(
              "Total",
              "",
              "",
              "",
              sum.lineCount(),
              "",
              "",
              "",
              "",
              "",
              label(sum.state()),
              euros(sum.cents()));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private static void print(CSVPrinter rows, RemittanceAdvice.Line line) {
    try {
      rows.printRecord(
          switch (line.by()) {
            case TRANSFER -> "Ligne par virement";
            case NETTING -> "Ligne compensée";
          },
          line.transfer().orElse(""),
          line.venue(),
          cell(line.slip()),
          line.line(),
          line.cheque(),
          day(line.servedOn()),
          cell(line.pointOfService()),
          "",
          "",
          label(line.state()),
          euros(line.cents()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a venue wrote must not run as a formula in a spreadsheet. */
  private static String cell(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String day(LocalDate day) {
    return DAY.format(day);
  }

  private static String euros(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString().replace('.', ',');
  }

  private static String label(RemittanceAdvice.State state) {
    return switch (state) {
      case ORDERED -> "Ordonné";
      case EXECUTED -> "Exécuté";
      case CONFIRMED -> "Payé";
      case NETTED -> "Compensé";
      case REJECTED -> "Rejeté";
      case RETURNED -> "Retourné";
    };
  }

  private static String label(Reason reason) {
    return switch (reason) {
      case SERVICE_NOT_GIVEN -> "Service non rendu";
      case SERVICE_NOT_ELIGIBLE -> "Service non éligible";
      case PERSON_NOT_ELIGIBLE -> "Personne non éligible";
      case ENTERED_BY_MISTAKE -> "Saisie par erreur";
      case FRAUD -> "Fraude";
      case OTHER -> "Autre";
    };
  }
}
