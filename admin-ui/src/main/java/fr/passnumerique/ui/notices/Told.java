package fr.passnumerique.ui.notices;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.notices.NoticeEndpoint;
import fr.passnumerique.ui.expiry.EndingPages;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.matching.BankLists;
import fr.passnumerique.ui.payee.PayeeAccountPages;
import fr.passnumerique.ui.prescriber.HandOutPage;
import fr.passnumerique.ui.upkeep.RebuildPage;
import fr.passnumerique.ui.venues.VenueDeeds;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One notification, as a sentence.
 *
 * @param page on which its reader looks at it; null if there is none
 */
record Told(String sentence, Instant at, boolean seen, @Nullable String page) {
  private static final French FRENCH = new French();

  static Told of(NoticeEndpoint.Row row, Actor reader) {
    return new Told(sentence(row, reader), row.at(), row.seen(), page(row, reader));
  }

  private static String sentence(NoticeEndpoint.Row row, Actor reader) {
    String about = row.about();
    String money = FRENCH.money(row.cents());
    String day = FRENCH.date(row.on().orElse(null));
    boolean clerk = reader.role() == Role.CLERK;
    return switch (row.kind()) {
      case SLIP_WITH_REFUSED_LINES ->
          "Bordereau %s jugé : %s, %s acceptés."
              .formatted(
                  about, FRENCH.counted(row.count(), "ligne refusée", "lignes refusées"), money);
      case PAID -> "Virement %s exécuté : %s vous sont payés.".formatted(about, money);
      case PAYMENT_TAKEN_BACK ->
          "Le paiement du virement %s n’est plus confirmé : %s sont de nouveau en cours de virement."
              .formatted(about, money);
      case TRANSFER_REJECTED ->
          clerk
              ? "La banque a rejeté le virement %s, de %s.".formatted(transfer(about), money)
              : "La banque a rejeté le virement %s : %s vous restent dus. Proposez un autre compte."
                  .formatted(about, money);
      case TRANSFER_RETURNED ->
          clerk
              ? "Le virement %s, de %s, est revenu.".formatted(transfer(about), money)
              : "Le virement %s est revenu : %s vous restent dus. Le prochain règlement les paiera."
                  .formatted(about, money);
      case RETURNED_ACCOUNT_CLOSED ->
          "Le virement %s est revenu : %s vous restent dus. Votre compte est fermé : proposez-en un autre."
              .formatted(about, money);
      case REVERSAL_BEGUN ->
          "Indu %s proposé, pour %s : rien n’est annulé avant la décision d’une seconde personne."
              .formatted(about, money);
      case REVERSAL_DROPPED -> "Indu %s abandonné : vos lignes restent acceptées.".formatted(about);
      case LINES_REVERSED ->
          "Indu %s confirmé : des lignes sont annulées, pour %s. Vous pouvez contester jusqu’au %s."
              .formatted(about, money, day);
      case REVERSAL_UPHELD ->
          "Votre contestation est rejetée : l’indu %s est maintenu.".formatted(about);
      case REVERSAL_LIFTED ->
          "L’indu %s est levé : ses lignes comptent de nouveau.".formatted(about);
      case DEBIT_NOTE_ISSUED ->
          "Note de débit %s : %s d’indus sont à rembourser.".formatted(about, money);
      case LABEL_GRANTED -> "Label accordé à partir du %s (décision %s).".formatted(day, about);
      case LABEL_SUSPENDED ->
          "Label suspendu à partir du %s (décision %s) : les services rendus dès ce jour ne sont pas payés."
              .formatted(day, about);
      case LABEL_WITHDRAWN ->
          "Label retiré à partir du %s (décision %s) : les services rendus dès ce jour ne sont plus payés."
              .formatted(day, about);
      case ACCOUNT_CONFIRMED ->
          "Votre compte bancaire est confirmé : il sert aux prochains virements.";
      case FUNDS_CALLED ->
          "Appel de fonds %s : %s à verser au plus tard le %s.".formatted(about, money, day);
      case CALL_CANCELLED ->
          "Appel de fonds %s annulé : %s ne sont plus demandés.".formatted(about, money);
      case FUNDS_RECEIVED -> "Versement %s enregistré : %s.".formatted(about, money);
      case RECEIPT_TAKEN_BACK ->
          "Versement %s retiré : %s ne comptent plus.".formatted(about, money);
      case BUDGET_THRESHOLD ->
          "Convention %s : %s\u00A0%% de votre plafond sont activés."
              .formatted(about, FRENCH.count(row.count()));
      case STATEMENT_TO_SIGN ->
          "Commande %s périmée : son état contradictoire est à signer.".formatted(about);
      case CREDIT_NOTE_ISSUED ->
          "Avoir %s émis : %s vous seront remboursés.".formatted(about, money);
      case CREDIT_NOTE_CANCELLED ->
          "Avoir %s annulé : %s restent disponibles dans la convention.".formatted(about, money);
      case CREDIT_NOTE_REFUNDED -> "Avoir %s remboursé : %s.".formatted(about, money);
      case REFUND_TAKEN_BACK ->
          "Le remboursement de l’avoir %s n’est plus confirmé : %s restent dus."
              .formatted(about, money);
      case REFUND_REJECTED ->
          "La banque a rejeté le remboursement de l’avoir %s : il reste dû.".formatted(about);
      case REFUND_REINSTATED ->
          "La banque a finalement payé le remboursement de l’avoir %s.".formatted(about);
      case REFUND_RETURNED ->
          "Le remboursement de l’avoir %s est revenu : %s restent dus.".formatted(about, money);
      case ORDER_ENDS ->
          reader.role() == Role.PRESCRIBER
              ? "La commande %s prend fin le %s : il vous reste %s à distribuer."
                  .formatted(about, day, FRENCH.counted(row.count(), "chèque", "chèques"))
              : "La commande %s prend fin le %s : sa fin est à approuver à partir du %s."
                  .formatted(about, day, FRENCH.date(approvedFrom(row)));
      case CHEQUES_DELIVERED ->
          "Livraison %s arrivée : %s dans votre stock."
              .formatted(about, FRENCH.counted(row.count(), "chèque", "chèques"));
      case CHEQUES_OPPOSED ->
          "Opposition %s décidée : %s."
              .formatted(
                  about,
                  FRENCH.counted(row.count(), "chèque n’a plus cours", "chèques n’ont plus cours"));
      case RUN_TO_RELEASE -> "Règlement %s ouvert : %s à libérer.".formatted(about, money);
      case REFUNDS_TO_RELEASE ->
          "Remboursements %s ordonnés : %s à libérer.".formatted(about, money);
      case REVERSAL_TO_CONFIRM -> "Indu %s proposé, de %s : à confirmer.".formatted(about, money);
      case OPPOSITION_TO_APPROVE -> "Opposition %s demandée : à approuver.".formatted(about);
      case VENUE_ACCOUNT_TO_CONFIRM ->
          "Compte bancaire proposé pour le lieu %s : à confirmer.".formatted(about);
      case FUNDER_ACCOUNT_TO_CONFIRM ->
          "Compte bancaire proposé pour le financeur %s : à confirmer.".formatted(about);
      case IDENTIFICATION_TO_CONFIRM ->
          "SIRET %s proposé pour le lieu %s : à confirmer.".formatted(after(about), before(about));
      case REVERSAL_CONTESTED -> "Indu %s contesté par le lieu : à trancher.".formatted(about);
      case BANK_FILE_REFUSED -> "Fichier bancaire %s refusé.".formatted(about);
      case TRANSFER_REINSTATED ->
          "La banque a finalement payé le virement %s, de %s.".formatted(transfer(about), money);
      case FACT_SET_ASIDE ->
          "La projection %s passe outre au fait %s, par décision de deux personnes."
              .formatted(before(about), after(about));
      case SETTING_ASIDE_LIFTED ->
          "La projection %s ne passe plus outre au fait %s, par décision de deux personnes."
              .formatted(before(about), after(about));
      case DIFFERENCES_ACCEPTED ->
          "Les écarts de la reconstruction %s sont acceptés, par décision de deux personnes."
              .formatted(about);
    };
  }

