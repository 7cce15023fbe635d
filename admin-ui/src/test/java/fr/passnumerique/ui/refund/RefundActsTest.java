package fr.passnumerique.ui.refund;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.ui.ledger.ThingActs;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a clerk can do with a credit note. */
class RefundActsTest {
  private static final CreditNoteId NOTE = new CreditNoteId("rendu-1~~anct");
  private static final RefundOrderId ORDER = new RefundOrderId("avoirs-1");
  private static final Fact ISSUED =
      new CreditGivenBack(
          new GiveBackId("rendu-1"),
          NOTE,
          new AgreementId("A-1"),
          new ProgrammeId("pass-23"),
          new FunderId("anct"),
          1_00,
          LocalDate.parse("2026-11-30"),
          "clerk-1");
  static final VaultReference ACCOUNT = new VaultReference("iban-1");
  private static final Fact ORDERED =
      new RefundsOrdered(
          ORDER,
          List.of(transfer("avoirs-1-1", "commande-16~anct"), transfer("avoirs-1-2", NOTE.value())),
          "clerk-1");
  private static final Fact CANCELLED = new RefundsCancelled(ORDER, List.of(NOTE), "clerk-1");

  /** As a name used before, it would be refused or be the same order again. */
  @Test
  void eachOrderProposesAnotherName() {
    LocalDate day = LocalDate.parse("2026-12-01");

    assertThat(RefundDeeds.proposed("", day).get("order"))
        .startsWith("avoirs-2026-12-01-")
        .isNotEqualTo(RefundDeeds.proposed("", day).get("order"));
  }

  @Test
  void anIssuedOneIsOrderedRecordedOrTakenBack() {
    assertThat(acts(false, ISSUED))
        .containsExactly(
            "Ordonner le remboursement", "Saisir le remboursement", "Annuler la restitution");
    assertThat(acts(false, ISSUED, ORDERED, CANCELLED)).isEqualTo(acts(false, ISSUED));
  }

  /** Nothing else would be taken while the order holds it. */
  @Test
  void oneThatAnOrderHoldsLeadsThereAndIsRecordedOnceTheBankMayHaveItsFile() {
    assertThat(acts(false, ISSUED, ORDERED)).containsExactly("Voir l’ordre de remboursement");
    assertThat(acts(true, ISSUED, ORDERED))
        .containsExactly(
            "Voir l’ordre de remboursement", "Saisir le remboursement", "Saisir le rejet");
    assertThat(RefundConfiguration.ofANote(NOTE.value(), List.of(ISSUED, ORDERED), _ -> true))
        .extracting(ThingActs.Act::address)
        .contains("/remboursements/avoirs-1/virements/avoirs-1-2/rejet");
    assertThat(RefundConfiguration.ofANote("rendu-1~~anct", List.of(ISSUED, ORDERED), _ -> false))
        .extracting(ThingActs.Act::address)
        .containsExactly("/remboursements/avoirs-1");
  }

  private static RefundsOrdered.Transfer transfer(String id, String note) {
    return new RefundsOrdered.Transfer(
        new TransferId(id),
        new CreditNoteId(note),
        new FunderId("anct"),
        ACCOUNT,
        1_00,
        List.of(),
        Optional.empty());
  }

  private static List<String> acts(boolean handedOut, Fact... facts) {
    return RefundConfiguration.ofANote("rendu-1~~anct", List.of(facts), _ -> handedOut).stream()
        .map(ThingActs.Act::label)
        .toList();
  }
}
