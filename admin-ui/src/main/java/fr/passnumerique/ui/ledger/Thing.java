package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What facts are about, that has a page of its own: all that is recorded of it. Slips, settlement
 * runs, transfers and receipts have fuller ones.
 */
public enum Thing {
  BANK_ENTRY("Mouvement bancaire", Thing.BANK_ENTRIES, "bank-entry:"),
  FUNDS_TRANSFER("Transfert de fonds", Thing.FUNDS_TRANSFERS, "funds-transfer:", Role.FUNDER),
  CALL("Appel de fonds", Thing.CALLS, "call:", Role.FUNDER),
  ORDER("Commande", Thing.ORDERS, "order:"),
  BATCH("Lot", Thing.BATCHES, "batch:"),
  ACTIVATION("Activation", Thing.ACTIVATIONS, "activation:"),
  DELIVERY("Livraison", Thing.DELIVERIES, "delivery:"),
  HAND_OUT("Remise", Thing.HAND_OUTS, "hand-out:"),
  CORRECTION("Correction", Thing.CORRECTIONS, "correction:"),
  OPPOSITION("Opposition", Thing.OPPOSITIONS, "opposition:"),
  REVERSAL("Indu", Thing.REVERSALS, "reversal:", Role.VENUE),
  DEBIT_NOTE("Note de débit", Thing.DEBIT_NOTES, "debit-note:", Role.VENUE),
  CREDIT_NOTE("Avoir", Thing.CREDIT_NOTES, "credit-note:", Role.FUNDER),
  REFUND_ORDER("Ordre de remboursement", Thing.REFUND_ORDERS, "refund-order:");

  static final String BANK_ENTRIES = "/mouvements/{id}";
  static final String FUNDS_TRANSFERS = "/transferts/{id}";
  static final String CALLS = "/appels/{id}";
  static final String ORDERS = "/commandes/{id}";
  static final String BATCHES = "/lots/{id}";
  static final String ACTIVATIONS = "/activations/{id}";
  static final String DELIVERIES = "/livraisons/{id}";

  /** Named by each prescriber for itself. */
  static final String HAND_OUTS = "/prescripteurs/{prescriber}/remises/{id}";

  /** Likewise. */
  static final String CORRECTIONS = "/prescripteurs/{prescriber}/corrections/{id}";

  static final String OPPOSITIONS = "/oppositions/{id}";
  static final String REVERSALS = "/indus/{id}";
  static final String DEBIT_NOTES = "/notes-de-debit/{id}";
  static final String CREDIT_NOTES = "/avoirs/{id}";
  static final String REFUND_ORDERS = "/remboursements/{id}";

  private final String words;
  private final String path;
  private final String tag;
  private final @Nullable Role owner;

  /** One that clerks and auditors alone look at. */
  Thing(String words, String path, String tag) {
    this(words, path, tag, null);
  }

  /**
   * @param owner who looks at its own, too
   */
  Thing(String words, String path, String tag, @Nullable Role owner) {
    this.words = words;
    this.path = path;
    this.tag = tag;
    this.owner = owner;
  }

  /** The one whose page is asked for. */
  static Thing at(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return Stream.of(values())
        .filter(thing -> thing.path.equals(pattern))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no page at " + pattern));
  }

  public String words() {
    return words;
  }

  /** Which facts are of it. */
  String tag(String id) {
    return tag + id;
  }

  /**
   * @param own whether it is the reader's, who may be a funder or a venue
   */
  public CauseWords link(String id, Actor reader, boolean own) {
    return new CauseWords(words, id, reads(reader, own) ? address(id) : null);
  }

  /** One that a clerk or an auditor alone looks at, from here. */
  public CauseWords link(String id, Actor reader) {
    return link(id, reader, false);
  }

  /**
   * @param prescriber who named it
   */
  public CauseWords link(String prescriber, String id, Actor reader) {
    return new CauseWords(words, id, reads(reader, false) ? address(prescriber, id) : null);
  }

  /** Address of a movement on the account. */
  static String movement(String booking) {
    return BANK_ENTRY.address(booking);
  }

  private boolean reads(Actor reader, boolean own) {
    return switch (reader.role()) {
      case CLERK, AUDITOR -> true;
      case FUNDER, VENUE, PRESCRIBER -> own && reader.role() == owner;
    };
  }

  private String address(Object... variables) {
    return Address.of(path, variables);
  }

  /** Of a cause that the API names so; null if that has a page of another kind, or none. */
  public static @Nullable Thing ofCause(String kind) {
    return switch (kind) {
      case "bankEntry" -> BANK_ENTRY;
      case "fundsTransfer" -> FUNDS_TRANSFER;
      case "order" -> ORDER;
      case "batch" -> BATCH;
      case "activation" -> ACTIVATION;
      case "delivery" -> DELIVERY;
      case "handOut" -> HAND_OUT;
      case "correction" -> CORRECTION;
      case "opposition" -> OPPOSITION;
      case "reversal" -> REVERSAL;
      case "debitNote" -> DEBIT_NOTE;
      case "creditNote" -> CREDIT_NOTE;
      default -> null;
    };
  }
}
