package fr.passnumerique.ui.search;

import fr.passnumerique.ui.words.CauseWords;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.stream.Stream;

/**
 * A thing that was looked for.
 *
 * @param id by which the API knows it
 * @param words its kind in French
 * @param name public name of what has one, or of whose it is; else empty
 * @param matched why it was found
 * @param page address in this application where it is shown
 */
@Schema(name = "FoundThing")
public record Found(Kind kind, String id, String words, String name, Matched matched, String page) {

  /** What it is. */
  @Schema(name = "KindOfFoundThing")
  public enum Kind {
    CHEQUE,
    CARNET,
    BATCH,
    SLIP,
    VENUE,
    PLACE,
    AGREEMENT,
    CALL,
    RECEIPT,
    FUNDS_TRANSFER,
    ORDER,
    ACTIVATION,
    DELIVERY,
    HAND_OUT,
    CORRECTION,
    OPPOSITION,
    RUN,
    TRANSFER,
    REVERSAL,
    DEBIT_NOTE,
    CREDIT_NOTE,
    REFUND_ORDER,
    BANK_ENTRY,
    FACT
  }

  /** By what of it. */
  @Schema(name = "WhyFound")
  public enum Matched {
    NUMBER("son numéro"),
    CODE("le code du chèque"),
    REFERENCE("sa référence"),
    IDENTIFIER("son identifiant"),
    NAME("son nom"),
    ADDRESS("son adresse"),
    PAYMENT_REFERENCE("la référence du paiement"),
    POSITION("sa position dans le registre");

    private final String words;

    Matched(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** Nothing if the reader has no page of it. */
  public static Stream<Found> of(Kind kind, CauseWords thing, String name, Matched matched) {
    String page = thing.page();
    return page == null
        ? Stream.empty()
        : Stream.of(new Found(kind, thing.id(), thing.what(), name, matched, page));
  }
}