  /** No tolerance lies before the end. */
  private static @Nullable LocalDate approvedFrom(NoticeEndpoint.Row row) {
    return row.on().map(end -> ExpiryStep.APPROVAL.from(end, 0)).orElse(null);
  }

  private static String transfer(String about) {
    return "%s du règlement %s".formatted(after(about), before(about));
  }

  /** Of two names with a slash between them, the first. */
  private static String before(String about) {
    return about.substring(0, about.lastIndexOf('/'));
  }

  private static String after(String about) {
    return about.substring(about.lastIndexOf('/') + 1);
  }

  private static @Nullable String page(NoticeEndpoint.Row row, Actor reader) {
    String about = row.about();
    boolean clerk = reader.role() == Role.CLERK;
    return switch (row.kind()) {
      case SLIP_WITH_REFUSED_LINES -> CauseWords.slip(reader.subject(), about, reader).page();
      case PAID, PAYMENT_TAKEN_BACK -> "/bordereaux";
      case TRANSFER_REJECTED ->
          clerk ? transferPage(about, reader) : PayeeAccountPages.ofVenue(reader.subject());
      case TRANSFER_RETURNED -> clerk ? transferPage(about, reader) : "/bordereaux";
      case TRANSFER_REINSTATED -> transferPage(about, reader);
      case RETURNED_ACCOUNT_CLOSED -> PayeeAccountPages.ofVenue(reader.subject());
      case REVERSAL_BEGUN,
          REVERSAL_DROPPED,
          LINES_REVERSED,
          REVERSAL_UPHELD,
          REVERSAL_LIFTED,
          REVERSAL_TO_CONFIRM,
          REVERSAL_CONTESTED ->
          Thing.REVERSAL.link(about, reader, true).page();
      case DEBIT_NOTE_ISSUED -> Thing.DEBIT_NOTE.link(about, reader, true).page();
      case LABEL_GRANTED, LABEL_SUSPENDED, LABEL_WITHDRAWN -> "/mon-lieu";
      // Funders see no account, not even their own.
      case ACCOUNT_CONFIRMED ->
          reader.role() == Role.VENUE ? PayeeAccountPages.ofVenue(about) : null;
      case FUNDS_CALLED, CALL_CANCELLED -> Thing.CALL.link(about, reader, true).page();
      case FUNDS_RECEIVED, RECEIPT_TAKEN_BACK -> CauseWords.receipt(about, true).page();
      case BUDGET_THRESHOLD -> Address.of("/conventions/{id}", about);
      case STATEMENT_TO_SIGN -> EndingPages.page(about);
      case ORDER_ENDS ->
          reader.role() == Role.PRESCRIBER ? HandOutPage.ADDRESS : EndingPages.page(about);
      case CREDIT_NOTE_ISSUED,
          CREDIT_NOTE_CANCELLED,
          CREDIT_NOTE_REFUNDED,
          REFUND_TAKEN_BACK,
          REFUND_REJECTED,
          REFUND_REINSTATED,
          REFUND_RETURNED ->
          Thing.CREDIT_NOTE.link(about, reader, true).page();
      case CHEQUES_DELIVERED -> "/livraisons";
      case CHEQUES_OPPOSED -> "/oppositions";
      case RUN_TO_RELEASE -> CauseWords.run(about, reader).page();
      case REFUNDS_TO_RELEASE -> Thing.REFUND_ORDER.link(about, reader).page();
      case OPPOSITION_TO_APPROVE -> Thing.OPPOSITION.link(about, reader).page();
      case VENUE_ACCOUNT_TO_CONFIRM -> PayeeAccountPages.ofVenue(about);
      case FUNDER_ACCOUNT_TO_CONFIRM -> PayeeAccountPages.ofFunder(about);
      case IDENTIFICATION_TO_CONFIRM -> VenueDeeds.confirm(about);
      case BANK_FILE_REFUSED -> BankLists.EXCEPTIONS;
      case FACT_SET_ASIDE, SETTING_ASIDE_LIFTED -> "/projections";
      case DIFFERENCES_ACCEPTED -> RebuildPage.address(about);
    };
  }

  private static @Nullable String transferPage(String about, Actor reader) {
    return CauseWords.transfer(before(about), after(about), reader).page();
  }
}
