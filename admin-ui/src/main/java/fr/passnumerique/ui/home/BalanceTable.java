package fr.passnumerique.ui.home;

import static fr.passnumerique.ui.home.Dashboard.cents;

import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.Grouping;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;

/** A table of the operator's home, of which that shows the first rows and its own page all. */
enum BalanceTable {
  FUNDERS(
      "financeurs",
      Grouping.FUNDER,
      "Financeurs",
      "Financeur",
      "Ce que chaque financeur a apporté lui-même, et ce que c’est devenu",
      Figures.BROUGHT),
  AGREEMENTS(
      "conventions",
      Grouping.AGREEMENT,
      "Conventions",
      "Convention",
      "Ce qui a été apporté à chaque convention, et ce que c’est devenu",
      Figures.BROUGHT),
  VENUES(
      "lieux",
      Grouping.VENUE,
      "Lieux de médiation",
      "Lieu",
      "Ce qui est accepté de chaque lieu, et où en est son paiement",
      List.of(
          Figures.ACCEPTED,
          new Figure("a-payer", "À payer", "OWED", Amounts::owedCents),
          new Figure("en-cours", "Virement en cours", "IN_TRANSIT", Amounts::inTransitCents),
          Figures.PAID)),
  FUNDING(
      "departements-de-financement",
      Grouping.FUNDING_DEPARTEMENT,
      "Départements de financement",
      "Département",
      "Chèques financés au titre de chaque département",
      List.of(
          new Figure("emis", "Émis", "ISSUED", of -> cents(of.issuedCents())),
          new Figure(
              "en-circulation",
              "En circulation",
              "OUTSTANDING",
              of -> cents(of.outstandingCents())),
          Figures.ACCEPTED,
          Figures.PAID)),
  SPENDING(
      "departements-de-depense",
      Grouping.SPENDING_DEPARTEMENT,
      "Départements de dépense",
      "Département",
      "Chèques acceptés dans chaque département ; reste à payer : à payer et virement en cours",
      List.of(
          Figures.ACCEPTED,
          new Figure(
              "reste", "Reste à payer", "TO_PAY", of -> of.owedCents() + of.inTransitCents()),
          Figures.PAID)),
  FLOWS(
      "flux",
      Grouping.FLOW,
      "Flux entre départements",
      "De quel département à quel autre",
      "Financé par un département, dépensé dans un autre ou dans le même",
      List.of(Figures.ACCEPTED));

  private static final String PATH = "/soldes/{table}";

  private final String path;
  private final Grouping grouping;
  private final String title;
  private final String heading;
  private final String caption;
  private final List<Figure> figures;

  BalanceTable(
      String path,
      Grouping grouping,
      String title,
      String heading,
      String caption,
      List<Figure> figures) {
    this.path = path;
    this.grouping = grouping;
    this.title = title;
    this.heading = heading;
    this.caption = caption;
    this.figures = figures;
  }

  /**
   * @param figure that opens, by name
   */
  private record Figure(String key, String label, String figure, ToLongFunction<Amounts> cents) {}

  private static final class Figures {
    static final Figure ACCEPTED =
        new Figure("accepte", "Accepté", "ACCEPTED", Amounts::redeemedCents);
    static final Figure PAID = new Figure("paye", "Payé", "PAID", Amounts::paidCents);
    static final List<Figure> BROUGHT =
        List.of(
            new Figure("apporte", "Apporté", "PAID_IN", of -> Brought.of(of).paidIn()),
            new Figure(
                "non-affecte", "Non affecté", "UNALLOCATED", of -> Brought.of(of).unallocated()),
            new Figure(
                "en-circulation",
                "En circulation",
                "OUTSTANDING",
                of -> Brought.of(of).inCirculation()),
            new Figure("reste", "Reste à payer", "TO_PAY_OF_SHARE", of -> Brought.of(of).toPay()),
            new Figure(
                "a-restituer", "À restituer", "DUE_BACK_TO_FUNDER", of -> Brought.of(of).dueBack()),
            new Figure("paye", "Payé", "PAID_OUT", of -> Brought.of(of).paid()),
            new Figure("avance", "Avancé", "ADVANCED", of -> Brought.of(of).advanced()));
  }

