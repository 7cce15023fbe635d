package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.RefundWords;
import fr.passnumerique.ui.words.VerdictReading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cheque's history in French, as far as its reader may know it.
 *
 * @param activation whether cash is set aside for it; null once it is spent
 * @param money the newest that had come for it when it was activated; empty where it was not, or is
 *     not the reader's to know
 * @param moreMoney how many more
 * @param opens whether its reader may open its facts on their postings
 */
record ChequeLife(
    String serial,
    Situation situation,
    Badge state,
    @Nullable Badge activation,
    long faceValueCents,
    String programme,
    String agreement,
    String order,
    String batch,
    int ordinal,
    int carnet,
    String fundingDepartement,
    LocalDate endsOn,
    @Nullable LocalDate lastServiceDay,
    List<ChequeHistory.Share> shares,
    List<Moment> moments,
    List<MoneyIn> money,
    int moreMoney,
    boolean opens) {
  private static final int MONEY = 8;

  /**
   * One thing that happened.
   *
   * @param on the day on which it happened, Europe/Paris
   * @param recordedAt when it was recorded, UTC; often later
   * @param tone as style sheets name it; empty for a plain step
   * @param links what it is about, where that has a page for the reader
   */
  record Moment(
      LocalDate on,
      String title,
      List<String> lines,
      long position,
      Instant recordedAt,
      String tone,
      List<CauseWords> links) {
    Moment(
        LocalDate on,
        String title,
        List<String> lines,
        long position,
        Instant recordedAt,
        String tone) {
      this(on, title, lines, position, recordedAt, tone, List.of());
    }

    Moment with(List<CauseWords> pages) {
      return new Moment(on, title, lines, position, recordedAt, tone, pages);
    }
  }

  /**
   * @param money newest first
   */
  static ChequeLife of(
      ChequeHistory history,
      Situation situation,
      List<MoneyIn> money,
      Actor reader,
      French french) {
    return new ChequeLife(
        history.serial(),
        situation,
        state(history.state()),
        activation(history),
        history.faceValueCents(),
        history.programmeName(),
        history.agreement(),
        history.order(),
        history.batch(),
        history.ordinal(),
        history.carnet(),
        history.fundingDepartement(),
        history.endsOn(),
        history.lastServiceDay(),
        history.shares(),
        history.events().stream()
            .map(
                event ->
                    moment(event, funders(history), french).with(ChequeLinks.of(event, reader)))
            .toList(),
        money.stream().limit(MONEY).toList(),
        Math.max(0, money.size() - MONEY),
        reader.role() != Role.PRESCRIBER);
  }

  private static Badge state(ChequeHistory.State state) {
    return switch (state) {
      case ISSUED -> Badge.calm("En stock");
      case DELIVERED -> Badge.calm("Chez un prescripteur");
      case HANDED_OUT -> Badge.calm("Entre les mains du public");
      case REDEEMED -> Badge.warn("Accepté, à payer");
      case IN_TRANSFER -> Badge.warn("Virement en cours");
      case PAID -> Badge.good("Payé");
      case OPPOSED -> Badge.bad("Frappé d’opposition");
      case REPLACED -> Badge.bad("Remplacé");
      case EXPIRED -> Badge.bad("Périmé");
      case VOID -> Badge.bad("Annulé");
    };
  }

  private static @Nullable Badge activation(ChequeHistory history) {
    return switch (history.state()) {
      case ISSUED, DELIVERED, HANDED_OUT ->
          history.activated() ? Badge.good("Couvert") : Badge.warn("Pas encore activé");
      case REDEEMED, IN_TRANSFER, PAID, OPPOSED, REPLACED, EXPIRED, VOID -> null;
    };
  }

  /** One that has advanced another's share has none of its own, and stands under its identifier. */
  private static UnaryOperator<String> funders(ChequeHistory history) {
    Map<String, String> names = new HashMap<>();
    history.shares().forEach(share -> names.put(share.funder(), share.name()));
    return id -> names.getOrDefault(id, id);
  }

  private static Moment moment(HistoryEvent event, UnaryOperator<String> funders, French french) {
    return switch (event) {
      case HistoryEvent.Issued e ->
          plain(e, e.issuedOn(), "Émis", List.of("Commande " + e.order() + "."));
      case HistoryEvent.Activated e ->
          new Moment(
              Paris.dayOf(e.recordedAt()),
              "Activé",
              List.of("Sa valeur est mise de côté sur le compte cantonné."),
              e.position(),
              e.recordedAt(),
              "");
      case HistoryEvent.Delivered e ->
          plain(
              e,
              e.deliveredOn(),
              "Livré à un prescripteur",
              List.of(named(e.prescriberName(), e.prescriber()) + "."));
      case HistoryEvent.HandedOut e -> handedOut(e);
      case HistoryEvent.Rejected e -> rejected(e);
      case HistoryEvent.Redeemed e -> redeemed(e, french);
      case HistoryEvent.Released e -> released(e);
      case HistoryEvent.Opposed e ->
          new Moment(
              Paris.dayOf(e.recordedAt()),
              "Frappé d’opposition",
              List.of(
                  "Motif : " + e.reason() + ", opposition " + e.opposition() + ".",
                  "Aucun lieu ne peut plus l’accepter à partir de là."),
              e.position(),
              e.recordedAt(),
              "bad");
      case HistoryEvent.Expired e ->
          new Moment(
              Paris.dayOf(e.recordedAt()),
              "Périmé",
              List.of(
                  "Il pouvait être présenté jusqu’au " + french.date(e.lastDay()) + ".",
                  "Sa valeur est à restituer à ses financeurs."),
              e.position(),
              e.recordedAt(),
              "bad");
      case HistoryEvent.Returned e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Rendu à l’opérateur",
              List.of("Par " + e.prescriber() + "."));
      case HistoryEvent.HandOutCorrected e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Remise corrigée",
              List.of("Il est toujours chez " + e.prescriber() + "."));
      case HistoryEvent.Replaced e ->
          plain(
              e, Paris.dayOf(e.recordedAt()), "Remplacé", List.of("Par le chèque " + e.by() + "."));
      case HistoryEvent.Replaces e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Émis en remplacement",
              List.of("Du chèque " + e.cheque() + ", dont il garde la valeur et le terme."));
      case HistoryEvent.TransferOrdered e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Pris dans un règlement",
              List.of(
                  "Règlement " + e.run() + ", virement " + e.transfer() + ".",
                  "Exécution demandée à la banque pour le " + french.date(e.executionOn()) + "."));
      case HistoryEvent.Paid e ->
          new Moment(
              e.bookedOn(),
              "Payé",
              List.of("La banque a comptabilisé le virement " + e.transfer() + "."),
              e.position(),
              e.recordedAt(),
              "good");
      case HistoryEvent.Netted e ->
          new Moment(
              Paris.dayOf(e.recordedAt()),
              "Payé par compensation",
              List.of("Le règlement " + e.run() + " l’impute sur ce que le lieu devait."),
              e.position(),
              e.recordedAt(),
              "good");
      case HistoryEvent.NettingUndone e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Compensation annulée",
              List.of("Le virement du règlement " + e.run() + " n'a pas abouti."));
      case HistoryEvent.Reversed e ->
          new Moment(
              Paris.dayOf(e.recordedAt()),
              "Annulé (indu)",
              List.of(
                  e.reversal().isEmpty()
                      ? "La ligne qui l’acceptait a été annulée."
                      : "Indu " + e.reversal() + ", motif : " + reversedFor(e.reason()) + ".",
                  "Il ne pourra plus être présenté."),
              e.position(),
              e.recordedAt(),
              "bad");
      case HistoryEvent.Recovered e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Indu recouvré",
              List.of(
                  e.run() == null
                      ? "Le lieu a payé la note de débit " + e.debitNote() + "."
                      : "Le règlement " + e.run() + " l’impute sur ce qui était dû au lieu.",
                  "Le montant est à restituer aux financeurs."));
      case HistoryEvent.RecoveryUndone e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Recouvrement annulé",
              List.of(
                  e.run() == null
                      ? "La banque ne dit plus le paiement de la note de débit "
                          + e.debitNote()
                          + "."
                      : "Le virement du règlement " + e.run() + " n'a pas abouti.",
                  "Le lieu doit de nouveau le montant."));
      case HistoryEvent.ReversalLifted e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Indu levé",
              List.of(
                  e.reversal().isEmpty()
                      ? "La ligne qui l’acceptait compte de nouveau."
                      : "La contestation de l’indu " + e.reversal() + " est acceptée.",
                  "Le lieu garde son dû ; le chèque ne pourra plus être présenté."));
      case HistoryEvent.Debited e ->
          plain(
              e,
              e.bookedOn(),
              "Virement débité",
              List.of("La banque a débité le virement " + e.transfer() + "."));
      case HistoryEvent.DebitTakenBack e ->
          plain(
              e,
              e.debitedOn(),
              "Débit retiré",
              List.of(
                  "La banque ne dit plus le débit du virement " + e.transfer() + ".",
                  e.executed()
                      ? "Elle a dit par ailleurs l’avoir exécuté."
                      : "Le virement est de nouveau en cours."));
      case HistoryEvent.Credited e ->
          plain(
              e,
              e.issuedOn(),
              "Avoir émis",
              List.of("Avoir %s pour %s.".formatted(e.creditNote(), funders.apply(e.funder()))));
      case HistoryEvent.Refund e ->
          plain(
              e,
              e.on() == null ? Paris.dayOf(e.recordedAt()) : e.on(),
              RefundWords.title(e),
              RefundWords.lines(e, funders));
      case HistoryEvent.RunCancelled e ->
          plain(
              e,
              Paris.dayOf(e.recordedAt()),
              "Règlement annulé",
              List.of(
                  "Le règlement " + e.run() + " a été annulé avant d'être transmis à la banque.",
                  "Le montant est de nouveau dû au lieu."));
      case HistoryEvent.TransferReturned e ->
          new Moment(
              e.returnedOn(),
              "Virement retourné",
              List.of(
                  "Le virement %s, déjà payé, est revenu (motif %s)."
                      .formatted(e.transfer(), e.reason()),
                  "Le montant est de nouveau dû au lieu."),
              e.position(),
              e.recordedAt(),
              "bad");
      case HistoryEvent.TransferRejected e ->
          new Moment(
              e.rejectedOn(),
              "Virement rejeté",
              List.of(
                  "La banque a rejeté le virement %s (motif %s)."
                      .formatted(e.transfer(), e.reason()),
                  "Le montant est de nouveau dû au lieu."),
              e.position(),
              e.recordedAt(),
              "bad");
    };
  }

  private static Moment plain(HistoryEvent event, LocalDate on, String title, List<String> lines) {
    return new Moment(on, title, lines, event.position(), event.recordedAt(), "");
  }

  private static Moment handedOut(HistoryEvent.HandedOut e) {
    List<String> lines = new ArrayList<>();
    lines.add("Par " + named(e.prescriberName(), e.prescriber()) + ".");
    String publicCode = e.publicCode();
    if (publicCode != null && !publicCode.isEmpty()) {
      lines.add("Public : " + publicCode + ".");
    }
    return plain(e, e.handedOutOn(), "Remis à une personne", lines);
  }

  private static Moment rejected(HistoryEvent.Rejected e) {
    VerdictReading reading = VerdictReading.of(Verdict.valueOf(e.verdict()), Optional.empty());
    return new Moment(
        Paris.dayOf(e.recordedAt()),
        "Présenté et rejeté : " + reading.badge().words().toLowerCase(Locale.FRANCE),
        List.of(
            reading.explanation(),
            "%s, bordereau %s, ligne %d."
                .formatted(named(e.venueName(), e.venue()), e.slip(), e.line())),
        e.position(),
        e.recordedAt(),
        "warn");
  }

  private static Moment redeemed(HistoryEvent.Redeemed e, French french) {
    List<String> lines = new ArrayList<>();
    String venue = e.venue();
    if (venue != null) {
      String place = text(e.pointOfServiceName());
      String departement = e.departement();
      lines.add(
          named(text(e.venueName()), venue)
              + (place.isEmpty() || place.equals(e.venueName()) ? "" : ", " + place)
              + (departement == null ? "" : ", " + French.departement(departement))
              + ".");
      lines.add("Service : " + text(e.service()) + ".");
      lines.add(
          "Bordereau %s, ligne %d, présenté le %s."
              .formatted(text(e.slip()), e.line(), french.moment(e.presentedAt())));
    }
    return new Moment(
        e.servedOn(), "Accepté par un lieu", lines, e.position(), e.recordedAt(), "good");
  }

  private static Moment released(HistoryEvent.Released e) {
    List<String> lines = new ArrayList<>();
    String venue = e.venue();
    if (venue != null) {
      lines.add(
          "%s a retiré son bordereau %s.".formatted(named(text(e.venueName()), venue), e.slip()));
    }
    lines.add("Le chèque est de nouveau utilisable.");
    return new Moment(
        Paris.dayOf(e.recordedAt()),
        "Bordereau retiré",
        lines,
        e.position(),
        e.recordedAt(),
        "warn");
  }

  private static String named(String name, String id) {
    return name.isEmpty() ? id : name;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  static String reversedFor(String reason) {
    return switch (reason) {
      case "SERVICE_NOT_GIVEN" -> "service non rendu";
      case "SERVICE_NOT_ELIGIBLE" -> "service non éligible";
      case "PERSON_NOT_ELIGIBLE" -> "personne non éligible";
      case "ENTERED_BY_MISTAKE" -> "saisie par erreur";
      case "FRAUD" -> "fraude";
      case "OTHER" -> "autre";
      default -> reason;
    };
  }
}
