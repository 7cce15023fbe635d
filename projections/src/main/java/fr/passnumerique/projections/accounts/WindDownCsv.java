package fr.passnumerique.projections.accounts;

import java.math.BigDecimal;
import java.util.List;

/**
 * A wind-down as a table: for machines (comma, cents, English), or as a French spreadsheet opens it
 * (UTF-8 with its mark, semicolon, decimal comma). Of both the columns are one list.
 */
public final class WindDownCsv {
  private static final char MARK = '\uFEFF';

  /**
   * @param french its heading in a spreadsheet
   */
  private record Column(String name, String french) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("nature", "Nature"),
          new Column("id", "Identifiant"),
          new Column("name", "Nom"),
          new Column("agreement", "Convention"),
          new Column("claimCents", "Créance du lieu"),
          new Column("owedCents", "dont accepté non viré"),
          new Column("inTransitCents", "dont virement en cours"),
          new Column("receivableCents", "Indus à recouvrer"),
          new Column("remainderCents", "Reliquat du financeur"),
          new Column("unallocatedCents", "dont non affecté"),
          new Column("dueBackCents", "dont à restituer"),
          new Column("outstandingCents", "dont chèques en circulation"),
          new Column("missingCents", "Manquant"));

  private final boolean french;
  private final StringBuilder text = new StringBuilder();

  private WindDownCsv(boolean french) {
    this.french = french;
  }

  /**
   * @param french as a French spreadsheet opens it
   */
  public static String of(WindDown windDown, boolean french) {
    WindDownCsv csv = new WindDownCsv(french);
    csv.write(windDown);
    return csv.text.toString();
  }

  private void write(WindDown windDown) {
    if (french) {
      text.append(MARK);
    }
    row(COLUMNS.stream().map(c -> (Object) (french ? c.french() : c.name())).toList());
    for (WindDown.OfVenue v : windDown.venues()) {
      row(
          List.of(
              french ? "Lieu" : "venue",
              v.venue(),
              v.name(),
              "",
              v.claimCents(),
              v.owedCents(),
              v.inTransitCents(),
              v.receivableCents(),
              "",
              "",
              "",
              "",
              ""));
    }
    for (WindDown.OfFunder f : windDown.funders()) {
      row(
          List.of(
              french ? "Financeur" : "funder",
              f.funder(),
              f.name(),
              f.agreement(),
              "",
              "",
              "",
              f.toRecoverCents(),
              f.remainderCents(),
              f.unallocatedCents(),
              f.dueBackCents(),
              f.outstandingCents(),
              f.missingCents()));
    }
  }

  private void row(List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(french ? ';' : ',');
      }
      Object value = values.get(i);
      if (value instanceof Long cents) {
        text.append(
            french
                ? BigDecimal.valueOf(cents, 2).toPlainString().replace('.', ',')
                : cents.toString());
      } else {
        text.append(quoted(value.toString()));
      }
    }
    text.append("\r\n");
  }

  /** A text that a spreadsheet would compute stands after an apostrophe. */
  private String quoted(String value) {
    String safe =
        french && !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0
            ? "'" + value
            : value;
    return safe.matches("[^\",;\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
