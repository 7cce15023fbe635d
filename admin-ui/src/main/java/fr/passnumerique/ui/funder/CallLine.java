package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.Badge;
import java.util.List;

/** A call for funds in a table. */
record CallLine(CallsQuery.Row row, Badge badge) {
  static final Columns<CallLine> COLUMNS =
      Columns.<CallLine>of()
          .text("appel", "Appel", line -> line.row().call() + " " + line.row().reference())
          .text("convention", "Convention", line -> line.row().agreement())
          .order("echeance", "Échéance", line -> line.row().dueOn())
          .number("appele", "Appelé", line -> line.row().amountCents())
          .number("recu", "Reçu", line -> line.row().receivedCents())
          .number("reste", "Reste à payer", line -> line.row().openCents())
          .text("etat", "État", line -> line.badge().words());

  /** The newest first. */
  static List<CallLine> of(List<CallsQuery.Row> calls) {
    return calls.reversed().stream().map(row -> new CallLine(row, badge(row))).toList();
  }

  private static Badge badge(CallsQuery.Row row) {
    if (row.late()) {
      return Badge.bad("En retard");
    }
    return switch (row.state()) {
      case OPEN -> Badge.warn("À payer");
      case PART_PAID -> Badge.warn("Payé en partie");
      case PAID -> Badge.good("Payé");
      case CANCELLED -> Badge.calm("Annulé");
    };
  }
}
