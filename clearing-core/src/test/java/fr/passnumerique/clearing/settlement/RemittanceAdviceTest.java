package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CREUSE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.part;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.RemittanceAdvice.By;
import fr.passnumerique.clearing.settlement.RemittanceAdvices.Asked;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RemittanceAdviceTest {
  private static final Batch SEVEN = Batch.of(7);
  private static final LocalDate SERVED = LocalDate.of(2026, 3, 16);

  private final SettlementWorld world = new SettlementWorld();
  private final RemittanceAdvices advices =
      new RemittanceAdvices(world.register, Supplier::get, new FixtureReader(world.ledger));

  RemittanceAdviceTest() {
    AgreementSigned.Share all =
        new AgreementSigned.Share(STATE, 10_000, 1_000_000_000, PaymentTerms.PREPAID);
    world.ledger.given(
        new AgreementSigned(
            new AgreementId("a-pass"),
            PASS,
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2026, 1, 1),
            LocalDate.of(2027, 12, 31),
            List.of(CREUSE),
            1,
            List.of(all)),
        new ChequesIssued(
            new OrderId("o-7"),
            new AgreementId("a-pass"),
            PASS,
            1,
            SEVEN,
            100_000,
            1_000,
            10,
            365,
            365,
            LocalDate.of(2027, 12, 31),
            30,
            List.of(),
            List.of(),
            List.of(),
            0,
            ConflictOfInterest.ALLOW,
            CREUSE,
            0,
            QuotaSequence.ALGORITHM,
            QuotaSequence.VERSION,
            "check-1-TEST00",
            LocalDate.of(2026, 2, 1),
            List.of(),
            Optional.empty(),
            Optional.empty()),
        account(ALPHA, "v-1", "iban-1"),
        account(BETA, "v-2", "iban-1"));
  }

  /** Its first line is rejected, the others are accepted. */
  private long slip(VenueId venue, String reference, int first, int count) {
    List<SlipJudged.Line> lines = new ArrayList<>();
    lines.add(
        new SlipJudged.Line(
            Optional.empty(), 0, Optional.of(Verdict.UNKNOWN_CHEQUE), Optional.empty()));
    for (int i = 0; i < count; i++) {
      lines.add(
          new SlipJudged.Line(
              Optional.of(new Serial(SEVEN, first + i)), 0, Optional.empty(), Optional.empty()));
    }
    world.ledger.given(
        new SlipJudged(
            venue,
            new SlipReference(reference),
            "digest",
            Instant.parse("2026-03-20T10:00:00Z"),
            List.of(
                new SlipJudged.Visit(
                    new PointOfServiceId("guichet"), CREUSE, SERVED, "Utiliser le numérique")),
            lines,
            List.of(part(PASS, STATE, count * 1_000L))));
    return world.ledger.facts().size();
  }

  private void reverse(long slip, int line, int ordinal) {
    reverse(slip, line, ordinal, Optional.empty());
  }

  private void reverse(long slip, int line, int ordinal, Optional<TransferId> paying) {
    world.ledger.given(
        new LinesReversed(
            new ReversalId("indu-" + ordinal),
            ALPHA,
            new SlipReference("S-1"),
            slip,
            List.of(
                new ReversedLine(
                    line,
                    new Serial(SEVEN, ordinal),
                    paying.isPresent()
                        ? ReversedLine.Standing.IN_TRANSIT
                        : ReversedLine.Standing.PAID,
                    paying,
                    List.of(part(PASS, STATE, 1_000)))),
            Reason.SERVICE_NOT_GIVEN,
            Optional.empty(),
            "clerk-1",
            Optional.empty(),
            LocalDate.of(2026, 5, 1)));
  }

  private static Asked of(String run, VenueId venue) {
    return new Asked(new SettlementRunId(run), Optional.of(venue), Optional.empty());
  }

  private static Asked ofTransfer(String run) {
    return new Asked(
        new SettlementRunId(run), Optional.empty(), Optional.of(new TransferId(run + "-1")));
  }

  private RemittanceAdvice read(Asked asked) {
    return advices.page(asked, 0, 5_000).orElseThrow();
  }

  private static List<String> told(RemittanceAdvice advice) {
    return advice.lines().stream()
        .map(l -> l.slip() + "/" + l.line() + " " + l.cheque() + " " + l.cents() + " " + l.by())
        .toList();
  }

  private String csv(Asked asked) throws IOException {
    StringWriter to = new StringWriter();
    RemittanceAdvices.Whole whole = advices.whole(asked).orElseThrow();
    RemittanceAdviceRow.TABLE.write(
        TableFormat.EXCEL_FR, row -> RemittanceAdviceRow.each(whole, row), to);
    return to.toString();
  }

  /** R-1 pays both venues by one transfer; R-2 pays one line and nets another. */
  private void twoRuns() {
    long first = slip(ALPHA, "S-1", 1, 3);
    slip(BETA, "S-1", 11, 2);
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));
    world.ledger.send(confirm("R-1", "R-1-1", CUT_OFF));
    reverse(first, 3, 2);
    slip(ALPHA, "S-2", 21, 2);
    world.begin(CUT_OFF.plusDays(1));
    world.openAndHandOut(run("R-2", CUT_OFF.plusDays(1)));
  }

  @Test
  void tellsEveryLineOfATransferAndAVenueItsOwn() {
    twoRuns();

    RemittanceAdvice whole = read(ofTransfer("R-1"));
    assertThat(told(whole))
        .containsExactly(
            "S-1/2 00007-0001 1000 TRANSFER",
            "S-1/3 00007-0002 1000 TRANSFER",
            "S-1/4 00007-0003 1000 TRANSFER",
            "S-1/2 00007-000B 1000 TRANSFER",
            "S-1/3 00007-000C 1000 TRANSFER");
    assertThat(whole.lines().getFirst().servedOn()).isEqualTo(SERVED);
    assertThat(whole.lines().getFirst().pointOfService()).isEqualTo("guichet");
    assertThat(whole.transfers().getFirst().amountCents())
        .isEqualTo(5_000)
        .isEqualTo(whole.transferredCents())
        .isEqualTo(whole.lines().stream().mapToLong(RemittanceAdvice.Line::cents).sum());
    assertThat(whole.transfers().getFirst().state()).isEqualTo(SettlementRun.State.CONFIRMED);

    RemittanceAdvice own = read(of("R-1", BETA));
    assertThat(own.lines()).extracting(RemittanceAdvice.Line::venue).containsOnly(BETA.value());
    assertThat(own.transfers().getFirst().linesCents()).isEqualTo(2_000);
    assertThat(own.transfers().getFirst().amountCents()).isEqualTo(5_000);
    assertThat(advices.page(of("R-2", BETA), 0, 10)).isEmpty();
    assertThat(advices.page(of("R-9", BETA), 0, 10)).isEmpty();
  }

  @Test
  void tellsWhatIsNettedByItsReversalAndItsSumsAreThoseOfTheTransfer() throws IOException {
    twoRuns();

    RemittanceAdvice advice = read(of("R-2", ALPHA));
    assertThat(told(advice))
        .containsExactly("S-2/3 00007-000P 1000 TRANSFER", "S-2/2 00007-000N 1000 NETTING");
    assertThat(advice.recovered())
        .containsExactly(
            new RemittanceAdvice.Recovered(
                ALPHA.value(),
                "indu-2",
                Reason.SERVICE_NOT_GIVEN,
                "00007-0002",
                1_000,
                RemittanceAdvice.State.NETTED));
    assertThat(advice.transferredCents()).isEqualTo(1_000);
    assertThat(advice.nettedCents())
        .isEqualTo(1_000)
        .isEqualTo(
            advice.lines().stream()
                .filter(line -> line.by() == By.NETTING)
                .mapToLong(RemittanceAdvice.Line::cents)
                .sum());

    String csv = csv(of("R-2", ALPHA));
    assertThat(csv)
        .startsWith("\uFEFFNature;Virement;Lieu;Bordereau;Ligne;Chèque;Date du service;")
        .contains(
            "Ligne par virement;R-2-1;\"=\"\""
                + ALPHA
                + "\"\"\";S-2;3;00007-000P;16/03/2026;guichet;;;Ordonné;10,00")
        .contains(
            "Indu retenu;;\"=\"\""
                + ALPHA
                + "\"\"\";;;\"=\"\"00007-0002\"\"\";;;indu-2;Service non rendu;Compensé;-10,00")
        .contains("Total;;;;1;;;;;;Ordonné;10,00", "Total;;;;1;;;;;;Compensé;10,00");
    assertThat(sumOf(csv)).isEqualByComparingTo("10.00");
  }

  private static BigDecimal sumOf(String csv) {
    return csv.lines()
        .skip(1)
        .filter(row -> !row.startsWith("Total") && !row.matches(".*;(Rejeté|Retourné);[^;]*"))
        .map(row -> new BigDecimal(row.substring(row.lastIndexOf(';') + 1).replace(',', '.')))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void whatTheRejectionUndidIsToldAsUndoneAndNettedNoMore() throws IOException {
    twoRuns();
    world.ledger.send(SettlementWorld.reject("R-2", "R-2-1", CUT_OFF.plusDays(1), "AC04"));

    RemittanceAdvice advice = read(of("R-2", ALPHA));
    assertThat(advice.transfers().getFirst().state()).isEqualTo(SettlementRun.State.REJECTED);
    assertThat(told(advice))
        .containsExactly("S-2/3 00007-000P 1000 TRANSFER", "S-2/2 00007-000N 1000 NETTING");
    assertThat(advice.lines().getLast().state()).isEqualTo(RemittanceAdvice.State.NETTING_UNDONE);
    assertThat(advice.recovered())
        .extracting(RemittanceAdvice.Recovered::reversal, RemittanceAdvice.Recovered::state)
        .containsExactly(tuple("indu-2", RemittanceAdvice.State.NETTING_UNDONE));
    assertThat(advice.nettedCents()).isZero();
    String csv = csv(of("R-2", ALPHA));
    assertThat(csv)
        .contains("Ligne compensée;R-2-1;", ";;;Compensation annulée;10,00")
        .contains(";indu-2;Service non rendu;Compensation annulée;-10,00")
        .contains("Total;;;;1;;;;;;Compensation annulée;10,00");
    assertThat(sumOf(csv)).isZero();
  }

  private static List<String> states(RemittanceAdvice advice) {
    return advice.states().stream()
        .map(sum -> sum.state() + " " + sum.lineCount() + " " + sum.cents())
        .toList();
  }

  @Test
  void everyLineHasTheStateOfItsTransferAndWhatIsRejectedOrCameBackIsNotPaid() throws IOException {
    twoRuns();
    assertThat(states(read(ofTransfer("R-1")))).containsExactly("CONFIRMED 5 5000");
    assertThat(states(read(of("R-2", ALPHA)))).containsExactly("ORDERED 1 1000", "NETTED 1 1000");

    world.ledger.send(SettlementWorld.reject("R-2", "R-2-1", CUT_OFF.plusDays(1), "AC04"));
    RemittanceAdvice rejected = read(of("R-2", ALPHA));
    assertThat(states(rejected)).containsExactly("NETTING_UNDONE 1 1000", "REJECTED 1 1000");
    assertThat(rejected.lines())
        .extracting(RemittanceAdvice.Line::state)
        .containsExactly(RemittanceAdvice.State.REJECTED, RemittanceAdvice.State.NETTING_UNDONE);
    assertThat(rejected.transferredCents()).isZero();
    assertThat(rejected.transfers().getFirst().linesCents()).isEqualTo(1_000);
    assertThat(csv(of("R-2", ALPHA))).contains(";;;Rejeté;10,00", "Total;;;;1;;;;;;Rejeté;10,00");
    assertThat(sumOf(csv(of("R-2", ALPHA)))).isZero();

    world.ledger.given(
        new BankWord(world.register)
            .returned(
                new TransferId("R-1-1"),
                "AC04",
                new BankEntry(
                    "E-1",
                    Optional.empty(),
                    CUT_OFF,
                    CUT_OFF,
                    5_000,
                    Optional.empty(),
                    Optional.empty())));
    RemittanceAdvice returned = read(of("R-1", BETA));
    assertThat(states(returned)).containsExactly("RETURNED 2 2000");
    assertThat(returned.transferredCents()).isZero();
    assertThat(csv(of("R-1", BETA))).contains("Total;;;;2;;;;;;Retourné;20,00");
  }

  @Test
  void ofWhatARunPaysTooLateTheLinesAreLeftOutThatWereReversedBefore() {
    LocalDate tooLate = LocalDate.of(2026, 4, 13);
    long slip = slip(ALPHA, "S-1", 1, 3);
    long other = slip(ALPHA, "S-2", 11, 1);
    world.begin(tooLate);
    world.openAndHandOut(run("R-1", tooLate));
    assertThat(late("R-1", tooLate)).isEqualTo(4_000);

    reverse(slip, 3, 2, Optional.of(new TransferId("R-1-1")));
    assertThat(late("R-1", tooLate)).isEqualTo(3_000);
    reverse(other, 2, 11, Optional.of(new TransferId("R-1-1")));
    assertThat(late("R-1", tooLate)).isEqualTo(2_000);
    assertThat(asRun("R-1").transfers().getFirst().slips())
        .extracting(SettlementRun.Slip::late)
        .containsExactly(true, false);

    world.ledger.send(confirm("R-1", "R-1-1", tooLate));
    assertThat(late("R-1", tooLate)).isEqualTo(2_000);
  }

  @Test
  void whatIsRejectedIsNotPaidLateByTheRunThatOrderedIt() {
    LocalDate tooLate = LocalDate.of(2026, 4, 13);
    slip(ALPHA, "S-1", 1, 3);
    world.begin(tooLate);
    world.openAndHandOut(run("R-1", tooLate));
    world.ledger.send(SettlementWorld.reject("R-1", "R-1-1", tooLate, "AC04"));
    assertThat(late("R-1", tooLate)).isZero();
  }

  private SettlementRun asRun(String run) {
    return new SettlementRuns(
            world.register,
            Supplier::get,
            new FixtureReader(world.ledger),
            new SettlementParts.NoVault(),
            Optional.empty())
        .find(new SettlementRunId(run))
        .orElseThrow()
        .run();
  }

  /** As the register of late payments has it, too. */
  private long late(String run, LocalDate day) {
    long cents = asRun(run).lateCents();
    long told =
        new LatePayments(world.register, Supplier::get)
                .find(
                    new LatePayments.Asked(
                        day,
                        day,
                        day.minusYears(1),
                        Optional.empty(),
                        Optional.of(new SettlementRunId(run))))
                .payments()
                .stream()
                .mapToLong(LatePayment::cents)
                .sum();
    assertThat(cents).isEqualTo(told);
    return cents;
  }

  @Test
  void beforeItsReleaseARunPaysNothing() {
    slip(ALPHA, "S-1", 1, 3);
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
    assertThatThrownBy(() -> read(of("R-1", ALPHA)))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo("RUN_NOT_RELEASED"));
    world.ledger.send(release("R-1", SettlementWorld.SECOND_CLERK));
    assertThat(read(of("R-1", ALPHA)).lineCount()).isEqualTo(3);
  }

  @Test
  void fiftyThousandLinesComeInPagesThatLeaveNoneOutAndInOneFile() throws IOException {
    for (int slip = 0; slip < 100; slip++) {
      slip(ALPHA, "S-" + slip, slip * 500 + 1, 500);
    }
    world.begin(CUT_OFF);
    world.openAndHandOut(run("R-1"));

    List<String> cheques = new ArrayList<>();
    Optional<String> next = Optional.of("0");
    while (next.isPresent()) {
      RemittanceAdvice page =
          advices.page(ofTransfer("R-1"), Integer.parseInt(next.get()), 4_999).orElseThrow();
      assertThat(page.lineCount()).isEqualTo(50_000);
      assertThat(page.transferredCents()).isEqualTo(50_000_000);
      page.lines().forEach(line -> cheques.add(line.cheque()));
      next = page.next();
    }
    assertThat(cheques).hasSize(50_000).doesNotHaveDuplicates();
    String csv = csv(ofTransfer("R-1"));
    assertThat(csv.lines().count()).isEqualTo(50_002);
    assertThat(sumOf(csv)).isEqualByComparingTo("500000.00");
  }
}
