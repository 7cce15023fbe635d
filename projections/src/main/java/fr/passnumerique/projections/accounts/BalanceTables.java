package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.PostingsPage.Posting;
import fr.passnumerique.projections.accounts.Reconciliation.Difference;
import fr.passnumerique.projections.accounts.Reconciliation.OfFunder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of what is exported of balances, their postings and the reconciliation. */
final class BalanceTables {
  private static final Table<Amounts> AMOUNTS =
      Table.<Amounts>of()
          .cents("paidInCents", "Apporté", Amounts::paidInCents)
          .cents("advancedCents", "Avancé pour d'autres", Amounts::advancedCents)
          .cents("bankCents", "En banque", Amounts::bankCents)
          .cents("unallocatedCents", "Non affecté", Amounts::unallocatedCents)
          .cents("outstandingCents", "Chèques en circulation", Amounts::outstandingCents)
          .cents("dueBackCents", "À restituer", Amounts::dueBackCents)
          .cents("receivableCents", "Indus à recouvrer", Amounts::receivableCents)
          .cents("issuedCents", "Émis", Amounts::issuedCents)
          .cents("inStockCents", "En stock", Amounts::inStockCents)
          .cents("atPrescribersCents", "Chez les prescripteurs", Amounts::atPrescribersCents)
          .cents("liveCents", "Entre les mains du public", Amounts::liveCents)
          .cents("expiredCents", "Périmé", Amounts::expiredCents)
          .cents("opposedCents", "Opposé", Amounts::opposedCents)
          .cents("replacedCents", "Remplacé", Amounts::replacedCents)
          .cents("voidedCents", "Annulé", Amounts::voidedCents)
          .cents("waivedCents", "Accepté sans paiement", Amounts::waivedCents)
          .all(spent(), amounts -> amounts);

  static final Table<Balances.OfVenue> VENUES =
      Table.<Balances.OfVenue>of()
          .code("venue", "Lieu", Balances.OfVenue::venue)
          .text("name", "Nom", Balances.OfVenue::name)
          .all(spent(), Balances.OfVenue::amounts);

  static final Table<Balances.OfFunder> FUNDERS =
      Table.<Balances.OfFunder>of()
          .code("funder", "Financeur", Balances.OfFunder::funder)
          .text("name", "Nom", Balances.OfFunder::name)
          .all(AMOUNTS, Balances.OfFunder::amounts);

  static final Table<Balances.OfAgreement> AGREEMENTS =
      Table.<Balances.OfAgreement>of()
          .code("agreement", "Convention", Balances.OfAgreement::agreement)
          .code("programme", "Dispositif", Balances.OfAgreement::programme)
          .text("programmeName", "Nom du dispositif", Balances.OfAgreement::programmeName)
          .all(AMOUNTS, Balances.OfAgreement::amounts);

  static final Table<Balances.OfProgramme> PROGRAMMES =
      Table.<Balances.OfProgramme>of()
          .code("programme", "Dispositif", Balances.OfProgramme::programme)
          .text("name", "Nom", Balances.OfProgramme::name)
          .all(AMOUNTS, Balances.OfProgramme::amounts);

  static final Table<Balances.OfPrescriber> PRESCRIBERS =
      Table.<Balances.OfPrescriber>of()
          .code("prescriber", "Prescripteur", Balances.OfPrescriber::prescriber)
          .text("name", "Nom", Balances.OfPrescriber::name)
          .cents("inStockCents", "En stock", Balances.OfPrescriber::inStockCents);

  /** Of funding, where also what is not spent has its département. */
  static final Table<Balances.OfDepartement> FUNDING_DEPARTEMENTS =
      Table.<Balances.OfDepartement>of()
          .code("departement", "Département de financement", Balances.OfDepartement::departement)
          .cents("issuedCents", "Émis", of -> of.amounts().issuedCents())
          .cents(
              "outstandingCents", "Chèques en circulation", of -> of.amounts().outstandingCents())
          .all(spent(), Balances.OfDepartement::amounts);

  static final Table<Balances.OfDepartement> SPENDING_DEPARTEMENTS =
      Table.<Balances.OfDepartement>of()
          .code("departement", "Département de dépense", Balances.OfDepartement::departement)
          .all(spent(), Balances.OfDepartement::amounts);

  static final Table<Balances.Flow> FLOWS =
      Table.<Balances.Flow>of()
          .code(
              "fundingDepartement", "Département de financement", Balances.Flow::fundingDepartement)
          .code("spendingDepartement", "Département de dépense", Balances.Flow::spendingDepartement)
          .all(spent(), Balances.Flow::amounts);

