package fr.passnumerique.clearing.reversal;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.UnexplainedCredits;
import fr.passnumerique.clearing.bookkeeping.Account;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Three agreements of one programme: batch 7 is split 57.14 to 42.86 between State and région,
 * batch 8 half and half between State and département, batch 9 between State and région, of which
 * the State pays on use and the région advances it. Two venues with an account each. It keeps the
 * accounts, so that a test can ask where every cent is.
 */
final class ReversalWorld {
  static final ProgrammeId PASS = new ProgrammeId("pass");
  static final Batch SEVEN = Batch.of(7);
  static final Batch EIGHT = Batch.of(8);
  static final Batch NINE = Batch.of(9);
  static final VenueId ALPHA = new VenueId("10000000000000");
  static final VenueId BETA = new VenueId("20000000000000");
  static final Departement CREUSE = new Departement("23");
  static final String CLERK = "clerk-1";
  static final String SECOND = "clerk-2";
  static final String THIRD = "clerk-3";

  /** Wednesday. */
  static final LocalDate START = LocalDate.of(2026, 4, 1);

  private static final Map<Batch, AgreementSigned> AGREEMENTS =
      Map.of(
          SEVEN, signed("a-7", share("anct", 5_714), share("region", 4_286)),
          EIGHT, signed("a-8", share("anct", 5_000), share("departement", 5_000)),
          NINE, signed("a-9", onUse("anct", 5_000, "region"), share("region", 5_000)));

  final ReversalRegister register = new ReversalRegister();
  final SettlementParts settlement = new SettlementParts();
  final DecisionFixture ledger;

  private final Map<String, SlipJudged> slips = new HashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private LocalDate today = START;

  ReversalWorld() {
    List<Decider<?, ?>> deciders = new ArrayList<>(settlement.deciders());
    deciders.add(new ReverseLinesDecision(register, settlement.money(), ReversalTerms.USUAL));
    deciders.add(new ConfirmReversalDecision(register, settlement.money(), ReversalTerms.USUAL));
    deciders.add(new ContestReversalDecision(register));
    deciders.add(new DecideContestDecision(register));
    deciders.add(new IssueDebitNoteDecision(register, ReversalTerms.USUAL));
    deciders.add(new RecordDebitNotePaymentDecision(register, UnexplainedCredits.NONE));
    deciders.add(new DropReversalDecision(register));
    deciders.add(new CreditRecoveredDecision(register, settlement.money(), DoubtfulTransfers.NONE));
    ledger = DecisionFixture.of(List.of(register, settlement.register()), deciders);
    ledger.on(LocalDate.of(2026, 3, 1));
    ledger.given(
        programme(),
        AGREEMENTS.get(SEVEN),
        AGREEMENTS.get(EIGHT),
        AGREEMENTS.get(NINE),
        issued(SEVEN),
        issued(EIGHT),
        issued(NINE),
        listed(ALPHA),
        listed(BETA),
        new VenueAccountOpened(ALPHA, new VaultReference("v-alpha"), "iban-alpha"),
        new VenueAccountOpened(BETA, new VaultReference("v-beta"), "iban-beta"));
    begin(START);
  }

  private static VenueListed listed(VenueId venue) {
    return new VenueListed(
        venue,
        VenueListed.IdentifiedBy.SIRET,
        "Médiathèque",
        true,
        List.of(),
        Optional.empty(),
        "test");
  }

  void begin(LocalDate day) {
    today = day;
    ledger.on(day).given(new DayOpened(day));
  }

  void nextDay() {
    begin(today.plusDays(1));
  }

  LocalDate today() {
    return today;
  }

  /** A slip whose lines are all accepted. */
  void slip(VenueId venue, String reference, Batch batch, int... ordinals) {
    slip(venue, reference, batch, List.of(), ordinals);
  }

  /**
   * @param waivedLines from 1
   */
  void slip(
      VenueId venue, String reference, Batch batch, List<Integer> waivedLines, int... ordinals) {
    SumOf waived = new SumOf();
    SumOf sum = new SumOf();
    List<SlipJudged.Line> lines = new ArrayList<>();
    for (int ordinal : ordinals) {
      lines.add(
          new SlipJudged.Line(
              Optional.of(new Serial(batch, ordinal)), 0, Optional.empty(), Optional.empty()));
      (waivedLines.contains(lines.size()) ? waived : sum).add(cents(batch), ordinal);
    }
    SlipJudged slip =
        new SlipJudged(
            venue,
            new SlipReference(reference),
            "digest",
            Instant.parse("2026-04-01T08:00:00Z"),
            List.of(
                new SlipJudged.Visit(
                    new PointOfServiceId("desk"), CREUSE, LocalDate.of(2026, 3, 20), "Service")),
            lines,
            sum.parts(),
            List.of(),
            waivedLines,
            waived.parts());
    ledger.given(slip);
    slips.put(venue + reference, slip);
    positions.put(venue + reference, (long) ledger.facts().size());
  }

