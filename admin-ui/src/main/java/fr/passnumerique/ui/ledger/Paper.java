package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.ui.print.ChequesEndpoint;
import fr.passnumerique.ui.print.PrintDeeds;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A document to print, linked from the page of what it tells of.
 *
 * @param address of the operation that makes it, or of the page that has it made
 * @param atOnce it is made while a person waits
 */
record Paper(String label, String address, boolean atOnce) {
  private static final String CHEQUES = "/api/orders/{order}/cheques.pdf";

  Paper(String label, String address) {
    this(label, address, true);
  }

  /**
   * What the reader of a thing's page may print.
   *
   * @param facts of the thing, in order
   * @param issued what a batch is
   */
  static List<Paper> of(
      Thing thing,
      List<Fact> facts,
      Function<Batch, ChequesIssued> issued,
      Actor reader,
      French french) {
    List<Paper> papers = new ArrayList<>();
    // Who sees the codes of cheques can spend them.
    boolean codes = reader.role() == Role.CLERK;
    for (Fact fact : facts) {
      switch (fact) {
        case ChequesIssued f when codes && (thing == Thing.ORDER || thing == Thing.BATCH) ->
            cheques(f, 1, f.chequeCount(), french, papers);
        case ChequesDelivered f when thing == Thing.DELIVERY -> {
          papers.add(
              new Paper(
                  "Bon de livraison",
                  Address.of("/api/deliveries/{delivery}/delivery-note.pdf", f.delivery())));
          if (codes) {
            cheques(
                issued.apply(f.cheques().batch()),
                f.cheques().first(),
                f.cheques().last(),
                french,
                papers);
          }
        }
        case ChequesHandedOut f when codes && thing == Thing.HAND_OUT ->
            papers.add(
                new Paper(
                    "Chèques à imprimer",
                    Address.of(
                        "/api/prescribers/{prescriber}/hand-outs/{handOut}/cheques.pdf",
                        f.prescriber(),
                        f.handOut())));
        default -> {}
      }
    }
    return papers;
  }

  /** In as many documents as their length asks for. */
  private static void cheques(
      ChequesIssued issued, int first, int last, French french, List<Paper> papers) {
    for (int from = first; from <= last; from += ChequesEndpoint.MOST) {
      int to = Math.min(last, from + ChequesEndpoint.MOST - 1);
      String label = "Chèques %s à %s à imprimer".formatted(french.count(from), french.count(to));
      papers.add(
          to - from < ChequesEndpoint.WAITED_FOR
              ? new Paper(
                  label,
                  UriComponentsBuilder.fromPath(CHEQUES)
                      .queryParam("from", from)
                      .queryParam("to", to)
                      .encode()
                      .buildAndExpand(issued.order())
                      .toUriString())
              : new Paper(label, PrintDeeds.cheques(issued.order(), from, to), false));
    }
  }
}