  static final Table<Posting> POSTINGS =
      Table.<Posting>of()
          .count("position", "Position", Posting::position)
          .instant("recordedAt", "Enregistré le", Posting::recordedAt)
          .day("happenedOn", "Date d'effet", Posting::happenedOn)
          .text("fact", "Fait", Posting::fact)
          .text(
              "causes",
              "Objet",
              of ->
                  of.causes().stream()
                      .map(cause -> cause.kind() + " " + cause.id())
                      .collect(Collectors.joining(", ")))
          .text("kind", "Compte", of -> of.kind().name())
          .text("label", "Libellé du compte", Posting::label)
          .code("programme", "Dispositif", Posting::programme)
          .code("agreement", "Convention", Posting::agreement)
          .code("funder", "Financeur", Posting::funder)
          .code("fundingDepartement", "Département de financement", Posting::fundingDepartement)
          .code("venue", "Lieu", Posting::venue)
          .code("spendingDepartement", "Département de dépense", Posting::spendingDepartement)
          .code("prescriber", "Prescripteur", Posting::prescriber)
          .cents("cents", "Montant", Posting::cents)
          .cents("balanceCents", "Solde après", Posting::balanceCents);

  /**
   * A line of a funder's reconciliation.
   *
   * @param funder empty for the total
   * @param part PAID_IN, STAGE, DIFFERENCE, EXPLANATION, HELD or UNEXPLAINED, of which the last is
   *     0
   * @param of the stage, or the two between which it lies; empty for what makes up PAID_IN
   * @param what stable name
   */
  record Reconciled(
      String funder, String name, String part, String of, String what, String label, long cents) {

    static List<Reconciled> of(Reconciliation read) {
      return Stream.concat(read.funders().stream(), Stream.of(read.total()))
          .flatMap(funder -> of(funder).stream())
          .toList();
    }

    private static List<Reconciled> of(OfFunder f) {
      List<Reconciled> lines = new ArrayList<>();
      Reconciliation.PaidIn in = f.paidIn();
      lines.add(line(f, "PAID_IN", "", "received", "Reçu", in.receivedCents()));
      lines.add(
          line(f, "PAID_IN", "", "moved", "Transféré d'autres conventions, net", in.movedCents()));
      lines.add(line(f, "PAID_IN", "", "refunded", "Restitué", -in.refundedCents()));
      lines.add(line(f, "PAID_IN", "", "givenBack", "Rendu sans emploi", -in.givenBackCents()));
      lines.add(
          line(f, "PAID_IN", "", "paidIn", "Apporté, net de ce qui a été rendu", in.paidInCents()));
      f.stages()
          .forEach(
              at -> lines.add(line(f, "STAGE", at.stage().name(), "", at.label(), at.cents())));
      for (Difference d : f.differences()) {
        String between = d.from() + " - " + d.to();
        lines.add(line(f, "DIFFERENCE", between, "", "Écart", d.cents()));
        d.lines()
            .forEach(
                l -> lines.add(line(f, "EXPLANATION", between, l.what(), l.label(), l.cents())));
        lines.add(line(f, "UNEXPLAINED", between, "", "Non expliqué", d.unexplainedCents()));
      }
      lines.add(line(f, "HELD", "BANK", "", "En banque", f.held().bankCents()));
      f.held()
          .lines()
          .forEach(l -> lines.add(line(f, "EXPLANATION", "BANK", l.what(), l.label(), l.cents())));
      lines.add(line(f, "UNEXPLAINED", "BANK", "", "Non expliqué", f.held().unexplainedCents()));
      return lines;
    }

    private static Reconciled line(
        OfFunder f, String part, String of, String what, String label, long cents) {
      return new Reconciled(f.funder(), f.name(), part, of, what, label, cents);
    }
  }

  static final Table<Reconciled> RECONCILIATION =
      Table.<Reconciled>of()
          .code("funder", "Financeur", Reconciled::funder)
          .text("name", "Nom", Reconciled::name)
          .text("part", "Partie", Reconciled::part)
          .text("of", "Étape", Reconciled::of)
          .text("what", "Code", Reconciled::what)
          .text("label", "Libellé", Reconciled::label)
          .cents("cents", "Montant", Reconciled::cents);

  private BalanceTables() {}

  private static Table<Amounts> spent() {
    return Table.<Amounts>of()
        .cents("redeemedCents", "Accepté", Amounts::redeemedCents)
        .cents("owedCents", "À payer", Amounts::owedCents)
        .cents("inTransitCents", "Virement en cours", Amounts::inTransitCents)
        .cents("untitledCents", "dont annulé", Amounts::untitledCents)
        .cents("paidCents", "Payé", Amounts::paidCents);
  }
}