  /** A run of what was owed until last midnight; empty if it was refused. */
  Optional<SettlementRunOpened> open(String run) {
    return ledger.send(opening(run)) instanceof Outcome.Recorded<SettlementRunOpened> recorded
        ? Optional.of(recorded.answer())
        : Optional.empty();
  }

  OpenSettlementRun opening(String run) {
    return new OpenSettlementRun(new SettlementRunId(run), PASS, today, CLERK);
  }

  /** False where a venue contests what the run nets. */
  boolean canBeReleased(String run) {
    return ledger.rehearse(new ReleaseSettlementRun(new SettlementRunId(run), SECOND))
        instanceof Outcome.Recorded;
  }

  /** Released and on its way to the bank, if it transfers anything. */
  void release(String run) {
    releaseAlone(run);
    handOut(run);
  }

  /** Nobody has its file yet. */
  void releaseAlone(String run) {
    send(new ReleaseSettlementRun(new SettlementRunId(run), SECOND));
  }

  void handOut(String run) {
    if (!settlement.read(run, ledger).transfers().isEmpty()) {
      send(SettlementParts.download(run));
    }
  }

  void cancel(String run) {
    send(new CancelSettlementRun(new SettlementRunId(run), CLERK));
  }

  /** What is told to be owed again by the run cancelled last. */
  long toldAgain() {
    return settlement.againCents(ledger.facts(SettlementRunCancelled.class).getLast(), ledger);
  }

  /** Opened, released and confirmed to its end. */
  SettlementRunOpened pay(String run) {
    SettlementRunOpened opened = open(run).orElseThrow();
    release(run);
    opened.transfers().forEach(transfer -> confirm(run, transfer.transfer()));
    return opened;
  }

  void confirm(String run, TransferId transfer) {
    send(new ConfirmTransfer(new SettlementRunId(run), transfer, today));
  }

  /** The bank debits a transfer that it had rejected; whether the engine can tell what it pays. */
  boolean payAfterRejection(TransferId transfer) {
    Optional<TransferReinstated> reinstated = settlement.word().reinstated(transfer, today);
    reinstated.ifPresent(
        fact -> {
          // Both are decided on one head, as an imported file is.
          Fact confirmed = settlement.word().confirmed(transfer, entry(-1));
          ledger.given(fact, confirmed);
        });
    return reinstated.isPresent();
  }

  /** A paid transfer comes back. */
  void comeBack(TransferId transfer) {
    ledger.given(settlement.word().returned(transfer, "AC04", entry(1)));
  }

  /** The bank's entry of a part of a debit note, as a clerk matches it. */
  DebitNotePaid payPart(DebitNoteId note, long cents) {
    Fact paid = new DebitNoteCredits(register).paid(note.value(), cents, entry(cents));
    ledger.given(paid);
    return (DebitNotePaid) paid;
  }

  /** The bank tells no more that it came back; whether the engine can tell what it paid. */
  boolean hadNotComeBack(TransferId transfer, LocalDate returnedOn) {
    BankEntry left =
        new BankEntry(
                "E-1",
                Optional.empty(),
                returnedOn,
                returnedOn,
                1,
                Optional.empty(),
                Optional.empty())
            .toldNoMore();
    List<Fact> facts = settlement.word().returnTakenBack(transfer, left);
    facts.forEach(ledger::given);
    return !facts.isEmpty();
  }

  private BankEntry entry(long cents) {
    return new BankEntry(
        "E-" + ledger.facts().size(),
        Optional.empty(),
        today,
        today,
        cents,
        Optional.empty(),
        Optional.empty());
  }

  void reject(String run, TransferId transfer) {
    send(new RejectTransfer(new SettlementRunId(run), transfer, today, "AC04"));
  }

