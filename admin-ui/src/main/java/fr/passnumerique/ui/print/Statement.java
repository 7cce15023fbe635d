package fr.passnumerique.ui.print;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.ui.figures.Situation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The balances of a funder or a venue, as {@code readBalances} answers them, at the end of a period
 * and before it, or at one moment alone.
 *
 * @param since first day of the period; null for one moment
 * @param warnings what must be known beside the figures
 * @param columns of the table of agreements
 */
record Statement(
    String what,
    String id,
    String name,
    @Nullable LocalDate since,
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    List<String> warnings,
    List<Section> sections,
    List<String> columns,
    List<OfAgreement> agreements) {

  /**
   * @param note what its rows come to
   */
  record Section(String title, String note, List<Row> rows) {}

  /**
   * @param total of the rows before it
   */
  record Row(String label, long opening, long closing, boolean total) {}

  /**
   * @param total of all agreements
   */
  record OfAgreement(String label, String programme, List<Long> cents, boolean total) {}

  /** A figure of the API, and what it is called on paper. */
  private record Figure(
      String label, Function<Amounts, @Nullable Long> of, boolean less, boolean total) {
    static Figure of(String label, Function<Amounts, @Nullable Long> of) {
      return new Figure(label, of, false, false);
    }

    static Figure less(String label, Function<Amounts, @Nullable Long> of) {
      return new Figure(label, of, true, false);
    }

    static Figure total(String label, Function<Amounts, @Nullable Long> of) {
      return new Figure(label, of, false, true);
    }

    /** What is not told of these accounts is no zero: a total would lack it. */
    long of(Amounts amounts) {
      long cents = requireNonNull(of.apply(amounts), label);
      return less ? Math.negateExact(cents) : cents;
    }
  }

  /** The identities that {@code Balances.Amounts} tells, each with its total. */
  private static final List<Figure> MONEY =
      List.of(
          Figure.of("Non affecté", Amounts::unallocatedCents),
          Figure.of("Affecté aux chèques en circulation", Amounts::outstandingCents),
          Figure.of("Chèques acceptés des lieux", Amounts::redeemedCents),
          Figure.less("Auxquels des lieux gratuits renoncent", Amounts::waivedCents),
          Figure.of("Indus payés ou en cours de paiement", Amounts::untitledCents),
          Figure.of("Indus à recouvrer auprès des lieux", Amounts::receivableCents),
          Figure.of("À vous restituer", Amounts::dueBackCents),
          Figure.of("Avancé pour d’autres financeurs", Amounts::advancedCents),
          Figure.total("Versé, net de ce qui vous a été rendu", Amounts::paidInCents));

  private static final List<Figure> TITLES =
      List.of(
          Figure.of("En stock chez l’opérateur", Amounts::inStockCents),
          Figure.of("Chez les prescripteurs", Amounts::atPrescribersCents),
          Figure.of("Remis au public, pas encore utilisés", Amounts::liveCents),
          Figure.of("Acceptés des lieux", Amounts::redeemedCents),
          Figure.of("Périmés", Amounts::expiredCents),
          Figure.of("Opposés", Amounts::opposedCents),
          Figure.of("Remplacés", Amounts::replacedCents),
          Figure.of("Annulés par un indu", Amounts::voidedCents),
          Figure.total("Émis", Amounts::issuedCents));

  /**
   * They do not come to what is accepted, of a venue that is free of charge: what it waives is told
   * of the agreement's cash, which has no venue.
   */
  private static final List<Figure> PAYMENTS =
      List.of(
          Figure.of("Accepté", Amounts::redeemedCents),
          Figure.of("À payer", Amounts::owedCents),
          Figure.of("Virement en cours", Amounts::inTransitCents),
          Figure.of("De ces deux, pour des lignes annulées depuis", Amounts::untitledCents),
          Figure.of("Payé", Amounts::paidCents));

  private static final List<Figure> OF_FUNDER =
      List.of(
          Figure.of("Versé", Amounts::paidInCents),
          Figure.of("Émis", Amounts::issuedCents),
          Figure.of("Accepté", Amounts::redeemedCents),
          Figure.of("Payé", Amounts::paidCents),
          Figure.of("À restituer", Amounts::dueBackCents));

  private static final List<Figure> OF_VENUE =
      List.of(
          Figure.of("Accepté", Amounts::redeemedCents),
          Figure.of("À payer", Amounts::owedCents),
          Figure.of("En cours", Amounts::inTransitCents),
          Figure.of("Payé", Amounts::paidCents));

  /**
   * @param opening before the period; null for one moment
   */
  static Statement ofFunder(
      String id,
      String name,
      @Nullable LocalDate since,
      @Nullable Balances opening,
      Balances closing) {
    return of(
        "Financeur",
        id,
        name,
        since,
        opening,
        closing,
        List.of(
            section(
                "Votre argent", "Où sont les fonds que vous avez versés", MONEY, opening, closing),
            section(
                "Vos chèques",
                "Valeur faciale de votre part des chèques émis",
                TITLES,
                opening,
                closing)),
        OF_FUNDER);
  }

  /**
   * @param opening before the period; null for one moment
   */
  static Statement ofVenue(
      String id,
      String name,
      @Nullable LocalDate since,
      @Nullable Balances opening,
      Balances closing) {
    return of(
        "Lieu de médiation",
        id,
        name,
        since,
        opening,
        closing,
        List.of(
            section(
                "Votre compte",
                "Les chèques acceptés de vos bordereaux, et leur paiement. Un lieu gratuit y"
                    + " renonce\u00A0: ce qui en est accepté n’est ni à payer ni payé.",
                PAYMENTS,
                opening,
                closing)),
        OF_VENUE);
  }

  private static Statement of(
      String what,
      String id,
      String name,
      @Nullable LocalDate since,
      @Nullable Balances opening,
      Balances closing,
      List<Section> sections,
      List<Figure> columns) {
    return new Statement(
        what,
        id,
        name,
        since,
        closing.position(),
        closing.recordedAt(),
        closing.businessDate(),
        Situation.warnings(
            Caveats.both(closing.caveats(), opening == null ? null : opening.caveats())),
        sections,
        columns.stream().map(Figure::label).toList(),
        agreements(closing, columns));
  }

  private static Section section(
      String title,
      String note,
      List<Figure> figures,
      @Nullable Balances opening,
      Balances closing) {
    List<Row> rows = new ArrayList<>();
    for (Figure figure : figures) {
      long before = opening == null ? 0 : figure.of(opening.totals());
      long after = figure.of(closing.totals());
      // A statement says what there is: what was never anything is left out, and totals are kept.
      if (figure.total() || before != 0 || after != 0) {
        rows.add(new Row(figure.label(), before, after, figure.total()));
      }
    }
    return new Section(title, note, rows);
  }

  private static List<OfAgreement> agreements(Balances closing, List<Figure> columns) {
    List<Balances.OfAgreement> agreements = requireNonNullElse(closing.agreements(), List.of());
    if (agreements.isEmpty()) {
      return List.of();
    }
    return Stream.concat(
            agreements.stream()
                .map(
                    each ->
                        new OfAgreement(
                            each.agreement(),
                            each.programmeName(),
                            cents(columns, each.amounts()),
                            false)),
            Stream.of(new OfAgreement("Total", "", cents(columns, closing.totals()), true)))
        .toList();
  }

  private static List<Long> cents(List<Figure> columns, Amounts amounts) {
    return columns.stream().map(column -> column.of(amounts)).toList();
  }
}
