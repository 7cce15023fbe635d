package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.Badge;
import java.util.List;

/**
 * A credit note in a table.
 *
 * @param about the order whose cheques it is for, or the agreement of what was in no cheque
 */
record NoteLine(ExpiryEndpoint.Note note, String about, Badge badge) {
  static final Columns<NoteLine> COLUMNS =
      Columns.<NoteLine>of()
          .text("avoir", "Avoir", line -> line.note().creditNote())
          .text("objet", "Commande ou convention", NoteLine::about)
          .order("emis", "Émis le", line -> line.note().issuedOn())
          .number("montant", "Montant", line -> line.note().amountCents())
          .order("rembourse", "Remboursé le", line -> line.note().refundedOn().orElse(null))
          .text("etat", "État", line -> line.badge().words());

  /** The newest first. */
  static List<NoteLine> of(List<ExpiryEndpoint.Note> notes) {
    return notes.reversed().stream()
        .map(
            note ->
                new NoteLine(
                    note,
                    note.order().or(note::agreement).orElse(""),
                    note.refundedOn().isPresent()
                        ? Badge.good("Remboursé")
                        : Badge.warn("À rembourser par l’opérateur")))
        .toList();
  }
}
