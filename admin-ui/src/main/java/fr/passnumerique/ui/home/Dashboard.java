package fr.passnumerique.ui.home;

import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.ui.chart.Bars;
import fr.passnumerique.ui.chart.Bars.Share;
import fr.passnumerique.ui.figures.Bar.Series;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.words.French;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the operator, an auditor or a funder sees first. Of each table a home shows the first rows,
 * those with the highest amounts. A funder's holds its own cents only. All amounts in cents.
 *
 * @param funders empty for a funder, who is the only one
 */
public record Dashboard(
    Situation situation,
    @Nullable String owner,
    Cover cover,
    Titles titles,
    List<FunderRow> funders,
    List<AgreementRow> agreements,
    VenueRows venues,
    List<FundingRow> funding,
    List<SpendingRow> spending,
    List<FlowRow> flows) {

  private static final int SHOWN = 10;

  public record FunderRow(String id, String name, Brought brought) {}

  public record AgreementRow(String id, String programme, Brought brought) {}

  /**
   * @param name public; empty for a sole trader
   * @param accepted = owed + inTransit + paid + what the venue waived
   */
  public record VenueRow(
      String id, String name, long accepted, long owed, long inTransit, long paid) {
    static VenueRow sum(List<VenueRow> rows) {
      return new VenueRow(
          "",
          "",
          rows.stream().mapToLong(VenueRow::accepted).sum(),
          rows.stream().mapToLong(VenueRow::owed).sum(),
          rows.stream().mapToLong(VenueRow::inTransit).sum(),
          rows.stream().mapToLong(VenueRow::paid).sum());
    }

    /** A sole trader's name is nobody's to read here. */
    public String label() {
      return label(name);
    }

    static String label(String name) {
      return name.isEmpty() ? "Entrepreneur individuel" : name;
    }
  }

  /**
   * @param shown those with the highest amounts accepted
   * @param others how many are left out
   * @param rest what these come to
   */
  public record VenueRows(List<VenueRow> shown, int others, VenueRow rest, VenueRow total) {
    static VenueRows of(List<VenueRow> venues) {
      List<VenueRow> inOrder =
          venues.stream()
              .sorted(
                  Comparator.comparingLong(VenueRow::accepted)
                      .reversed()
                      .thenComparing(VenueRow::id))
              .toList();
      int shown = Math.min(SHOWN, inOrder.size());
      List<VenueRow> others = inOrder.subList(shown, inOrder.size());
      return new VenueRows(
          inOrder.subList(0, shown), others.size(), VenueRow.sum(others), VenueRow.sum(inOrder));
    }

    public Bars drawn() {
      return Bars.of(
          shown,
          VenueRow::label,
          new Share<>(Series.PAID, "Payé", VenueRow::paid),
          new Share<>(Series.IN_TRANSIT, "Virement en cours", VenueRow::inTransit),
          new Share<>(Series.TO_PAY, "À payer", VenueRow::owed));
    }
  }

  /** Where the money comes from. */
  public record FundingRow(
      String departement, long issued, long inCirculation, long accepted, long paid) {}

  /** Where the services were given. */
  public record SpendingRow(String departement, long accepted, long toPay, long paid) {
    public static Bars drawn(List<SpendingRow> rows) {
      return Bars.of(
          rows,
          row -> French.departement(row.departement()),
          new Share<>(Series.PAID, "Payé", SpendingRow::paid),
          new Share<>(Series.TO_PAY, "Reste à payer", SpendingRow::toPay));
    }
  }

  /** What one département funded and another, or the same, spent. */
  public record FlowRow(String from, String to, long accepted) {}

  public Brought broughtInAll() {
    return funders.stream().map(FunderRow::brought).reduce(Brought.NOTHING, Brought::plus);
  }

  /** Of one of these tables what is shown; a funder's agreements are few, and all are. */
  public <R> List<R> first(List<R> rows) {
    return owner == null ? rows.subList(0, Math.min(SHOWN, rows.size())) : rows;
  }

  /**
   * Address of the page that holds all of a table.
   *
   * @param table name of a {@code BalanceTable}
   */
  public String whole(String table) {
    return BalanceTable.valueOf(table).address(situation);
  }

  public Bars fundersDrawn() {
    return Brought.drawn(first(funders), FunderRow::name, FunderRow::brought);
  }

  public Bars agreementsDrawn() {
    return Brought.drawn(first(agreements), AgreementRow::id, AgreementRow::brought);
  }

  public Bars fundingDrawn() {
    return Bars.of(
        first(funding),
        row -> French.departement(row.departement()),
        new Share<>(Series.PAID, "Accepté", FundingRow::accepted),
        new Share<>(Series.REST, "Émis, pas accepté", row -> row.issued() - row.accepted()));
  }

  public Bars spendingDrawn() {
    return SpendingRow.drawn(first(spending));
  }

  /** Whether a funder covers used cheques for another, here. */
  public boolean advances() {
    return Stream.concat(
            funders.stream().map(FunderRow::brought),
            agreements.stream().map(AgreementRow::brought))
        .anyMatch(brought -> brought.advanced() != 0);
  }

  /**
   * @param funder whose cents alone are in the balances; null for everybody's
   */
  public static Dashboard of(
      Balances read, Cover cover, Situation situation, @Nullable String funder) {
    Balances.Amounts totals = read.totals();
    return new Dashboard(
        situation,
        funder == null ? null : nameOf(funder, read),
        cover,
        new Titles(
            cents(totals.issuedCents()),
            cents(totals.inStockCents()),
            cents(totals.atPrescribersCents()),
            cents(totals.liveCents()),
            totals.redeemedCents(),
            // Not what is owed from the funder's cash, which may be for another's share.
            totals.redeemedCents() - cents(totals.waivedCents()) - totals.paidCents(),
            totals.paidCents(),
            cents(totals.expiredCents())
                + cents(totals.opposedCents())
                + cents(totals.replacedCents())
                + cents(totals.voidedCents())),
        funder == null
            ? highest(rows(read.funders(), Dashboard::row), row -> row.brought().paidIn())
            : List.of(),
        highest(rows(read.agreements(), Dashboard::row), row -> row.brought().paidIn()),
        VenueRows.of(rows(read.venues(), Dashboard::row)),
        highest(rows(read.fundingDepartements(), Dashboard::funding), FundingRow::issued),
        highest(rows(read.spendingDepartements(), Dashboard::spending), SpendingRow::accepted),
        highest(
            rows(
                read.flows(),
                of ->
                    new FlowRow(
                        of.fundingDepartement(),
                        of.spendingDepartement(),
                        of.amounts().redeemedCents())),
            FlowRow::accepted));
  }

  private static <R> List<R> highest(List<R> rows, ToLongFunction<R> first) {
    return rows.stream().sorted(Comparator.comparingLong(first).reversed()).toList();
  }

  private static FundingRow funding(Balances.OfDepartement of) {
    return new FundingRow(
        of.departement(),
        cents(of.amounts().issuedCents()),
        cents(of.amounts().outstandingCents()),
        of.amounts().redeemedCents(),
        of.amounts().paidCents());
  }

  public static SpendingRow spending(Balances.OfDepartement of) {
    return new SpendingRow(
        of.departement(),
        of.amounts().redeemedCents(),
        of.amounts().owedCents() + of.amounts().inTransitCents(),
        of.amounts().paidCents());
  }

  private static String nameOf(String funder, Balances read) {
    return rows(read.funders(), row -> row).stream()
        .filter(row -> row.funder().equals(funder))
        .map(Balances.OfFunder::name)
        .findFirst()
        .orElse(funder);
  }

  private static FunderRow row(Balances.OfFunder of) {
    return new FunderRow(of.funder(), of.name(), Brought.of(of.amounts()));
  }

  private static AgreementRow row(Balances.OfAgreement of) {
    return new AgreementRow(of.agreement(), of.programmeName(), Brought.of(of.amounts()));
  }

  private static VenueRow row(Balances.OfVenue of) {
    return new VenueRow(
        of.venue(),
        of.name(),
        of.amounts().redeemedCents(),
        of.amounts().owedCents(),
        of.amounts().inTransitCents(),
        of.amounts().paidCents());
  }

  public static <T, R> List<R> rows(@Nullable List<T> read, Function<T, R> row) {
    return read == null ? List.of() : read.stream().map(row).toList();
  }

  /** Left out where the filters leave no account that could hold it. */
  static long cents(@Nullable Long read) {
    return read == null ? 0 : read;
  }
}
