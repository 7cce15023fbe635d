package fr.passnumerique.ui.venue;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.payee.PayeeAccountEndpoint.Accounting;
import fr.passnumerique.clearing.payee.PayeeAccounts;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.projections.labels.Organisations;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a venue is registered with. An IBAN is told by its ends alone.
 *
 * @param name public; empty for a sole trader or a venue that is not listed yet
 * @param siret null until it is identified
 * @param account in force; null if there is none
 * @param proposed awaits a second person; null if none does
 */
record VenueSheet(
    String venue,
    String name,
    @Nullable String siret,
    boolean waives,
    @Nullable Account account,
    @Nullable Account proposed,
    List<Point> points,
    List<Reversed> reversed) {
  /**
   * @param holder empty if its entry was erased from the vault
   */
  record Account(String ibanStart, String ibanEnd, String holder) {
    private static final int SHOWN = 4;

    static Account of(PayeeAccounts.Shown shown) {
      String ends = shown.ibanEnds();
      return ends.length() < 2 * SHOWN
          ? new Account("", "", shown.holder())
          : new Account(
              ends.substring(0, SHOWN), ends.substring(ends.length() - SHOWN), shown.holder());
    }
  }

  /**
   * @param since first day on which its label is so; null where no committee decided anything
   */
  record Point(
      String id,
      String name,
      String commune,
      String departement,
      List<String> services,
      Badge label,
      @Nullable LocalDate since) {}

  /**
   * @param page of the slip; null if the reader may not look at it
   */
  record Reversed(
      String reversal,
      String slip,
      @Nullable String page,
      Badge state,
      @Nullable LocalDate on,
      @Nullable LocalDate contestUntil,
      long cents,
      long owedCents) {}

  static VenueSheet of(
      String venue,
      Accounting account,
      Optional<Organisations.Venue> listed,
      List<Reversal> reversals,
      Actor reader) {
    return new VenueSheet(
        venue,
        listed.map(Organisations.Venue::name).orElse(""),
        listed.map(Organisations.Venue::siret).orElse(null),
        listed.map(Organisations.Venue::waives).orElse(false),
        account.inForce().map(Account::of).orElse(null),
        account.proposed().map(Account::of).orElse(null),
        listed.map(Organisations.Venue::pointsOfService).orElse(List.of()).stream()
            .map(VenueSheet::point)
            .toList(),
        reversals.stream().map(reversal -> reversed(reversal, reader)).toList());
  }

  private static Point point(Organisations.Point point) {
    return new Point(
        point.id(),
        point.name(),
        point.commune(),
        point.departement(),
        point.services(),
        label(point.label()),
        point.labelSince());
  }

  static Badge label(@Nullable LabelState label) {
    return switch (label) {
      case null -> Badge.warn("Aucune décision");
      case CANDIDATE -> Badge.calm("Candidat");
      case ELIGIBLE -> Badge.calm("Éligible");
      case LABELLED -> Badge.good("Labellisé");
      case SUSPENDED -> Badge.bad("Suspendu");
      case WITHDRAWN -> Badge.bad("Retiré");
    };
  }

  private static Reversed reversed(Reversal reversal, Actor reader) {
    return new Reversed(
        reversal.reversal(),
        reversal.slip(),
        CauseWords.slip(reversal.venue(), reversal.slip(), reader).page(),
        switch (reversal.state()) {
          case PROPOSED -> Badge.calm("Proposé");
          case DROPPED -> Badge.calm("Abandonné");
          case REVERSED -> Badge.warn("Annulé");
          case CONTESTED -> Badge.warn("Contesté");
          case UPHELD -> Badge.bad("Maintenu");
          case LIFTED -> Badge.good("Levé");
        },
        reversal.reversedOn().orElse(null),
        reversal.contestUntil().orElse(null),
        reversal.amountCents(),
        reversal.claimedCents());
  }
}