  /**
   * @param page that tells more of what the row is about; null if none does
   */
  record Row(String label, String detail, @Nullable String page, List<Cell> cells) {}

  /**
   * @param address of the page that opens the amount
   */
  record Cell(String label, long cents, String address) {}

  static Optional<BalanceTable> named(String path) {
    return Stream.of(values()).filter(table -> table.path.equals(path)).findFirst();
  }

  /** Of its page, as of the moment of these figures. */
  String address(Situation situation) {
    return Address.of(PATH, path) + '?' + situation.query();
  }

  Grouping grouping() {
    return grouping;
  }

  /**
   * Fills its page.
   *
   * @return the template
   */
  String show(Balances read, Situation at, AskedTable asked, Model model) {
    model.addAttribute("name", title);
    model.addAttribute("caption", caption);
    model.addAttribute("grouping", grouping.parameter());
    model.addAttribute("situation", at);
    model.addAttribute("here", Address.of(PATH, path));
    model.addAttribute("t", columns().show(address(at), rows(read, at), asked));
    return "balances";
  }

  private Columns<Row> columns() {
    Columns<Row> columns =
        Columns.<Row>of().text("nom", heading, row -> row.label() + ' ' + row.detail());
    for (int i = 0; i < figures.size(); i++) {
      int at = i;
      columns =
          columns.number(
              figures.get(i).key(), figures.get(i).label(), row -> row.cells().get(at).cents());
    }
    return columns;
  }

  /** Those with the highest of their first amounts first. */
  private List<Row> rows(Balances read, Situation at) {
    return all(read, at).stream()
        .sorted((one, other) -> Long.compare(first(other), first(one)))
        .toList();
  }

  private static long first(Row row) {
    return row.cells().getFirst().cents();
  }

  private List<Row> all(Balances read, Situation at) {
    return switch (this) {
      case FUNDERS ->
          Dashboard.rows(
              read.funders(),
              of -> row(of.name(), "", null, of.amounts(), at, "funder", of.funder()));
      case AGREEMENTS ->
          Dashboard.rows(
              read.agreements(),
              of ->
                  row(
                      of.agreement(),
                      of.programmeName(),
                      Address.of("/conventions/{id}/rapprochement", of.agreement())
                          + '?'
                          + at.query(),
                      of.amounts(),
                      at,
                      "agreement",
                      of.agreement()));
      case VENUES ->
          Dashboard.rows(
              read.venues(),
              of ->
                  row(
                      Dashboard.VenueRow.label(of.name()),
                      of.venue(),
                      null,
                      of.amounts(),
                      at,
                      "venue",
                      of.venue()));
      case FUNDING -> departements(read.fundingDepartements(), at);
      case SPENDING -> departements(read.spendingDepartements(), at);
      case FLOWS ->
          Dashboard.rows(
              read.flows(),
              of ->
                  row(
                      "%s vers %s"
                          .formatted(
                              French.departement(of.fundingDepartement()),
                              French.departement(of.spendingDepartement())),
                      "",
                      null,
                      of.amounts(),
                      at,
                      Grouping.FUNDING_DEPARTEMENT.parameter(),
                      of.fundingDepartement(),
                      Grouping.SPENDING_DEPARTEMENT.parameter(),
                      of.spendingDepartement()));
    };
  }

  private List<Row> departements(@Nullable List<Balances.OfDepartement> read, Situation at) {
    return Dashboard.rows(
        read,
        of ->
            row(
                French.departement(of.departement()),
                "",
                null,
                of.amounts(),
                at,
                grouping.parameter(),
                of.departement()));
  }

  private Row row(
      String label,
      String detail,
      @Nullable String page,
      Amounts amounts,
      Situation at,
      String... of) {
    return new Row(
        label,
        detail,
        page,
        figures.stream()
            .map(
                figure ->
                    new Cell(
                        figure.label(),
                        figure.cents().applyAsLong(amounts),
                        at.open(figure.figure(), of)))
            .toList());
  }
}
