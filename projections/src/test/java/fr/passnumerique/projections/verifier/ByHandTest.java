package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.projections.Story;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bank has proven what its statements show, and no word of a clerk's since. */
class ByHandTest {
  private static final LocalDate DAY =
      Story.received("r-1", Story.STATE, 1).happenedOn().orElseThrow();
  private static final long PAID_IN = 1_050_000;

  private final WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut());

  @Test
  void whatIsCoveredByAClerksWordAloneIsUnproven() throws IOException {
    Verification verified = ledger.with(closing(DAY.minusDays(1), 0)).verified();
    assertThat(verified.findings().none()).isTrue();
    assertThat(verified.hasEachStatement()).isTrue();
    assertThat(verified.unseen()).isEmpty();
    assertThat(verified.unproven())
        .extracting(Statements.Unproven::sentence)
        .containsExactly(
            "600000 cents of funder anct for agreement creuse-2026 that clerks recorded as received"
                + " since "
                + DAY.minusDays(1)
                + " no statement shows, and what is to be covered leans on them",
            "450000 cents of funder nouvelle-aquitaine for agreement creuse-2026 that clerks"
                + " recorded as received since "
                + DAY.minusDays(1)
                + " no statement shows, and what is to be covered leans on them");
    assertThat(verified.unproven())
        .extracting(Statements.Unproven::position)
        .containsExactly(6L, 7L);
    assertThat(ledger.verifiedAsProven().findings().count(Check.PROVEN)).isEqualTo(2);
    assertThat(report(verified))
        .contains(
            "proven      the ledger has what each of 1 statements",
            "unproven    position 6: 600000 cents of funder anct",
            "The bank does not prove the cash, as said above.");
  }

  @Test
  void whatAStatementHasClosedIsProvenByItsBalance() throws IOException {
    ledger.with(closing(DAY, PAID_IN));
    assertThat(ledger.verified().unproven()).isEmpty();
    assertThat(ledger.verified().unseen()).isEmpty();
    assertThat(ledger.verifiedAsProven().findings().none()).isTrue();
  }

  /** It is free credit: as the engine's own answer says, cover is proven without it. */
  @Test
  void whatNothingLeansOnIsSaidAndAFaultForWhoKnowsThatAllIsProven() throws IOException {
    ledger.with(closing(DAY, PAID_IN)).with(later(10_000_000));
    Verification verified = ledger.verified();
    assertThat(verified.unproven()).isEmpty();
    assertThat(report(verified))
        .contains(
            "by hand     position %d: 10000000 cents of funder anct for agreement creuse-2026"
                .formatted(ledger.position()),
            "nothing that is to be covered leans on them",
            "All that was checked holds. The bank does not prove all of the cash yet");
    assertThat(ledger.verifiedAsProven().findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.PROVEN);
              assertThat(found.position()).isEqualTo(ledger.position());
            });
  }

  @Test
  void whatTheBankHasToldSinceIsNoWordOfAClerks() throws IOException {
    ledger
        .with(closing(DAY, PAID_IN))
        .with(later(700))
        .with(
            new BankEntryProved(
                new BankEntry(
                    "E0123456789ABCDEF0123",
                    Optional.of("26091-000019"),
                    DAY.plusDays(1),
                    DAY.plusDays(1),
                    700,
                    Optional.empty(),
                    Optional.empty()),
                700,
                Optional.of("r-9"),
                Optional.empty(),
                DAY.plusDays(1),
                Optional.empty()));
    assertThat(ledger.verifiedAsProven().findings().none()).isTrue();
  }

  @Test
  void whatWasTakenBackIsNot() {
    ByHand byHand = new ByHand();
    String received =
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":5,\"valueDate\":\"%s\"}"
            .formatted(DAY);
    List<Entry> entries = List.of(entry("BANK", "a", 5));
    Books books = new Books(new Chart(), new Findings());
    byHand.check(1, "FundsReceived", LineReader.fact(received), entries);
    assertThat(byHand.after(DAY.minusDays(1), books)).hasSize(1);
    assertThat(byHand.after(DAY, books)).isEmpty();
    byHand.check(2, "ReceiptTakenBack", LineReader.fact("{\"receipt\":\"r\"}"), entries);
    assertThat(byHand.after(DAY.minusDays(1), books)).isEmpty();
  }

  /** Where it came in nothing leans on it, and where it went it came from no clerk. */
  @Test
  void whatWasMovedOnToAnotherAgreementIsAskedOfAllTogether() {
    ByHand byHand = new ByHand();
    String received =
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":5,\"valueDate\":\"%s\"}"
            .formatted(DAY);
    Books books = new Books(new Chart(), new Findings());
    List<Entry> in = List.of(entry("BANK", "a", 5), entry("FUNDER_CREDIT", "a", -5));
    byHand.check(1, "FundsReceived", LineReader.fact(received), in);
    books.post(1, in);
    books.post(
        2,
        List.of(
            entry("FUNDER_CREDIT", "a", 5),
            entry("BANK", "a", -5),
            entry("BANK", "b", 5),
            entry("CHEQUES_OUTSTANDING", "b", -5)));
    assertThat(byHand.after(DAY.minusDays(1), books))
        .extracting(ByHand.Unseen::whose, ByHand.Unseen::leans)
        .containsExactly(
            tuple("of funder f for agreement a", false), tuple("of all funders together", true));
  }

  @Test
  void cashWithoutAnyStatementIsUnproven() throws IOException {
    assertThat(ledger.verified().unproven())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position()).isEqualTo(6);
              assertThat(one.sentence()).contains("no statement of the bank is told");
            });
    assertThat(new WrittenLedger().with(Story.untilHandedOut().getFirst()).verified().unproven())
        .isEmpty();
  }

  private static Entry entry(String kind, String agreement, long cents) {
    String departement = kind.equals("CHEQUES_OUTSTANDING") ? "23" : "";
    return new Entry(new Account(kind, "p", agreement, "f", departement, "", "", ""), cents);
  }

  private static FundsReceived later(long cents) {
    FundsReceived of = Story.received("r-9", Story.STATE, cents);
    return new FundsReceived(
        new ReceiptId("r-9"),
        of.agreement(),
        of.programme(),
        of.funder(),
        cents,
        DAY.plusDays(1),
        Optional.empty());
  }

  private static BankStatementImported closing(LocalDate day, long cents) {
    return new BankStatementImported(
        "S-1",
        "RELEVE-001",
        Optional.of(1L),
        day,
        day,
        cents,
        cents,
        0,
        Optional.empty(),
        List.of());
  }

  private static String report(Verification verified) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    Report.print(verified, new PrintStream(text, true, UTF_8));
    return text.toString(UTF_8);
  }
}
