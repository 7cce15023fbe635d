package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A credit that carries a call's reference settles that call. */
class CallsByReferenceTest {
  private final BankWorld world = BankWorld.usual();

  private final FundsCalled first = world.must(call("C-1"));
  private final FundsCalled second = world.must(call("C-2"));

  private static CallFunds call(String call) {
    return new CallFunds(
        new CallId(call), AGREEMENT, STATE, 10_000, BankWorld.TODAY.plusDays(30), "clerk-1");
  }

  @Test
  void theReferenceInGroupsOfFourIsTheCalls() {
    String printed = second.reference().replaceAll("(.{4})", "$1 ").strip();

    world.importing(
        Camt.notification("N").entry("B-1", "2026-04-02", 4_000, "", "Appel " + printed).bytes());

    FundsReceived received = world.ledger.facts(FundsReceived.class).getFirst();
    assertThat(received.agreement()).isEqualTo(AGREEMENT);
    assertThat(received.funder()).isEqualTo(STATE);
    assertThat(received.reference()).contains(second.reference());
    assertThat(open()).isEqualTo(16_000);
  }

  @Test
  void withTwoReferencesOfTheShareTheOldestCallComesFirst() {
    world.importing(
        Camt.notification("N")
            .entry(
                "B-1",
                "2026-04-02",
                20_000,
                "",
                "Appels " + second.reference() + " et " + first.reference())
            .bytes());

    assertThat(world.ledger.facts(FundsReceived.class).getFirst().reference()).isEmpty();
    assertThat(open()).isZero();
  }

  @Test
  void whatAClerkRecordedBeforeSettlesOnceThoughTheBankProvesItLater() {
    world.must(new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 4_000, BankWorld.TODAY));

    world.importing(
        Camt.notification("N").entry("B-1", "2026-04-02", 4_000, "", first.reference()).bytes());

    assertThat(world.ledger.facts(FundsReceived.class)).hasSize(1);
    assertThat(open()).isEqualTo(16_000);
  }

  @Test
  void theAgreementsNameAloneSettlesTheOldest() {
    world.importing(
        Camt.notification("N").entry("B-1", "2026-04-02", 12_000, "", "creuse-2026 anct").bytes());

    assertThat(world.ledger.facts(FundsReceived.class).getFirst().reference())
        .isEqualTo(Optional.empty());
    assertThat(open()).isEqualTo(8_000);
  }

  private long open() {
    CalledFunds called = new CalledFunds();
    long position = 0;
    for (var fact : world.ledger.facts()) {
      called.fold(fact, ++position);
    }
    return called.openCents(AGREEMENT, STATE);
  }
}
