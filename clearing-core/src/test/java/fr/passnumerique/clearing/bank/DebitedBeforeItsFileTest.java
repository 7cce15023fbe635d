package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Run R-1 is to pay 50 € and 20 €, and nobody has its file. The bank has debited the first of them
 * in a way that nobody has explained; each test does what the refusal says.
 */
class DebitedBeforeItsFileTest {
  private static final TransferId FIRST = new TransferId("R-1-1");
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aRunIsOpened() {
    owed("10000000000001", 5_000);
    owed("10000000000002", 2_000);
    world.ledger.on(DAY).given(new DayOpened(DAY));
    world.must(new OpenSettlementRun(RUN, PROGRAMME, DAY, "clerk-1"));
  }

  private void owed(String venue, long cents) {
    world.ledger.given(
        new VenueAccountOpened(new VenueId(venue), new VaultReference("v-" + venue), "f-" + venue),
        new SlipJudged(
            new VenueId(venue),
            new SlipReference("S-1"),
            "digest",
            Instant.parse("2026-03-20T10:00:00Z"),
            List.of(),
            List.of(),
            List.of(
                new SpentCents(
                    PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty()))));
  }

  private void released() {
    world.must(new ReleaseSettlementRun(RUN, "clerk-2"));
  }

  private static Camt debit(long cents) {
    return Camt.notification("N-1").entry("B-1", DAY.toString(), -cents, FIRST.value(), "");
  }

  private String debited(long cents) {
    return world.importing(debit(cents).bytes()).entries().getFirst().entry();
  }

  private void refused(Command<?> command, String... because) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(List.of(because)).allSatisfy(word -> assertThat(outcome.toString()).contains(word));
  }

  private void match(String entry, long charges) {
    world.must(
        new MatchBankEntry(
            entry,
            List.of(),
            Optional.empty(),
            Optional.of(FIRST),
            Optional.empty(),
            Optional.empty(),
            Optional.of(charges)
                .filter(cents -> cents > 0)
                .map(cents -> new Charges(cents, Charges.Reason.TRANSFER_FEE)),
            "clerk-1"));
  }

  /** The first is paid, once, and the file orders the other. */
  private void theRestIsHandedOut() {
    refused(SettlementParts.download("R-1"), "TRANSFER_ENDED", "download the file again");
    world.must(SettlementParts.download("R-1", FIRST.value()));
    assertThat(world.balance(TITLES_PAID)).isEqualTo(5_000);
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(-2_000);
  }

  @Test
  void beforeItsReleaseByItsOwnAmountItIsMatchedAndTheRestHandedOut() {
    String entry = debited(5_000);
    released();
    refused(
        SettlementParts.download("R-1"),
        "DEBIT_UNEXPLAINED",
        "debited 50.00 € on 2026-04-03 for transfer R-1-1 of 50.00 €",
        "match entry " + entry);
    refused(new CancelSettlementRun(RUN, "clerk-1"), "DEBIT_UNEXPLAINED");

    match(entry, 0);

    theRestIsHandedOut();
    assertThat(world.balance(BANK)).isEqualTo(-5_000);
  }

  @Test
  void byMoreThanItsAmountItIsMatchedWithChargesAndTheRestHandedOut() {
    released();
    String entry = debited(5_010);
    refused(SettlementParts.download("R-1"), "DEBIT_UNEXPLAINED", "50.10 €", "charges");

    match(entry, 10);

    theRestIsHandedOut();
  }

  @Test
  void byLessThanItsAmountItIsHandedOutOnceTheBankHasGivenThatBack() {
    released();
    String entry = debited(4_999);
    refused(SettlementParts.download("R-1"), "DEBIT_UNEXPLAINED", "49.99 €", "offset it");

    String back =
        world
            .importing(
                Camt.notification("N-2")
                    .takenBack("B-2", DAY.toString(), 4_999, FIRST.value())
                    .bytes())
            .entries()
            .getFirst()
            .entry();
    world.must(new OffsetBankEntries(back, entry, "clerk-1"));

    world.must(SettlementParts.download("R-1"));
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(-7_000);
  }

  @Test
  void atTheMomentOfTheHandingOutItIsSeen() {
    released();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit(4_999).bytes());

    var race =
        world.ledger.race(
            new ImportBankFile(file, Map.of(), Map.of()), SettlementParts.download("R-1"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("DEBIT_UNEXPLAINED");
  }

  @Test
  void aFileThatWasHandedOutBeforeIsHandedOutAgain() {
    released();
    world.must(SettlementParts.download("R-1"));
    debited(4_999);

    world.must(SettlementParts.download("R-1"));
  }
}