  ReverseLines reversing(String id, VenueId venue, String reference, int... lines) {
    SlipJudged slip = slips.get(venue + reference);
    return new ReverseLines(
        new ReversalId(id),
        venue,
        slip.reference(),
        positions.get(venue + reference),
        IntStream.of(lines)
            .mapToObj(
                line ->
                    new ReversalProposed.Line(
                        line, slip.lines().get(line - 1).cheque().orElseThrow(), CREUSE))
            .toList(),
        Reason.SERVICE_NOT_GIVEN,
        Optional.empty(),
        CLERK);
  }

  static ReverseLines by(String clerk, ReverseLines c) {
    return new ReverseLines(
        c.reversal(), c.venue(), c.reference(), c.slip(), c.lines(), c.reason(), c.note(), clerk);
  }

  Reversal reverse(String id, VenueId venue, String reference, int... lines) {
    return send(reversing(id, venue, reference, lines));
  }

  void contest(String id, VenueId venue) {
    send(new ContestReversal(new ReversalId(id), venue, Optional.empty(), "venue"));
  }

  DecideContest.Decided lift(String id) {
    return send(new DecideContest(new ReversalId(id), DecideContest.Outcome.LIFTED, THIRD));
  }

  <A> A send(Command<A> command) {
    Outcome<A> outcome = ledger.send(command);
    assertThat(outcome).as("%s: %s", command, outcome).isInstanceOf(Outcome.Recorded.class);
    return ((Outcome.Recorded<A>) outcome).answer();
  }

  Reversal read(String id) {
    return Reversal.of(register.reversal(new ReversalId(id)));
  }

  /** Neither released nor cancelled. */
  boolean isOpen(SettlementRunId run) {
    return ledger.facts(SettlementRunReleased.class).stream().noneMatch(f -> f.run().equals(run))
        && ledger.facts(SettlementRunCancelled.class).stream().noneMatch(f -> f.run().equals(run));
  }

  // --- accounts

  Map<Account, Long> accounts() {
    Map<Account, Long> balances = new LinkedHashMap<>();
    for (Fact fact : ledger.facts()) {
      for (Entry entry : Postings.of(fact)) {
        balances.merge(entry.account(), entry.cents(), Long::sum);
      }
    }
    return balances;
  }

  /** Debits positive. */
  long balance(AccountKind kind) {
    return accounts().entrySet().stream()
        .filter(account -> account.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  long balance(AccountKind kind, String agreement, String funder) {
    return accounts().entrySet().stream()
        .filter(account -> account.getKey().kind() == kind)
        .filter(account -> account.getKey().agreement().equals(agreement))
        .filter(account -> account.getKey().funder().equals(funder))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  static CentsOfCheques cents(Batch batch) {
    return CentsOfCheques.of(issued(batch), AGREEMENTS.get(batch).shares());
  }

  private static final class SumOf {
    private final Map<SpentCents, Long> sums = new LinkedHashMap<>();

    void add(CentsOfCheques cents, int ordinal) {
      cents
          .shares(ordinal, ordinal)
          .forEach(
              part ->
                  sums.merge(
                      new SpentCents(
                          part.programme(),
                          part.agreement(),
                          part.keyVersion(),
                          part.fundingDepartement(),
                          CREUSE,
                          part.funder(),
                          0,
                          part.advancedBy()),
                      part.cents(),
                      Long::sum));
    }

    List<SpentCents> parts() {
      return sums.entrySet().stream().map(sum -> sum.getKey().withCents(sum.getValue())).toList();
    }
  }

  private static Share share(String funder, int basisPoints) {
    return new Share(new FunderId(funder), basisPoints, 1_000_000_000, PaymentTerms.PREPAID);
  }

  private static Share onUse(String funder, int basisPoints, String preFinancier) {
    return new Share(
        new FunderId(funder),
        basisPoints,
        1_000_000_000,
        PaymentTerms.ON_USE,
        Optional.of(new FunderId(preFinancier)));
  }

  private static AgreementSigned signed(String id, Share... shares) {
    return new AgreementSigned(
        new AgreementId(id),
        PASS,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        List.of(CREUSE),
        1,
        List.of(shares));
  }

  private static ChequesIssued issued(Batch batch) {
    return new ChequesIssued(
        new OrderId("o-" + batch),
        AGREEMENTS.get(batch).agreement(),
        PASS,
        1,
        batch,
        1_000,
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
        Optional.empty());
  }

  private static ProgrammeDefined programme() {
    return new ProgrammeDefined(
        PASS,
        "Pass numérique",
        1_000,
        10,
        365,
        365,
        30,
        List.of(),
        List.of(),
        List.of(),
        0,
        ConflictOfInterest.ALLOW,
        Optional.empty());
  }
}
