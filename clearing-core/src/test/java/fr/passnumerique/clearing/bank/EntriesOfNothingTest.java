package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.http.Problem;
import org.junit.jupiter.api.Test;

/** Banks tell entries of 0.00, of fees that they waive say: they move nothing. */
class EntriesOfNothingTest {
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  private static Camt statement(String id) {
    return Camt.statement(id, DAY, DAY, 0);
  }

  private BankStatementImported stated() {
    return world.ledger.facts(BankStatementImported.class).getLast();
  }

  private void nothingWaitsAndAllIsProven() {
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  private void refused(String xml, String code) {
    assertThatThrownBy(() -> world.importing(BankWorld.utf8(xml)))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
  }

  @Test
  void oneBesideOthersIsCountedApartAndListedNowhere() {
    Camt file =
        statement("S-1")
            .entry("B-1", DAY, 0, "", "frais offerts")
            .entry("B-2", DAY, 5_000, "", AGREEMENT + " anct");

    BankFileImported imported = world.importing(file.bytes());

    assertThat(imported.ofNothing()).isEqualTo(1);
    assertThat(imported.entries()).extracting(Entry::cents).containsExactly(5_000L);
    assertThat(stated().entries()).isEqualTo(1);
    assertThat(stated().bookings()).hasSize(1);
    nothingWaitsAndAllIsProven();

    BankFileImported again = world.importing(file.bytes());
    assertThat(again.known()).isEqualTo(2);
    assertThat(again.ofNothing()).isEqualTo(1);
  }

  @Test
  void aStatementOfNothingElseIsProvenAndAddsNothingTwice() {
    Camt file = statement("S-1").entry("B-1", DAY, 0, "", "");

    BankFileImported imported = world.importing(file.bytes());

    assertThat(imported.ofNothing()).isEqualTo(1);
    assertThat(imported.entries()).isEmpty();
    assertThat(stated().entries()).isZero();
    nothingWaitsAndAllIsProven();
    int facts = world.ledger.facts().size();
    assertThat(world.importing(file.bytes()).statements().getFirst().already()).isTrue();
    assertThat(world.ledger.facts()).hasSize(facts);
  }

  @Test
  void aNotificationOfNothingElseRecordsNothing() {
    int facts = world.ledger.facts().size();

    assertThat(
            world
                .importing(Camt.notification("N-1").entry("B-1", DAY, 0, "", "").bytes())
                .ofNothing())
        .isEqualTo(1);

    assertThat(world.ledger.facts()).hasSize(facts);
  }

  @Test
  void aPaymentOfNothingWithinAnEntryIsNoneOfIts() {
    Camt file =
        statement("S-1")
            .batch("B-1", DAY, 5_000, "5000 %s anct".formatted(AGREEMENT), "0 frais offerts");

    assertThat(world.importing(file.bytes()).entries())
        .extracting(Entry::outcome)
        .containsExactly(BankFileImported.Outcome.RECEIVED);
    assertThat(world.importing(file.bytes()).known()).isEqualTo(2);
    nothingWaitsAndAllIsProven();
  }

  /** Together they come to nothing, and each moved something. */
  @Test
  void paymentsThatMakeUpForEachOtherAreExplained() {
    world.importing(statement("S-1").batch("B-1", DAY, 0, "500 un", "-500 deux").bytes());

    assertThat(world.register.unmatched()).hasSize(2);
  }

  @Test
  void aSummaryCountsItOnItsSide() {
    String debit =
        "<Ntry><Amt Ccy=\"EUR\">0.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
            + "<BookgDt><Dt>%s</Dt></BookgDt></Ntry>".formatted(DAY);
    String summary =
        "<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>0.00</Sum></TtlNtries>"
            + "<TtlDbtNtries><NbOfNtries>%d</NbOfNtries><Sum>0.00</Sum></TtlDbtNtries></TxsSummry>";

    assertThat(
            world
                .importing(statement("S-1").raw(0, summary.formatted(1) + debit).bytes())
                .ofNothing())
        .isEqualTo(1);
    refused(statement("S-1").raw(0, summary.formatted(0) + debit).xml(), "COUNTS_DO_NOT_ADD_UP");
  }

  @Test
  void belowNothingIsRefused() {
    String xml =
        statement("S-1")
            .entry("B-1", DAY, 0, "", "")
            .xml()
            .replaceFirst("<Ntry>(.*?)0.00", "<Ntry>$1-0.01");

    refused(xml, "INVALID_VALUE");
  }
}
